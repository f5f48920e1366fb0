import type { ChannelName } from '#ground/channels/channel.ts'
import { channelWords } from '#ground/channels/words.ts'
import type { LadderStep } from '#ground/db/tables.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { minuteWords, toWords } from './words.ts'

const texts = inBoth({
  ja: {
    to: (whom: string, by: string) => `${whom}へ ${by}`,
    call: '電話連絡リストに載せる',
    missing: 'この環境では使えません',
    and: '・',
  },
  en: {
    to: (whom: string, by: string) => `${by} to ${whom}`,
    call: 'Put on the call list',
    missing: 'not set up here',
    and: ', ',
  },
})

/** A ladder as a timeline: one entry a minute, and in it what goes out. What cannot go out here says so. */
export function Steps({ steps, available }: { steps: readonly LadderStep[]; available: readonly ChannelName[] }) {
  const minutes = useTexts(minuteWords)
  return (
    <ol className="dads-timeline">
      {[...Map.groupBy(steps, ({ after_minutes }) => after_minutes)].map(([after_minutes, together]) => (
        <li key={after_minutes} className="dads-timeline__entry">
          <p className="dads-timeline__title">{minutes(after_minutes)}</p>
          {together.map((step) => (
            <OneStep key={`${step.to} ${step.channels.join(' ')}`} step={step} available={available} />
          ))}
        </li>
      ))}
    </ol>
  )
}

function OneStep({ step: { to, channels }, available }: { step: LadderStep; available: readonly ChannelName[] }) {
  const t = useTexts(texts)
  const names = useTexts(channelWords)
  const whom = useTexts(toWords)[to]
  const sent = channels.filter((channel) => channel !== 'call')
  const [usable, missing] = [
    sent.filter((channel) => available.includes(channel)),
    sent.filter((channel) => !available.includes(channel)),
  ]
  const said = (some: readonly (typeof sent)[number][]) => t.to(whom, some.map((channel) => names[channel]).join(t.and))
  return (
    <>
      {usable.length > 0 && <p>{said(usable)}</p>}
      {missing.length > 0 && (
        <p className="dads-timeline__by">
          {said(missing)}
          <Brackets>{t.missing}</Brackets>
        </p>
      )}
      {channels.includes('call') && <p>{t.call}</p>}
    </>
  )
}
