import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { repeat_late_minutes_max } from './rules.ts'

const texts = inBoth({
  ja: {
    late: (count: number) => `回答期限を過ぎた機関が${count}`,
    asking: (asking: number) => `第${asking}回照会`,
    answer_by: '回答期限',
    see: '未回答の機関を見る',
    stuck: '繰り返しの照会が予定の時刻を過ぎています',
    due: '予定',
    stuck_next: 'サーバーの担当者に知らせ、急ぐ場合は電話で確かめてください。',
  },
  en: {
    late: (count: number) => `Institutions past the time to answer: ${count}`,
    asking: (asking: number) => `Asking ${asking}`,
    answer_by: 'Answer by',
    see: 'See who is missing',
    stuck: 'A repeated asking is overdue',
    due: 'Due',
    stuck_next: 'Tell those who run the server; if it is urgent, ask by phone.',
  },
})

/** Open rounds in which somebody is past the time to answer, or which the program has not asked again in time (S2-13). */
export const roundAlarms = (db: Database, now: Date) =>
  db
    .selectFrom('round')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('notice')
          .whereRef('notice.round_id', '=', 'round.id')
          .orderBy('notice.asking', 'desc')
          .limit(1)
          .select(['notice.asking', 'notice.answer_by'])
          .select(({ selectFrom }) =>
            selectFrom('receipt')
              .whereRef('receipt.notice_id', '=', 'notice.id')
              .where('receipt.closed_at', 'is', null)
              .select(sql<number>`count(*)::int`.as('n'))
              .as('open'),
          )
          .as('newest'),
      (join) => join.onTrue(),
    )
    .where('round.closed_at', 'is', null)
    .where('situation.closed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('newest.answer_by', '<', now), eb('newest.open', '>', 0)]),
        eb('round.next_repeat_at', '<', lateBefore(now)),
      ]),
    )
    .select(['round.id', 'round.mode', 'round.next_repeat_at', 'situation.title_ja', 'situation.title_en'])
    .select(['newest.asking', 'newest.answer_by', 'newest.open'])
    .orderBy('round.mode')
    .orderBy('round.asked_at')
    .execute()
export type RoundAlarm = Awaited<ReturnType<typeof roundAlarms>>[number]

/** A repeat that was due before this is late. */
export const lateBefore = (now: Date) => new Date(now.getTime() - repeat_late_minutes_max * 60_000)

/** Says on the home page which rounds need a person. */
export function RoundAlarms({ alarms }: { alarms: readonly RoundAlarm[] }) {
  const t = useTexts(texts)
  const { language, now } = useReading()
  return alarms.map(({ id, mode, asking, answer_by, open, next_repeat_at, title_ja, title_en }) => (
    <div key={id}>
      {open !== null && open > 0 && answer_by && answer_by < now && (
        <Banner kind="warning" title={t.late(open)}>
          <p>
            {markedTitle(language, mode, language === 'en' ? title_en : title_ja)} {t.asking(asking ?? 1)} ・{' '}
            {t.answer_by} <Time at={answer_by} />
            <br />
            <a href={`/rounds/${id}`}>{t.see}</a>
          </p>
        </Banner>
      )}
      {next_repeat_at && next_repeat_at < lateBefore(now) && (
        <Banner kind="error" title={t.stuck}>
          <p>
            {markedTitle(language, mode, language === 'en' ? title_en : title_ja)} ・ {t.due}{' '}
            <Time at={next_repeat_at} />
            <br />
            {t.stuck_next} <a href={`/rounds/${id}`}>{t.see}</a>
          </p>
        </Banner>
      )}
    </div>
  ))
}
