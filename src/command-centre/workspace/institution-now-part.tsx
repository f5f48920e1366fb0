import { ButtonLink } from '#ground/html/button.tsx'
import { Card } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { may } from '#ground/rights/may.ts'
import { BoardList } from '#status/board/index.ts'
import type { Now } from './institution-now.ts'

const texts = inBoth({
  ja: {
    title: 'いまの状況',
    none: '対応中の事案はありません。',
    not_counted: 'この事案の状況ボードの対象ではありません。',
    waits: '状況照会に未回答です',
    answered: '状況照会に回答済みです',
    round_over: '状況照会は終わっています',
    round: '状況照会での位置を見る',
    history: 'これまでの報告と連絡を見る',
    report_for: '代わりに報告する',
    listed: (place: number, count: number) => `電話連絡リストの${place}番目（全${count}件）`,
  },
  en: {
    title: 'State now',
    none: 'No situation is open.',
    not_counted: 'It does not count on the board of this situation.',
    waits: 'Has not answered the status request',
    answered: 'Has answered the status request',
    round_over: 'The status request is over',
    round: 'See its place in the request',
    history: 'See its reports and what was tried',
    report_for: 'Report for it',
    listed: (place: number, count: number) => `No. ${place} of ${count} on the call list`,
  },
})

type Of = { id: string; code: string }

/** How an institution stands in each open situation, for somebody who has it on the phone: its state, and what to do next. */
export function InstitutionNow({ now, of }: { now: Now[]; of: Of }) {
  const t = useTexts(texts)
  return (
    <section aria-labelledby="now">
      <h2 id="now">{t.title}</h2>
      {now.length === 0 && <p>{t.none}</p>}
      {now.map((one) => (
        <InSituation key={one.situation.id} now={one} of={of} />
      ))}
    </section>
  )
}

function InSituation({ now: { situation, line, round, places }, of }: { now: Now; of: Of }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  if (!reader) return null
  const sees_all = may(reader, 'board.see-all')
  const title = markedTitle(language, situation.mode, language === 'en' ? situation.title_en : situation.title_ja)
  return (
    <Card mode={situation.mode} title={<a href={`/situations/${situation.id}`}>{title}</a>}>
      {line ? <BoardList.Facts line={line} sees_all={sees_all} own={reader.institution_id} /> : <p>{t.not_counted}</p>}
      {round && sees_all && (
        <>
          {may(reader, 'report.file-for') && !round.closed_at && (
            <p>
              <ButtonLink href={`/rounds/${round.id}/report-for/${of.id}`} kind="solid-fill">
                {t.report_for}
              </ButtonLink>
            </p>
          )}
          <ul>
            <li>
              {round.answered_at ? t.answered : round.closed_at ? t.round_over : <b>{t.waits}</b>}{' '}
              <a href={`/rounds/${round.id}?${new URLSearchParams({ q: of.code })}`}>{t.round}</a>
            </li>
            {places.map(({ id, place, count }) => (
              <li key={id}>
                <a href={`/calls/${id}`}>{t.listed(place, count)}</a>
              </li>
            ))}
            <li>
              <a href={`/rounds/${round.id}/institutions/${of.id}`}>{t.history}</a>
            </li>
          </ul>
        </>
      )}
    </Card>
  )
}
