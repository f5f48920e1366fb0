import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: '時計が合っていません',
    ahead: (much: string) => `データベースの時計は、このサーバーの時計より${much}進んでいます。`,
    behind: (much: string) => `データベースの時計は、このサーバーの時計より${much}遅れています。`,
    next: '期限、連絡の段階、記録の時刻はデータベースの時計によります。どちらが正しいかを確かめ、サーバーの担当者に合わせてもらってください。',
    seconds: (count: number) => `${count}秒`,
    minutes: (count: number) => `約${count}分`,
    hours: (count: number) => `約${count}時間`,
  },
  en: {
    title: 'The clocks do not agree',
    ahead: (much: string) => `The database’s clock is ${much} ahead of this server’s.`,
    behind: (much: string) => `The database’s clock is ${much} behind this server’s.`,
    next: 'Deadlines, steps of the ladder and the times on record follow the database’s clock. Find out which is right, and have it set by those who run the servers.',
    seconds: (count: number) => `${count} seconds`,
    minutes: (count: number) => `about ${count} minutes`,
    hours: (count: number) => `about ${count} hours`,
  },
})

/** That database and server do not tell the same time, by how much, and what hangs on it. */
export function ClocksApart({ apart_ms }: { apart_ms: number | null }) {
  const t = useTexts(texts)
  if (apart_ms === null) return null
  const seconds = Math.round(Math.abs(apart_ms) / 1000)
  const much =
    seconds < 120
      ? t.seconds(seconds)
      : seconds < 7200
        ? t.minutes(Math.round(seconds / 60))
        : t.hours(Math.round(seconds / 3600))
  return (
    <Banner kind="warning" title={t.title}>
      <p>{apart_ms > 0 ? t.ahead(much) : t.behind(much)}</p>
      <p>{t.next}</p>
    </Banner>
  )
}
