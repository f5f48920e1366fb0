import { answersWanted, noticeKindWords, wantedWords, writtenKinds } from '#delivery/deliveries/index.ts'
import { severities } from '#ground/channels/channel.ts'
import { severityWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { plainLines } from '#ground/html/clean-text.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { labelNames, labels } from '#ground/rights/labels.ts'
import { texts } from './texts.ts'

type Props = {
  /** Null for a new one. */
  code: string | null
  values: Record<string, string>
  problems?: Problems
  /** Somebody else has made a version meanwhile: theirs. */
  newer?: Record<string, string>
  /** Somebody else has taken it out of use meanwhile. */
  was_removed?: boolean
}

export function EditTemplatePage({ code, values, problems = {}, newer, was_removed = false }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const severity = useTexts(severityWords)
  const answers = useTexts(wantedWords)
  const words = useTexts(labelWords)
  const title = code ? t.edit : t.new
  const field = <Name extends string>(name: Name) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Layout title={title}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      {newer && <Newer theirs={newer} ours={values} />}
      {was_removed && (
        <Banner kind="warning" title={t.gone}>
          <p>{t.gone_next}</p>
        </Banner>
      )}
      <Form action={code ? `/notice-templates/${code}` : '/notice-templates'}>
        <HiddenFields fields={{ version: values.version ?? '0', ...(!code && values.code && { code: values.code }) }} />
        <TextInput {...field('name_ja')} label={t.name_ja} required />
        <TextInput {...field('name_en')} label={t.name_en} required />
        <Radios
          {...field('kind')}
          legend={t.kind}
          required
          choices={writtenKinds.map((value) => ({ value, text: kinds[value] }))}
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
        <TextArea {...field('text_ja')} label={t.text_ja} rows={8} required />
        <TextInput {...field('subject_en')} label={t.subject_en} required />
        <TextArea {...field('text_en')} label={t.text_en} rows={8} required />
        <Radios
          {...field('answer_wanted')}
          legend={t.answer_wanted}
          required
          choices={answersWanted.map((value) => ({ value, text: answers[value] }))}
        />
        <TextArea {...field('choices')} label={t.choices} hint={t.choices_hint} rows={4} />
        <TextInput
          {...field('answer_minutes')}
          label={t.answer_minutes}
          hint={t.answer_minutes_hint}
          inputMode="numeric"
          width="short"
        />
        <Button>{t.save}</Button>
      </Form>
      <p>
        <a href={code ? `/notice-templates/${code}` : '/notice-templates'}>{t.leave}</a>
      </p>
    </Layout>
  )
}

/** What somebody else has saved first, field by field where it is not what stands in the form. */
function Newer({ theirs, ours }: { theirs: Record<string, string>; ours: Record<string, string> }) {
  const t = useTexts(texts)
  const words: Record<string, Record<string, string>> = {
    kind: useTexts(noticeKindWords),
    severity: useTexts(severityWords),
    answer_wanted: useTexts(wantedWords),
    label: labelNames,
  }
  const differing = [...fields].filter((name) => plainLines(theirs[name] ?? '') !== plainLines(ours[name] ?? ''))
  return (
    <Banner kind="warning" title={t.changed}>
      <p>{t.changed_next}</p>
      <SummaryList
        items={differing.map((name) => ({
          term: t[name],
          value: (
            <span className="dads-long-text">{words[name]?.[theirs[name] ?? ''] ?? (theirs[name] || t.nothing)}</span>
          ),
        }))}
      />
    </Banner>
  )
}

const fields = [
  'name_ja',
  'name_en',
  'kind',
  'severity',
  'label',
  'subject_ja',
  'text_ja',
  'subject_en',
  'text_en',
  'answer_wanted',
  'choices',
  'answer_minutes',
] as const
