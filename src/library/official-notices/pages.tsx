import { Button, ButtonLink } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { drillOnly, markedTitle } from '#ground/html/modes.ts'
import { type Reading, useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelNames, labelOf, labels } from '#ground/rights/labels.ts'
import { Day } from './list-page.tsx'
import type { NoticeView } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import { issuedWords } from './words.ts'

export function OfficialNoticePage({ notice, may_pass_on }: { notice: NoticeView; may_pass_on: boolean }) {
  const t = useTexts(officialNoticeTexts)
  const words = useTexts(issuedWords)
  const { language } = useReading()
  const situation = notice.title_ja ? (language === 'en' && notice.title_en) || notice.title_ja : null
  return (
    <Layout title={notice.title} mode={drillOnly(notice.mode)} label={notice.label}>
      <h1>{markedTitle(language, notice.mode, notice.title)}</h1>
      <SummaryList
        items={[
          { term: words.issuer, value: notice.issuer },
          { term: words.reference, value: notice.reference || '—' },
          { term: words.issued_on, value: <Day date={notice.issued_on} /> },
          {
            term: t.situation,
            value: situation ? (
              <a href={`/situations/${notice.situation_id}`}>{markedTitle(language, notice.mode, situation)}</a>
            ) : (
              t.none
            ),
          },
          {
            term: t.registered,
            value: (
              <>
                <Time at={notice.registered_at} with_date /> {named(language, notice)}
              </>
            ),
          },
        ]}
      />
      <h2>{t.body}</h2>
      {notice.body.split(/(?:\r?\n){2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a notice never changes
        <p key={index}>
          {paragraph.split(/\r?\n/).flatMap((line, number) => (number === 0 ? [line] : [<br key={line} />, line]))}
        </p>
      ))}
      {may_pass_on && (
        <p>
          <ButtonLink
            href={`/notices/new?kind=official&official=${notice.id}${notice.situation_id ? `&situation=${notice.situation_id}` : ''}`}
            kind="solid-fill"
          >
            {t.pass_on}
          </ButtonLink>
        </p>
      )}
      <p>
        <a href="/official-notices">{t.back}</a>
      </p>
    </Layout>
  )
}

type NewProps = { values: Record<string, string>; problems?: Problems; situations: Reading['open'] }

export function NewOfficialNoticePage({ values, problems = {}, situations }: NewProps) {
  const t = useTexts(officialNoticeTexts)
  const issued = useTexts(issuedWords)
  const words = useTexts(labelWords)
  const { language } = useReading()
  const field = (name: 'issuer' | 'reference' | 'issued_on' | 'title' | 'body' | 'situation_id' | 'label') => ({
    name,
    value: values[name],
    problem: problems[name],
  })
  return (
    <Layout title={t.register}>
      <h1>{t.register}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <Form action="/official-notices">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <TextInput {...field('issuer')} label={issued.issuer} hint={t.issuer_hint} maxLength={100} required />
        <TextInput {...field('reference')} label={issued.reference} hint={t.reference_hint} maxLength={100} />
        <TextInput {...field('issued_on')} label={issued.issued_on} type="date" width="short" required />
        <TextInput {...field('title')} label={t.title} maxLength={200} required />
        <TextArea {...field('body')} label={t.body} rows={10} maxLength={20_000} required />
        <Select
          {...field('situation_id')}
          label={t.situation}
          hint={t.situation_hint}
          empty={t.none}
          options={situations.map((situation) => ({ value: situation.id, text: titleOf(language, situation) }))}
        />
        <Select
          {...field('label')}
          value={values.label ?? labelOf.official_notice}
          label={t.label}
          hint={t.label_hint}
          options={labels.map((label) => ({ value: label, text: `${labelNames[label]} ${words[label]}` }))}
        />
        <Button>{t.register}</Button>
      </Form>
    </Layout>
  )
}

const titleOf = (language: Language, { mode, title_ja, title_en }: Reading['open'][number]) =>
  markedTitle(language, mode, language === 'en' ? title_en : title_ja)
