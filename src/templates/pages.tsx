import { labelNames, labels } from '#access/labels.ts'
import { severities } from '#channels/index.ts'
import { kindMarks } from '#deliveries/index.ts'
import { Banner } from '#html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#html/button.tsx'
import { Radios } from '#html/choices.tsx'
import { Details } from '#html/details.tsx'
import { Empty } from '#html/empty.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#html/forms.tsx'
import { labelWords } from '#html/label.tsx'
import { named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { DataTable } from '#html/table.tsx'
import { Time } from '#html/time.tsx'
import type { Template, templateVersions } from './queries.ts'
import { answersWanted, templateKinds } from './save-template.ts'
import { answerWords, severityWords, texts } from './words.ts'

export function TemplatesPage({ templates, may_edit }: { templates: Template[]; may_edit: boolean }) {
  const t = useTexts(texts)
  const kinds = useTexts(kindMarks)
  const severity = useTexts(severityWords)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/notice-templates">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {may_edit && (
        <ButtonLink href="/notice-templates/new" kind="solid-fill">
          {t.new}
        </ButtonLink>
      )}
      <DataTable
        caption={t.title}
        rows={templates}
        rowKey={({ code }) => code}
        empty={
          <Empty title={t.empty}>
            <p>{t.empty_next}</p>
          </Empty>
        }
        columns={[
          {
            head: t.name,
            cell: (template) => <a href={`/notice-templates/${template.code}`}>{named(language, template)}</a>,
          },
          { head: t.kind, cell: ({ kind }) => kinds[kind] },
          { head: t.severity, cell: (template) => severity[template.severity] },
          { head: t.version, cell: ({ version }) => version, numeric: true },
          {
            head: t.use_head,
            cell: (template) => <a href={`/notices/new?template=${template.code}`}>{t.use}</a>,
          },
        ]}
      />
    </Layout>
  )
}

type FormProps = {
  /** Null for a new one. */
  template: { code: string; version: number } | null
  values: Record<string, string>
  problems?: Problems
  /** Somebody else has made a version meanwhile: theirs. */
  newer?: Template | null
  versions?: Awaited<ReturnType<typeof templateVersions>>
}

export function TemplatePage({ template, values, problems = {}, newer = null, versions = [] }: FormProps) {
  const t = useTexts(texts)
  const kinds = useTexts(kindMarks)
  const severity = useTexts(severityWords)
  const answers = useTexts(answerWords)
  const words = useTexts(labelWords)
  const { language } = useReading()
  const title = template ? t.edit : t.new
  const field = <Name extends string>(name: Name) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Layout title={title}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      {newer && (
        <Banner kind="warning" title={t.changed}>
          <p>{t.changed_next}</p>
          <p>
            <b>{newer.subject_ja}</b>
            <br />
            {newer.text_ja}
          </p>
        </Banner>
      )}
      <Form action={template ? `/notice-templates/${template.code}` : '/notice-templates'}>
        {template && <HiddenFields fields={{ version: String(newer?.version ?? template.version) }} />}
        <TextInput {...field('name_ja')} label={t.name_ja} required />
        <TextInput {...field('name_en')} label={t.name_en} required />
        <Radios
          {...field('kind')}
          legend={t.kind}
          required
          choices={templateKinds.map((value) => ({ value, text: kinds[value] }))}
        />
        <Radios
          {...field('severity')}
          legend={t.severity}
          required
          choices={severities.map((value) => ({ value, text: severity[value] }))}
        />
        <Select
          {...field('label')}
          label={t.label}
          options={labels.map((value) => ({ value, text: `${labelNames[value]} ${words[value]}` }))}
        />
        <TextInput {...field('subject_ja')} label={t.subject_ja} hint={t.blanks} required />
        <TextInput {...field('subject_en')} label={t.subject_en} required />
        <TextArea {...field('text_ja')} label={t.text_ja} rows={8} required />
        <TextArea {...field('text_en')} label={t.text_en} rows={8} required />
        <Radios
          {...field('answer_wanted')}
          legend={t.answer_wanted}
          required
          choices={answersWanted.map((value) => ({ value, text: answers[value] }))}
        />
        <TextArea {...field('choices')} label={t.choices} hint={t.choices_hint} rows={4} />
        <TextInput {...field('answer_minutes')} label={t.answer_minutes} inputMode="numeric" width="short" />
        <Button>{t.save}</Button>
      </Form>
      {template && (
        <>
          <Details summary={t.versions} id="versions">
            <ul>
              {versions.map(({ version, made_at, name_ja, name_en }) => (
                <li key={version}>
                  {t.nth(version)} <Time at={made_at} with_date /> {name_ja && named(language, { name_ja, name_en })}
                </li>
              ))}
            </ul>
          </Details>
          <Details summary={t.remove_summary} id="remove">
            <p>{t.remove_hint}</p>
            <Form action={`/notice-templates/${template.code}/removal`}>
              <Buttons>
                <Button kind="outline" danger>
                  {t.remove}
                </Button>
              </Buttons>
            </Form>
          </Details>
        </>
      )}
      <p>
        <a href="/notice-templates">{t.back}</a>
      </p>
    </Layout>
  )
}
