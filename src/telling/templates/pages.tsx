import { noticeKindWords, wantedWords } from '#delivery/deliveries/index.ts'
import { severityWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form } from '#ground/html/forms.tsx'
import { LabelMark } from '#ground/html/label.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { blanksOf, fillTemplate } from './blanks.ts'
import type { Template, TemplateVersion } from './queries.ts'
import { texts } from './texts.ts'

export function TemplatesPage({
  templates,
  may_edit,
  may_use,
}: {
  templates: Template[]
  may_edit: boolean
  may_use: boolean
}) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const severity = useTexts(severityWords)
  const answers = useTexts(wantedWords)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/notice-templates">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {may_edit && (
        <Buttons>
          <ButtonLink href="/notice-templates/new" kind="solid-fill">
            {t.new}
          </ButtonLink>
        </Buttons>
      )}
      <DataTable
        caption={t.caption}
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
          { head: t.answer_wanted, cell: ({ answer_wanted }) => answers[answer_wanted] },
          ...(may_use
            ? [{ head: t.use_head, cell: ({ code }: Template) => <a href={noticeFrom(code)}>{t.use}</a> }]
            : []),
        ]}
      />
    </Layout>
  )
}

const noticeFrom = (code: string) => `/notices/new?template=${code}`

type Props = { template: Template; versions: TemplateVersion[]; may_edit: boolean; may_use: boolean }

/** One version of a template as it reads, its blanks marked; the newest with what can be done with it. */
export function TemplatePage({ template, versions, may_edit, may_use }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const severity = useTexts(severityWords)
  const answers = useTexts(wantedWords)
  const { language } = useReading()
  const { code, version, removed_at, choices, answer_minutes } = template
  const is_current = removed_at === null && version === versions[0]?.version
  const blanks = blanksOf(template.subject_ja, template.subject_en, template.text_ja, template.text_en)
  const shown = fillTemplate(template, Object.fromEntries(blanks.map((what) => [what, `〔${what}〕`])))
  const title = named(language, template)
  return (
    <Layout title={title} live="/notice-templates">
      <h1>
        {title}
        <Brackets>{t.nth(version)}</Brackets>
      </h1>
      {removed_at ? (
        <Banner kind="warning" title={t.removed} />
      ) : (
        !is_current && (
          <Banner kind="warning" title={t.older}>
            <a href={`/notice-templates/${code}`}>{t.see_newest}</a>
          </Banner>
        )
      )}
      {is_current && (
        <Buttons>
          {may_use && (
            <ButtonLink href={noticeFrom(code)} kind="solid-fill">
              {t.use}
            </ButtonLink>
          )}
          {may_edit && <ButtonLink href={`/notice-templates/${code}/edit`}>{t.edit}</ButtonLink>}
        </Buttons>
      )}
      <SummaryList
        items={[
          { term: t.kind, value: kinds[template.kind] },
          { term: t.severity, value: severity[template.severity] },
          { term: t.label, value: <LabelMark label={template.label} /> },
          { term: t.answer_wanted, value: answers[template.answer_wanted] },
          ...(choices.length > 0
            ? [
                {
                  term: t.choices,
                  value: (
                    <ol>
                      {choices.map((choice) => (
                        <li key={choice.ja}>{choice[language]}</li>
                      ))}
                    </ol>
                  ),
                },
              ]
            : []),
          ...(answer_minutes === null ? [] : [{ term: t.answer_minutes, value: answer_minutes }]),
          ...(blanks.length > 0 ? [{ term: t.to_fill, value: blanks.join(t.comma) }] : []),
          { term: t.subject_ja, value: shown.subject_ja },
          { term: t.text_ja, value: <span className="dads-long-text">{shown.text_ja}</span> },
          { term: t.subject_en, value: shown.subject_en },
          { term: t.text_en, value: <span className="dads-long-text">{shown.text_en}</span> },
        ]}
      />
      <Details summary={t.versions} id="versions">
        <ul>
          {versions.map((one) => (
            <li key={one.version}>
              <a href={`/notice-templates/${code}?version=${one.version}`}>{t.nth(one.version)}</a>{' '}
              <Time at={one.made_at} with_date />{' '}
              {one.name_ja ? named(language, { name_ja: one.name_ja, name_en: one.name_en }) : t.by_program}
              {one.removed_at && <Brackets>{t.removal}</Brackets>}
            </li>
          ))}
        </ul>
      </Details>
      {may_edit && is_current && (
        <Details summary={t.remove_summary} id="remove">
          <p>{t.remove_hint}</p>
          <Form action={`/notice-templates/${code}/removal`}>
            <Button kind="outline" danger>
              {t.remove}
            </Button>
          </Form>
        </Details>
      )}
      <p>
        <a href="/notice-templates">{t.back}</a>
      </p>
    </Layout>
  )
}
