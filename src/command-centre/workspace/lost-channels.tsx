import { channelWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import type { Intake } from './queries.ts'

const texts = inBoth({
  ja: {
    titles: {
      lost: (channel: string) => `${channel}で送れません`,
      slow: (channel: string) => `${channel}の応答が遅れています`,
      doubt: (channel: string) => `${channel}が届いているか分かりません`,
    },
    since: 'いつから：',
    waiting: {
      lost: (count: number) =>
        `${count}件が待っています。まだ届いていない機関には次の手段で自動で連絡し、直りしだい残りも自動で送ります。急ぐ場合は電話してください。`,
      slow: (count: number) =>
        `${count}件を送信中か待っています。いずれ届くかもしれません。緊急の通知は、待たずに次の手段でも連絡しています。`,
      doubt: (count: number) =>
        `送った後に相手側の応答が続けて得られませんでした。${count}件が待っています。緊急の通知は1度だけ送り直し、次の手段でも連絡しています。`,
    },
    doubt: '送った後に相手側の応答が続けて得られませんでした。次に受け取られるまで、この表示は残ります。',
    none: '待っているものはありません。次に送るときまでに、サーバーの担当者に直してもらってください。',
    answer: '相手側の応答：',
  },
  en: {
    titles: {
      lost: (channel: string) => `${channel} cannot be used`,
      slow: (channel: string) => `${channel} answers slowly`,
      doubt: (channel: string) => `${channel}: it is not known what arrives`,
    },
    since: 'Since: ',
    waiting: {
      lost: (count: number) =>
        `${count} are waiting. Institutions not reached yet are tried over the next channel by themselves, and the rest goes out once it is back. If it is urgent, call.`,
      slow: (count: number) =>
        `${count} are in hand or waiting, and may arrive yet. What is urgent goes out the next way, too, without waiting.`,
      doubt: (count: number) =>
        `Several went out and no answer came. ${count} are waiting. What is urgent is sent once more, and goes out the next way, too.`,
    },
    doubt: 'Several went out and no answer came. This stands here until the next one is taken.',
    none: 'Nothing is waiting. Have it mended by those who run the server before it is needed.',
    answer: 'The other side said: ',
  },
})

/** Channels that are set up and cannot be used now: what that means, and since when. */
export function LostChannels({ lost }: { lost: Intake['lost'] }) {
  const t = useTexts(texts)
  const channels = useTexts(channelWords)
  return lost.map(({ channel, problem, trouble, since, waiting }) => (
    <Banner key={channel} kind="warning" title={t.titles[trouble](channels[channel])}>
      <p>
        {t.since}
        <Time at={since} />
        <AgeBeside at={since} />
      </p>
      <p>{Number(waiting) > 0 ? t.waiting[trouble](Number(waiting)) : trouble === 'doubt' ? t.doubt : t.none}</p>
      <p>
        {t.answer}
        {problem}
      </p>
    </Banner>
  ))
}
