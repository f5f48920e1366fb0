import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { mayCorrect } from './put-forward.ts'
import type { CriterionVersion, EntryView } from './queries.ts'
import { isOfSide, sideOf } from './sides.ts'
import { Body } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

type Refusal = keyof (typeof activationTexts)['ja']['refused']

export type EntryPageProps = {
  entry: EntryView
  /** The version that it rests on; null when it names none. */
  criterion: CriterionVersion | null
  /** Whose institution decides for the market now; null while nobody does. */
  body: { institution_id: string } | null
  /** It is the last word of its market. */
  is_last: boolean
  /** Names one filling-in of the form of a correction. */
  key_of_correction: string
  values?: Record<string, string>
  problems?: Problems
  refused?: Refusal | undefined
  /** The entry that waits already. */
  waiting_id?: string | undefined
}

/** One entry: what was decided, by whom, on what it rests, and what can be done with it. */
export function EntryPage(props: EntryPageProps) {
  const { entry, criterion, problems = {}, refused, waiting_id } = props
  const t = useTexts(activationTexts)
  const words = useTexts(activationWords)
  const { language } = useReading()
  const title = `${marketName(language, entry.market)} ${words.steps[entry.step]}`
  return (
    <Layout
      title={title}
      mode={entry.mode}
      live={[`/activations/${entry.id}`, '/activations']}
      label={labelOf.activation}
    >
      <p>
        <a href={`/activations/markets/${entry.market}`}>{t.back_market}</a>
      </p>
      <h1>{title}</h1>
      {refused && (
        <Banner kind="error" title={t.refused[refused]}>
          {waiting_id && <a href={`/activations/${waiting_id}`}>{t.to_waiting}</a>}
        </Banner>
      )}
      <ErrorSummary problems={problems} />
      <Standing entry={entry} />
      <SummaryList
        items={[
          { term: t.step, value: entry.corrected_at ? <del>{title}</del> : title },
          { term: t.body, value: <Body of={entry} /> },
          { term: t.institution, value: named(language, entry) },
          { term: t.whose, value: entry.is_on_behalf ? t.by_desk : t.own_word },
          ...(entry.step === 'corrected'
            ? []
            : [
                { term: t.decided_at, value: <Time at={entry.decided_at} with_date /> },
                { term: t.from, value: <Time at={entry.effective_at} with_date /> },
                {
                  term: t.criteria,
                  value: criterion ? <a href="#criterion">{t.criteria_of(criterion.version)}</a> : t.none,
                },
              ]),
          { term: t.reason, value: <LongText>{entry.reason}</LongText> },
          {
            term: t.situation,
            // Of a gathering that the reader knows nothing of, neither name nor address.
            value:
              entry.situation_id && entry.title_ja ? (
                <a href={`/situations/${entry.situation_id}`}>
                  {named(language, { name_ja: entry.title_ja, name_en: entry.title_en })}
                </a>
              ) : (
                t.no_situation
              ),
          },
          {
            term: t.put_forward,
            value: <By name_ja={entry.put_forward_by_ja} name_en={entry.put_forward_by_en} at={entry.put_forward_at} />,
          },
          ...(entry.settled_at
            ? [
                {
                  term: entry.outcome === 'confirmed' ? t.confirmed : t.settled_withdrawn,
                  value: <By name_ja={entry.settled_by_ja} name_en={entry.settled_by_en} at={entry.settled_at} />,
                },
              ]
            : []),
        ]}
      />
      {entry.outcome === null && <Settling {...props} />}
      {criterion && <CriterionBehind criterion={criterion} />}
      <Correcting {...props} />
    </Layout>
  )
}

/** What of it counts: it waits, was withdrawn, was an error, or says that another was one. */
function Standing({ entry }: Pick<EntryPageProps, 'entry'>) {
  const t = useTexts(activationTexts)
  const words = useTexts(activationWords)
  if (entry.outcome === null)
    return (
      <Banner kind="info" title={t.state_waiting}>
        {t.waiting_lead}
      </Banner>
    )
  if (entry.outcome === 'withdrawn') return <Banner kind="info" title={t.state_withdrawn} />
  return (
    <>
      {entry.correction_id && (
        <Banner kind="warning" title={t.state_corrected}>
          <a href={`/activations/${entry.correction_id}`}>{t.see_correction}</a>
        </Banner>
      )}
      {entry.corrects && entry.wrong_step && entry.wrong_decided_at && (
        <p>
          {t.corrects}:{' '}
          <a href={`/activations/${entry.corrects}`}>
            {words.steps[entry.wrong_step]} <Time at={entry.wrong_decided_at} with_date />
          </a>
        </p>
      )}
    </>
  )
}

function By({ name_ja, name_en, at }: { name_ja: string | null; name_en: string | null; at: Date }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <>
      {name_ja === null ? t.not_named : named(language, { name_ja, name_en })} <Time at={at} with_date />
    </>
  )
}

function Settling({ entry }: EntryPageProps) {
  const t = useTexts(activationTexts)
  const { reader } = useReading()
  if (!reader) return null
  if (!isOfSide(reader, entry)) return <p>{t.other_side}</p>
  const is_own = reader.id === entry.put_forward_by
  return (
    <>
      <p>{is_own ? t.own : t.confirm_effect}</p>
      <Buttons>
        {!is_own && (
          <Form action={`/activations/${entry.id}/confirmation`}>
            <Button danger={entry.mode === 'actual'}>{t.confirm[entry.mode]}</Button>
          </Form>
        )}
        <Form action={`/activations/${entry.id}/withdrawal`}>
          <Button kind="outline">{t.withdraw}</Button>
        </Form>
      </Buttons>
    </>
  )
}

function CriterionBehind({ criterion }: { criterion: CriterionVersion }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <section aria-labelledby="criterion">
      <h2 id="criterion">{t.criteria_of(criterion.version)}</h2>
      <SummaryList
        items={[
          {
            term: t.activating,
            value: (
              <LongText>
                {named(language, { name_ja: criterion.activating_ja, name_en: criterion.activating_en })}
              </LongText>
            ),
          },
          {
            term: t.lifting,
            value: (
              <LongText>{named(language, { name_ja: criterion.lifting_ja, name_en: criterion.lifting_en })}</LongText>
            ),
          },
        ]}
      />
    </section>
  )
}

/** For who could say that it was an error: the form, or why it is not theirs or not yet. */
function Correcting({ entry, body, is_last, key_of_correction, values = {}, problems = {} }: EntryPageProps) {
  const t = useTexts(activationTexts)
  const { reader } = useReading()
  if (!reader || !body || !sideOf(reader, body)) return null
  if (entry.outcome !== 'confirmed' || entry.step === 'corrected' || entry.corrected_at) return null
  const why_not = !mayCorrect(reader, entry) ? t.correct_own : is_last ? null : t.correct_last
  return (
    <Details summary={t.correct_title} id="correct" open={Object.keys(problems).length > 0}>
      {why_not ? (
        <p>{why_not}</p>
      ) : (
        <Form action={`/activations/${entry.id}/correction`}>
          <p>{t.correct_lead}</p>
          <HiddenFields fields={{ id: values.id || key_of_correction }} />
          <TextArea
            name="reason"
            label={t.correct_reason}
            value={values.reason}
            problem={problems.reason}
            rows={3}
            required
          />
          <Button kind="outline">{t.correct}</Button>
        </Form>
      )}
    </Details>
  )
}
