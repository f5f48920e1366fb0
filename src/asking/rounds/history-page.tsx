import type { ReactNode } from 'react'
import { outcomeWords } from '#asking/calls/index.ts'
import { onBehalf, viaWords } from '#delivery/answers/index.ts'
import { answerWords, deliveryWords } from '#delivery/deliveries/index.ts'
import { channelWords } from '#ground/channels/words.ts'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { type Entry, Timeline } from '#ground/html/timeline.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { History } from './history.ts'
import type { RoundView } from './queries.ts'
import { roundTexts } from './round-texts.ts'
import { isLate } from './rules.ts'

const texts = inBoth({
  ja: {
    title: (name: string) => `${name}への照会の経過`,
    back: '状況照会に戻る',
    asked: (asking: number) => `第${asking}回照会`,
    informed: (asking: number) => `第${asking}回照会を情報共有（照会しない機関）`,
    ended: (asking: number) => `第${asking}回照会は未回答のまま終了`,
    listed: '電話連絡リストに掲載',
    called: '電話',
    answered: '回答',
    late: '回答期限の後に届きました。',
    written: (time: ReactNode) => <>つながらない間に書かれた報告（記入 {time}）。</>,
    taken_back: (time: ReactNode) => <>{time}に取り消しました。</>,
    see: '報告を見る',
  },
  en: {
    title: (name: string) => `How ${name} was asked`,
    back: 'Back to the round',
    asked: (asking: number) => `Asking ${asking}`,
    informed: (asking: number) => `Asking ${asking}, for information (not asked)`,
    ended: (asking: number) => `Asking ${asking} ended without an answer`,
    listed: 'Put on the call list',
    called: 'Call',
    answered: 'Answered',
    late: 'It arrived after the time to answer.',
    written: (time: ReactNode) => <>Written at {time} without a connection, and sent later.</>,
    taken_back: (time: ReactNode) => <>Taken back at {time}. </>,
    see: 'See the report',
  },
})

/** One institution in one round, newest first: askings, what was sent, calls, answers. */
export function HistoryPage({ round, history }: { round: RoundView; history: History }) {
  const t = useTexts(texts)
  const words = useTexts(roundTexts)
  const { language, reader } = useReading()
  const entries = useEntries(history).sort((a, b) => b.at.getTime() - a.at.getTime())
  const path = `/rounds/${round.id}`
  const title = t.title(named(language, history.institution))
  const is_open = history.receipts.some(({ closed_at }) => closed_at === null)
  return (
    <Layout
      title={title}
      about={language === 'en' ? round.title_en : round.title_ja}
      mode={round.mode}
      label={labelOf.delivery}
      live={[`/situations/${round.situation_id}`, `/rounds/${round.id}`]}
    >
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{title}</h1>
      <p>{language === 'en' ? round.title_en : round.title_ja}</p>
      {is_open && reader && may(reader, 'report.file-for') && (
        <Buttons>
          <ButtonLink href={`${path}/report-for/${history.institution.id}`}>{words.report_for}</ButtonLink>
        </Buttons>
      )}
      <Timeline entries={entries} />
    </Layout>
  )
}

function useEntries({ receipts, answers, deliveries, calls }: History): Entry[] {
  const t = useTexts(texts)
  const words = useTexts(roundTexts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const channels = useTexts(channelWords)
  const { states } = useTexts(deliveryWords)
  const outcomes = useTexts(outcomeWords)
  const { language } = useReading()
  const nameOf = ({ name_ja, name_en }: { name_ja: string | null; name_en: string | null }) =>
    name_ja === null ? undefined : named(language, { name_ja, name_en })
  return [
    ...receipts.flatMap(({ id, asking, opened_at, answer_by, closed_at, closed_how, call_since }) => [
      {
        key: `${id} asked`,
        at: opened_at,
        title: closed_how === 'informed' ? t.informed(asking ?? 1) : t.asked(asking ?? 1),
        body: closed_how !== 'informed' && answer_by && (
          <p>
            {words.answer_by}: <Time at={answer_by} />
          </p>
        ),
      },
      ...(call_since ? [{ key: `${id} listed`, at: call_since, title: t.listed }] : []),
      ...(closed_at && closed_how === 'ended'
        ? [{ key: `${id} ended`, at: closed_at, title: t.ended(asking ?? 1) }]
        : []),
    ]),
    ...answers.map(
      ({ id, answered_at, answer_by, written_at, via, is_on_behalf, report_id, taken_back_at, ...who }) => ({
        key: id,
        at: answered_at,
        title: <Chip look="sent">{`${t.answered}: ${vias[via]}`}</Chip>,
        by: nameOf(who),
        body: (
          <p>
            {is_on_behalf && <b>{behalf} </b>}
            {isLate({ answered_at }, { answer_by }) && <b>{t.late} </b>}
            {written_at && <>{t.written(<Time at={written_at} />)} </>}
            {taken_back_at && <b>{t.taken_back(<Time at={taken_back_at} />)}</b>}
            {report_id && <a href={`/reports/${report_id}`}>{t.see}</a>}
          </p>
        ),
      }),
    ),
    ...deliveries.map(({ id, queued_at, sent_at, channel, state, address, answer, ...who }) => ({
      key: id,
      at: sent_at ?? queued_at,
      title: <Chip look={state === 'stopped' ? 'none' : state}>{`${channels[channel]} ${states[state]}`}</Chip>,
      by: [nameOf(who), address].filter(Boolean).join(' '),
      body: answer && <p>{answerWords(language, answer)}</p>,
    })),
    ...calls.map(({ id, called_at, outcome, note, ...who }) => ({
      key: id,
      at: called_at,
      title: `${t.called}: ${outcomes[outcome]}`,
      by: nameOf(who),
      body: note && <p>{note}</p>,
    })),
  ]
}
