import { Chip } from '#html/chip.tsx'
import { inBoth } from '#html/language.ts'
import { useTexts } from '#html/render.tsx'
import { Age, Time } from '#html/time.tsx'
import type { Intake } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '気象庁電文の受信',
    off: '自動受信は設定されていません（JMA_FEEDS）。電文ファイルは「noroshi ingest-jma」で取り込めます。',
    waiting: 'まだ一度も受信していません。',
    fine: '受信できています',
    failing: '受信できていません',
    last: '最後の成功',
    never: '成功なし',
    rejected: '読めなかった電文（7日以内）',
    all: '電文の一覧を見る',
  },
  en: {
    title: 'Telegrams of the Japan Meteorological Agency',
    off: 'No feeds are set (JMA_FEEDS). Telegram files can be taken in with “noroshi ingest-jma”.',
    waiting: 'Nothing has been received yet.',
    fine: 'Receiving',
    failing: 'Not receiving',
    last: 'Last success',
    never: 'never',
    rejected: 'Telegrams that could not be read (last 7 days)',
    all: 'See all telegrams',
  },
})

/** How well the feeds are heard, and what could not be read. */
export function IntakePanel({
  intake: { feeds, rejected },
  feeds_are_off,
}: {
  intake: Intake
  feeds_are_off: boolean
}) {
  const t = useTexts(texts)
  return (
    <section aria-labelledby="intake">
      <h2 id="intake">{t.title}</h2>
      {feeds_are_off ? <p>{t.off}</p> : feeds.length === 0 && <p>{t.waiting}</p>}
      {!feeds_are_off && feeds.length > 0 && (
        <ul>
          {feeds.map(({ url, succeeded_at, problem }) => (
            <li key={url}>
              <Chip look={problem ? 'failed' : 'normal'}>{problem ? t.failing : t.fine}</Chip> {url.split('/').at(-1)}{' '}
              ・ {t.last}:{' '}
              {succeeded_at ? (
                <>
                  <Time at={succeeded_at} />（<Age at={succeeded_at} />）
                </>
              ) : (
                t.never
              )}
              {problem && <div>{problem}</div>}
            </li>
          ))}
        </ul>
      )}
      {rejected.length > 0 && (
        <>
          <h3>{t.rejected}</h3>
          <ul>
            {rejected.map(({ id, source, reason, received_at }) => (
              <li key={id}>
                <Time at={received_at} /> {source}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/telegrams">{t.all}</a>
      </p>
    </section>
  )
}
