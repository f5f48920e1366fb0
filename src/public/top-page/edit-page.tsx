import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { plainLines } from '#ground/html/clean-text.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { linkKinds, linkKindWords } from '#public/site/index.ts'
import type { TopPageVersion } from './queries.ts'
import { topPageTexts } from './texts.ts'
import { contact_length_max, operator_length_max } from './top-page-form.ts'

type Props = {
  values: Record<string, string>
  versions: readonly TopPageVersion[]
  problems?: Problems
  /** What somebody else has saved meanwhile. */
  newer?: Record<string, string>
}

export function TopPageEditor({ values, versions, problems = {}, newer }: Props) {
  const t = useTexts(topPageTexts)
  const kinds = useTexts(linkKindWords)
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Layout title={t.title} label="clear">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <p>
        <a href="/">{t.see}</a>
      </p>
      {versions.length === 0 && <p>{t.none}</p>}
      {newer && <Newer theirs={newer} ours={values} />}
      <ErrorSummary problems={problems} />
      <Form action="/top-page">
        <HiddenFields fields={{ version: values.version ?? '0' }} />
        <TextInput {...field('operator_ja')} label={t.operator_ja} maxLength={operator_length_max} required />
        <TextInput {...field('operator_en')} label={t.operator_en} maxLength={operator_length_max} required />
        <TextArea
          {...field('contact_ja')}
          label={t.contact_ja}
          hint={t.contact_hint}
          rows={2}
          maxLength={contact_length_max}
          required
        />
        <TextArea {...field('contact_en')} label={t.contact_en} rows={2} maxLength={contact_length_max} required />
        {linkKinds.map((kind) => (
          <TextArea key={kind} {...field(`links_${kind}`)} label={kinds[kind]} hint={t.links_hint} rows={3} />
        ))}
        <Button>{t.save}</Button>
      </Form>
      <History versions={versions} />
    </Layout>
  )
}

function Newer({ theirs, ours }: { theirs: Record<string, string>; ours: Record<string, string> }) {
  const t = useTexts(topPageTexts)
  const kinds = useTexts(linkKindWords)
  const names: Record<string, string> = {
    operator_ja: t.operator_ja,
    operator_en: t.operator_en,
    contact_ja: t.contact_ja,
    contact_en: t.contact_en,
    ...Object.fromEntries(linkKinds.map((kind) => [`links_${kind}`, kinds[kind]])),
  }
  const differing = Object.keys(names).filter((name) => plainLines(theirs[name] ?? '') !== plainLines(ours[name] ?? ''))
  return (
    <Banner kind="warning" title={t.changed}>
      <p>{t.changed_next}</p>
      <SummaryList
        items={differing.map((name) => ({
          term: names[name] ?? name,
          value: <span className="dads-long-text">{theirs[name] || t.nothing}</span>,
        }))}
      />
    </Banner>
  )
}

function History({ versions }: Pick<Props, 'versions'>) {
  const t = useTexts(topPageTexts)
  const { language } = useReading()
  if (versions.length === 0) return null
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      <Timeline
        entries={versions.map((one) => ({
          key: String(one.version),
          at: one.made_at,
          title: `${t.version}${one.version}${t.version_end}`,
          by: named(language, { name_ja: one.made_by_ja, name_en: one.made_by_en }),
          body: `${language === 'ja' ? one.operator_ja : one.operator_en} ― ${t.links_count(one.links.length)}`,
        }))}
      />
    </section>
  )
}
