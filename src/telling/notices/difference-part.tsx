import { channelWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { stepSaid } from '#telling/ladders/index.ts'
import type { Difference, Named } from './check-difference.ts'

const shown_max = 20

const texts = inBoth({
  ja: {
    refused: '確認したあとに変わりました。通知は送られていません',
    refused_next: '下が今の内容です。もう一度確かめてから、押してください。下書きはそのまま残っています。',
    since: '作成または承認の依頼のときから変わりました',
    back: '変わったものは、作成または承認の依頼のときと同じに戻っています。',
    at: 'そのとき',
    came: {
      institutions: '加わった機関',
      people: '加わった担当者',
      reached: 'もとの通知が届き、すぐに届くようになった担当者',
      steps: '加わった段階',
      channels: '加わった手段',
    },
    went: {
      institutions: '外れた機関',
      people: '外れた担当者',
      reached: 'すぐには届かなくなった担当者',
      steps: 'なくなった段階',
      channels: 'なくなった手段',
    },
    moved: '届け方が変わった担当者',
    said: '文面または添付、発信者の表示が変わりました。',
    term: (name: string, count: number) => `${name}（${count}）：`,
    and: '、',
    more: (count: number) => `ほか${count}`,
  },
  en: {
    refused: 'It changed after you checked. Nothing was sent',
    refused_next: 'Below is how it stands now. Check it, then press again. The draft is kept as it is.',
    since: 'It has changed since it was written or put forward',
    back: 'What had changed is again as it was written or put forward.',
    at: 'That was at',
    came: {
      institutions: 'Institutions that came',
      people: 'Contacts who came',
      reached: 'Contacts who had the first meanwhile and get this at once',
      steps: 'Steps that came',
      channels: 'Channels that came',
    },
    went: {
      institutions: 'Institutions that went',
      people: 'Contacts who went',
      reached: 'Contacts who do not get it at once any more',
      steps: 'Steps that went',
      channels: 'Channels that went',
    },
    moved: 'Contacts reached in another way',
    said: 'Its words, its files, or what it says of the sender changed.',
    term: (name: string, count: number) => `${name} (${count}): `,
    and: ', ',
    more: (count: number) => `and ${count} more`,
  },
})

/** Who and what came and went since a notice was written or put forward; is_refused: a press was not taken because of it. */
export function DifferencePart({ difference, is_refused }: { difference: Difference | null; is_refused: boolean }) {
  const t = useTexts(texts)
  const steps = useTexts(stepSaid)
  const channels = useTexts(channelWords)
  const { language } = useReading()
  if (!difference && !is_refused) return null
  const names = (some: readonly Named[]) => some.map((one) => named(language, one))
  const lines = (['came', 'went'] as const).flatMap((way) => [
    { term: t[way].institutions, said: names(difference?.institutions[way] ?? []) },
    { term: t[way].people, said: names(difference?.people[way] ?? []) },
    { term: t[way].reached, said: names(difference?.reached[way] ?? []) },
    { term: t[way].steps, said: (difference?.steps[way] ?? []).map(steps) },
    { term: t[way].channels, said: (difference?.channels[way] ?? []).map((channel) => channels[channel]) },
  ])
  const shown = [...lines, { term: t.moved, said: names(difference?.moved ?? []) }].filter(
    ({ said }) => said.length > 0,
  )
  return (
    <Banner kind={is_refused ? 'error' : 'warning'} title={is_refused ? t.refused : t.since}>
      {is_refused && <p>{t.refused_next}</p>}
      {difference ? (
        <p>
          {t.at} <Time at={difference.kept_at} with_date with_seconds />
        </p>
      ) : (
        <p>{t.back}</p>
      )}
      <ul>
        {shown.map(({ term, said }) => (
          <li key={term}>
            {t.term(term, said.length)}
            {[...said.slice(0, shown_max), ...(said.length > shown_max ? [t.more(said.length - shown_max)] : [])].join(
              t.and,
            )}
          </li>
        ))}
        {difference?.is_said_otherwise && <li>{t.said}</li>}
      </ul>
    </Banner>
  )
}
