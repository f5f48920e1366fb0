import { Chip } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import { type Intake, staleAt } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '気象庁電文の受信',
    off: '気象庁の電文は自動では届きません。災害等が起きたら「対策本部を設置する」から始めてください。自動受信を始めるには、サーバーの担当者に頼んでください。',
    waiting: 'まだ一度も受信していません。',
    fine: '受信できています',
    partly: '一部を受信できていません',
    failing: '受信できていません',
    last: '最後の成功',
    never: '成功なし',
    rejected: '読めなかった電文（7日以内）',
    all: '電文の一覧を見る',
    play: 'デモの電文を流してみる',
  },
  en: {
    title: 'Telegrams of the Japan Meteorological Agency',
    off: 'Telegrams of the agency do not arrive by themselves. When something happens, start with “Set up the command centre”. To have them received, ask those who run the server.',
    waiting: 'Nothing has been received yet.',
    fine: 'Receiving',
    partly: 'Receiving in part',
    failing: 'Not receiving',
    last: 'Last success',
    never: 'never',
    rejected: 'Telegrams that could not be read (last 7 days)',
    all: 'See all telegrams',
    play: 'Play a telegram of the demo',
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
  const { language, demo, reader } = useReading()
  return (
    <section aria-labelledby="intake">
      <h2 id="intake">{t.title}</h2>
      {feeds_are_off ? (
        <p>{t.off}</p>
      ) : (
        <ul>
          {feeds.map((feed) => (
            <li key={feed.url}>
              <Feed feed={feed} />
            </li>
          ))}
        </ul>
      )}
      {rejected.length > 0 && (
        <>
          <h3>{t.rejected}</h3>
          <ul>
            {rejected.map(({ id, source, reason_ja, reason_en, received_at }) => (
              <li key={id}>
                <Time at={received_at} /> {source}: {language === 'en' ? reason_en : reason_ja}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/telegrams">{t.all}</a>
      </p>
      {demo && reader && may(reader, 'telegram.ingest') && (
        <p>
          <a href="/demo/telegrams">{t.play}</a>
        </p>
      )}
    </section>
  )
}

/** One feed: well only while its last success is fresh, whatever was noted or not noted since. */
function Feed({ feed: { url, tried_at, succeeded_at, problem } }: { feed: Intake['feeds'][number] }) {
  const t = useTexts(texts)
  const { now } = useReading()
  const name = url.split('/').at(-1)
  if (!tried_at)
    return (
      <>
        <Chip look="waiting">{t.waiting}</Chip> {name}
      </>
    )
  const is_heard = succeeded_at !== null && succeeded_at >= tried_at && staleAt(succeeded_at) > now
  return (
    <>
      <Chip look={!is_heard ? 'failed' : problem ? 'partial' : 'normal'}>
        {!is_heard ? t.failing : problem ? t.partly : t.fine}
      </Chip>{' '}
      {name} ・ {t.last}:{' '}
      {succeeded_at ? (
        <>
          <Time at={succeeded_at} />
          <AgeBeside at={succeeded_at} />
        </>
      ) : (
        t.never
      )}
      {problem && <div>{problem}</div>}
    </>
  )
}
