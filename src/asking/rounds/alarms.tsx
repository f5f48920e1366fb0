import { sql } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { repeat_late_minutes_max } from './rules.ts'

const texts = inBoth({
  ja: {
    late: (count: number) => `回答期限を過ぎた機関が${count}`,
    since: '最も早い回答期限',
    and: '、',
    more: (count: number) => `ほか${count}機関`,
    see: '未回答の機関を見る',
    stuck: '繰り返しの照会が予定の時刻を過ぎています',
    due: '予定',
    stuck_next: 'サーバーの担当者に知らせ、急ぐ場合は電話で確かめてください。',
  },
  en: {
    late: (count: number) => `Institutions past the time to answer: ${count}`,
    since: 'Late since',
    and: ', ',
    more: (count: number) => ` and ${count} more`,
    see: 'See who is missing',
    stuck: 'A repeated asking is overdue',
    due: 'Due',
    stuck_next: 'Tell those who run the server; if it is urgent, ask by phone.',
  },
})

const named_max = 3

/**
 * Open rounds in which somebody is past the time to answer the first asking that they have not answered, with since when and who,
 * or which the program has not asked again in time (S2-13).
 */
export const roundAlarms = (db: Database, now: Date) =>
  db
    .selectFrom('round')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('receipt')
          .innerJoin('notice', 'notice.id', 'receipt.notice_id')
          .innerJoin('institution', 'institution.id', 'receipt.institution_id')
          .whereRef('notice.round_id', '=', 'round.id')
          .where('receipt.closed_at', 'is', null)
          .where(isActive(now))
          .where(sql<boolean>`coalesce(receipt.wanted_by, notice.answer_by) < ${now}`)
          .select([
            sql<number>`count(*)::int`.as('late'),
            sql<Date | null>`min(coalesce(receipt.wanted_by, notice.answer_by))`.as('late_since'),
            sql<Named[]>`(array_agg(jsonb_build_object('name_ja', institution.name_ja, 'name_en', institution.name_en)
              order by institution.is_infrastructure desc, receipt.opened_at, institution.code))[1:${sql.lit(named_max)}]`.as(
              'named',
            ),
          ])
          .as('silent'),
      (join) => join.onTrue(),
    )
    .where('round.closed_at', 'is', null)
    .where('situation.closed_at', 'is', null)
    .where((eb) => eb.or([eb('silent.late', '>', 0), eb('round.next_repeat_at', '<', lateBefore(now))]))
    .select(['round.id', 'round.mode', 'round.next_repeat_at', 'situation.title_ja', 'situation.title_en'])
    .select(['silent.late', 'silent.late_since', 'silent.named'])
    .orderBy('round.mode')
    .orderBy('round.asked_at')
    .execute()
type Named = { name_ja: string; name_en: string }
export type RoundAlarm = Awaited<ReturnType<typeof roundAlarms>>[number]

/** A repeat that was due before this is late. */
export const lateBefore = (now: Date) => new Date(now.getTime() - repeat_late_minutes_max * 60_000)

/** Says on the home page which rounds need a person. */
export function RoundAlarms({ alarms }: { alarms: readonly RoundAlarm[] }) {
  const t = useTexts(texts)
  const { language, now } = useReading()
  return alarms.map(({ id, mode, late, late_since, named: some, next_repeat_at, title_ja, title_en }) => (
    <div key={id}>
      {late_since && (
        <Banner kind="warning" title={t.late(late)}>
          <p>
            {markedTitle(language, mode, language === 'en' ? title_en : title_ja)} ・ {t.since} <Time at={late_since} />
            <br />
            {some.map((one) => named(language, one)).join(t.and)}
            {late > some.length && t.more(late - some.length)}
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
