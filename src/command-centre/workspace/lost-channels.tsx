import { channelWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import type { Intake } from './queries.ts'

const texts = inBoth({
  ja: {
    lost: (channel: string) => `${channel}で送れません`,
    since: '送れなくなった時刻：',
    waiting: (count: number) =>
      `${count}件が待っています。まだ届いていない機関には次の手段で自動で連絡し、直りしだい残りも自動で送ります。急ぐ場合は電話してください。`,
    none: '待っているものはありません。次に送るときまでに、サーバーの担当者に直してもらってください。',
    answer: '相手側の応答：',
  },
  en: {
    lost: (channel: string) => `${channel} cannot be used`,
    since: 'Since: ',
    waiting: (count: number) =>
      `${count} are waiting. Institutions not reached yet are tried over the next channel by themselves, and the rest goes out once it is back. If it is urgent, call.`,
    none: 'Nothing is waiting. Have it mended by those who run the server before it is needed.',
    answer: 'The other side said: ',
  },
})

/** Channels that are set up and cannot be used now: what that means, and since when. */
export function LostChannels({ lost }: { lost: Intake['lost'] }) {
  const t = useTexts(texts)
  const channels = useTexts(channelWords)
  return lost.map(({ channel, problem, since, waiting }) => (
    <Banner key={channel} kind="warning" title={t.lost(channels[channel])}>
      <p>
        {t.since}
        <Time at={since} />
        <Brackets>
          <Age at={since} />
        </Brackets>
      </p>
      <p>{Number(waiting) > 0 ? t.waiting(Number(waiting)) : t.none}</p>
      <p>
        {t.answer}
        {problem}
      </p>
    </Banner>
  ))
}
