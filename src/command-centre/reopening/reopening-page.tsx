import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { BothLanguages, LanguagesTick, type Parted, PublicDiff, partedLanguages } from '#public/publication/index.ts'
import type { PublicDifference } from '#public/site/index.ts'
import type { Centre, SituationView } from '#status/situations/index.ts'
import type { Reopening } from './queries.ts'
import { usualWords } from './reopening-form.ts'
import { reopeningTexts } from './texts.ts'

type Refusal = keyof (typeof reopeningTexts)['ja']['refused']
type Props = {
  situation: SituationView
  /** What waits for a second person; null when nobody has asked. */
  waiting: Reopening | null
  /** What the public would read differently; null when it was never told of the situation. */
  differences: readonly PublicDifference[] | null
  values: Record<string, string>
  parted?: Parted | null
  problems?: Problems
  refused?: Refusal | null
  /** Where its command centre will stand once it is open again. */
  centre: Centre
}

/** One of the desk asks to open a situation again; another sees what that does, and agrees or drops it. */
export function ReopeningPage({
  situation,
  waiting,
  differences,
  values,
  parted,
  problems = {},
  refused,
  centre,
}: Props) {
  const t = useTexts(reopeningTexts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      {refused && <Banner kind="error" title={t.refused[refused]} />}
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <SummaryList
        items={[
          ...(situation.closed_at ? [{ term: t.closed, value: <Time at={situation.closed_at} with_date /> }] : []),
          { term: t.closing_reason, value: <LongText>{situation.closing_reason ?? ''}</LongText> },
        ]}
      />
      <Banner kind="warning" title={t.effect}>
        <ul>
          <li>{situation.centre_set_up_at ? t.back_again : t.back_gathering}</li>
          <li>{t.centre[centre]}</li>
          <li>{differences ? t.published : t.unpublished}</li>
        </ul>
        <p>{t.stays}</p>
      </Banner>
      {waiting ? (
        <Waiting situation={situation} waiting={waiting} differences={differences} />
      ) : (
        <Form action={`${path}/reopening`}>
          <HiddenFields fields={{ id: values.id ?? '' }} />
          <TextArea
            name="reason"
            label={t.reason}
            hint={t.reason_hint}
            value={values.reason}
            problem={problems.reason}
            rows={3}
            required
          />
          {(['text_ja', 'text_en'] as const).map((name) => (
            <TextArea
              key={name}
              name={name}
              label={t[name]}
              hint={name === 'text_ja' ? t.text_hint : undefined}
              value={values[name] ?? usualWords[name]}
              problem={problems[name]}
              rows={3}
              required={name === 'text_ja'}
            />
          ))}
          <LanguagesTick parted={parted ?? null} problem={problems.languages} />
          <Button>{t.ask}</Button>
        </Form>
      )}
    </Layout>
  )
}

function Waiting({
  situation,
  waiting,
  differences,
}: Pick<Props, 'situation' | 'differences'> & { waiting: Reopening }) {
  const t = useTexts(reopeningTexts)
  const { language, reader } = useReading()
  const path = `/situations/${situation.id}/reopening`
  const is_own = reader?.id === waiting.asked_by
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t.waiting}</h2>
      <p>{t.waiting_lead}</p>
      <SummaryList
        items={[
          {
            term: t.asked,
            value: (
              <>
                {named(language, { name_ja: waiting.asked_by_ja, name_en: waiting.asked_by_en })}{' '}
                <Time at={waiting.asked_at} with_date />
              </>
            ),
          },
          { term: t.reason, value: <LongText>{waiting.reason}</LongText> },
        ]}
      />
      {differences && (
        <>
          <BothLanguages said={waiting} parted={partedLanguages(null, waiting)} />
          <h2>{t.changes}</h2>
          <PublicDiff differences={differences} />
        </>
      )}
      {is_own && <p>{t.own}</p>}
      <Buttons>
        {!is_own && (
          <Form action={`${path}/agreement`}>
            <HiddenFields fields={{ id: waiting.id }} />
            <Button danger={situation.mode === 'actual'}>{t.agree[situation.mode]}</Button>
          </Form>
        )}
        <Form action={`${path}/removal`}>
          <HiddenFields fields={{ id: waiting.id }} />
          <Button kind="outline">{t.drop}</Button>
        </Form>
      </Buttons>
    </section>
  )
}
