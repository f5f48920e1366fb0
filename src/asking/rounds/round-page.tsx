import { onBehalf, type RoundTally, viaWords } from '#delivery/answers/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { Form } from '#ground/html/forms.tsx'
import { Figures, LongText, PageHead } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Age, Time, Until, UntilBeside } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { lateBefore } from './alarms.tsx'
import { type MissingPage, MissingTable } from './missing-table.tsx'
import { PassedOverTable } from './passed-over-table.tsx'
import type { AnswerOf, AskingView, Comparison, PassedOver, RoundView } from './queries.ts'
import { percent, ResponseCurve } from './response-curve.tsx'
import { RoundFigures } from './round-figures.tsx'
import { roundTexts } from './round-texts.ts'
import { isLate } from './rules.ts'
import { SummaryBanner } from './summary-banner.tsx'

export const sought_length_max = 100

export type RoundPageProps = {
  round: RoundView
  tally: RoundTally
  /** The newest first. */
  askings: readonly AskingView[]
  /** The one of them that is looked at. */
  asking: AskingView
  answers: readonly AnswerOf[]
  comparison: Comparison | null
  missing: MissingPage
  passed_over: readonly PassedOver[]
  /** Words that somebody looks for among the missing; empty for all. */
  q: string
}

/** How far a round has come, who is missing, and what can be done about it. */
export function RoundPage(props: RoundPageProps) {
  const { round, tally, askings, asking, answers, comparison, missing, passed_over, q } = props
  const t = useTexts(roundTexts)
  const { language, now } = useReading()
  const is_newest = asking === askings[0]
  const is_open = round.closed_at === null
  const overlap = [...askings].reverse().find(({ asking: other }) => other > asking.asking)
  const until = overlap?.released_at ?? round.closed_at ?? now
  const promises = passed_over.map(({ next_update_at }) => next_update_at)
  const due = [asking.answer_by, asking.late_since, round.next_repeat_at, ...promises].filter(
    (at) => at !== null && at > now,
  ) as Date[]
  return (
    <Layout
      title={t.title}
      about={language === 'en' ? round.title_en : round.title_ja}
      mode={round.mode}
      label={labelOf.delivery}
      live={[`/situations/${round.situation_id}`, `/rounds/${round.id}`, '/notices']}
      refresh_at={due.length > 0 ? new Date(Math.min(...due.map((at) => at.getTime()))) : null}
      wide
    >
      <p>
        <a href={`/situations/${round.situation_id}`}>{language === 'en' ? round.title_en : round.title_ja}</a>
      </p>
      <PageHead title={t.title} kind={t.asking(asking.asking)} />
      <Alarms {...props} is_newest={is_newest} />
      <RoundFigures tally={tally} />
      {askings.length > 1 && <AskingTabs round_id={round.id} askings={askings} chosen={asking.asking} />}
      {askings.length > 1 && <h2>{t.of_asking(asking.asking)}</h2>}
      <Figures
        items={[
          {
            term: t.answered,
            figure: `${asking.answered} / ${asking.asked}`,
            unit: t.institutions,
            note: askings.length > 1 ? t.this_asking : null,
          },
          { term: t.rate, figure: `${percent(asking.answered, asking.asked)}%`, note: <Age at={until} /> },
          {
            term: t.answer_by,
            figure: <Time at={asking.answer_by} />,
            note: is_open && is_newest ? <Until at={asking.answer_by} beside /> : null,
          },
        ]}
      />
      <ResponseCurve asking={asking} answers={answers} comparison={comparison} until={until} />
      {is_open && is_newest && <Acts round={round} asking={asking} />}
      {missing.count > 0 || q !== '' ? (
        <MissingTable round_id={round.id} asking={asking.asking} found={missing} q={q} is_open={is_open && is_newest} />
      ) : (
        <Banner kind="success" title={t.all} />
      )}
      {passed_over.length > 0 && <PassedOverTable rows={passed_over} />}
      <Facts round={round} asking={asking} answers={answers} />
    </Layout>
  )
}

function Alarms({ round, askings, asking, is_newest }: RoundPageProps & { is_newest: boolean }) {
  const t = useTexts(roundTexts)
  const { now } = useReading()
  if (round.closed_at) return <SummaryBanner closed_at={round.closed_at} summary={round.summary} />
  return (
    <>
      {round.next_repeat_at && round.next_repeat_at < lateBefore(now) && (
        <Banner kind="error" title={t.stuck}>
          <p>
            <Time at={round.next_repeat_at} /> {t.stuck_next}
          </p>
        </Banner>
      )}
      {!is_newest && (
        <Banner kind="info" title={t.older}>
          <p>
            <a href={`/rounds/${round.id}`}>
              {t.see_newest}
              <Brackets>{t.asking(askings[0]?.asking ?? 1)}</Brackets>
            </a>
          </p>
        </Banner>
      )}
      {is_newest && asking.late > 0 && asking.late_since && (
        <Banner kind="warning" title={t.late(asking.late)}>
          <p>
            {t.late_since} <Time at={asking.late_since} />
            <br />
            {t.late_next}
          </p>
        </Banner>
      )}
    </>
  )
}

function AskingTabs({
  round_id,
  askings,
  chosen,
}: {
  round_id: string
  askings: readonly AskingView[]
  chosen: number
}) {
  const t = useTexts(roundTexts)
  return (
    <nav className="dads-tabs" aria-label={t.askings}>
      {askings.map(({ asking, answered, asked, released_at, kind }) => (
        <a
          key={asking}
          className="dads-button"
          data-type="outline"
          data-size="md"
          aria-current={asking === chosen ? 'page' : undefined}
          href={`/rounds/${round_id}?asking=${asking}`}
        >
          {t.asking(asking)}
          {kind === 'correction' && <Brackets>{t.corrected}</Brackets>} <Time at={released_at} /> {answered}/{asked}
        </a>
      ))}
    </nav>
  )
}

function Acts({ round, asking }: { round: RoundView; asking: AskingView }) {
  const t = useTexts(roundTexts)
  const { reader } = useReading()
  if (!reader) return null
  const path = `/rounds/${round.id}`
  return (
    <Buttons>
      {may(reader, 'call.record') && asking.to_call > 0 && (
        <Form action={`${path}/calls`}>
          <Button kind="outline" size="md">
            {t.list_all(asking.to_call)}
          </Button>
        </Form>
      )}
      {may(reader, 'call.record') && asking.on_call_list > 0 && (
        <ButtonLink href={`/calls?round=${round.id}`} size="md">
          {t.call_list(asking.on_call_list)}
        </ButtonLink>
      )}
      {may(reader, 'round.ask') && asking.to_chase > 0 && (
        <Form action={`${path}/chase`}>
          <Button kind="outline" size="md">
            {t.chase(asking.to_chase)}
          </Button>
        </Form>
      )}
      {may(reader, 'round.ask') && (
        <ButtonLink href={`${path}/close`} size="md" danger>
          {t.close}
        </ButtonLink>
      )}
    </Buttons>
  )
}

function Facts({ round, asking, answers }: Pick<RoundPageProps, 'round' | 'asking' | 'answers'>) {
  const t = useTexts(roundTexts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { language, reader } = useReading()
  const path = `/situations/${round.situation_id}`
  const by_way = Map.groupBy(answers, ({ via }) => via)
  const on_behalf = answers.filter(({ is_on_behalf }) => is_on_behalf).length
  const { asked, answered, asked_infrastructure, answered_infrastructure } = asking
  const late = answers.filter((answer) => isLate(answer, asking)).length
  return (
    <>
      <SummaryList
        items={[
          { term: t.infrastructure, value: t.count(answered_infrastructure, asked_infrastructure) },
          { term: t.participants, value: t.count(answered - answered_infrastructure, asked - asked_infrastructure) },
          ...(answers.length > 0
            ? [
                {
                  term: t.in_time,
                  value: (
                    <>
                      {t.in_time_count(answers.length - late, asked, late)}
                      <br />
                      <span className="dads-note">{t.in_time_note}</span>
                    </>
                  ),
                },
                {
                  term: t.ways,
                  value: (
                    <Chips>
                      {[...by_way].map(([via, some]) => (
                        <Chip key={via} look="sent" count={some.length}>
                          {vias[via]}
                        </Chip>
                      ))}
                      {on_behalf > 0 && (
                        <Chip look="sent" count={on_behalf}>
                          {behalf}
                        </Chip>
                      )}
                    </Chips>
                  ),
                },
              ]
            : []),
          {
            term: t.next,
            value: round.next_repeat_at ? (
              <>
                <Time at={round.next_repeat_at} with_date />
                <UntilBeside at={round.next_repeat_at} />
                {round.repeat_minutes && t.every(round.repeat_minutes)}
              </>
            ) : (
              t.no_next
            ),
          },
          {
            term: t.asked,
            value: (
              <>
                <Time at={asking.released_at} with_date />{' '}
                {named(language, { name_ja: round.asked_by_ja, name_en: round.asked_by_en })}
              </>
            ),
          },
          { term: t.text, value: <LongText>{language === 'en' ? asking.text_en : asking.text_ja}</LongText> },
        ]}
      />
      <Buttons>
        <ButtonLink href={`${path}/board`} size="md">
          {t.board}
        </ButtonLink>
        <ButtonLink href={`/notices/${asking.id}`} size="md">
          {t.notice}
        </ButtonLink>
        {reader && may(reader, 'delivery.see') && (
          <ButtonLink href={`/notices/${asking.id}/deliveries`} size="md">
            {t.deliveries}
          </ButtonLink>
        )}
        {reader && may(reader, 'round.ask') && !round.situation_closed_at && (
          <ButtonLink href={`${path}/ask`} size="md">
            {t.again}
          </ButtonLink>
        )}
      </Buttons>
    </>
  )
}
