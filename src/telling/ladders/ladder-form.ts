import { type ChannelName, channelNames } from '#ground/channels/channel.ts'
import type { LadderStep } from '#ground/db/tables.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import { beginsAtOnce, inOrder, minutes_max, steps_max, twice } from './rules.ts'

export const ladderChannels = [...channelNames, 'call'] as const satisfies LadderStep['channels']
export const addressees = ['primary', 'deputies', 'all'] as const satisfies LadderStep['to'][]
/** What is chosen of a step that is to go. */
export const no_one = 'none'

const messages = inBoth({
  ja: {
    minutes: (row: number) =>
      `段階${row}：配信からの時間を0〜${minutes_max.toLocaleString('ja')}分の整数で入力してください`,
    to: (row: number) => `段階${row}：誰に連絡するかを選んでください`,
    channels: (row: number) => `段階${row}：連絡の手段を1つ以上選んでください`,
    twice: (first: number, second: number) =>
      `段階${second}：段階${first}と同じ時間に、同じ人へ同じ手段で届きます。どちらかを変えてください`,
    at_once: '0分の段階に、いま使える手段（メールなど）を1つ以上入れてください。配信してもすぐには何も届かなくなります',
  },
  en: {
    minutes: (row: number) =>
      `Step ${row}: enter the time after sending, 0 to ${minutes_max.toLocaleString('en')} whole minutes`,
    to: (row: number) => `Step ${row}: choose who is contacted`,
    channels: (row: number) => `Step ${row}: choose one channel or more`,
    twice: (first: number, second: number) =>
      `Step ${second} reaches the same people at the same minute over the same channel as step ${first}: change one of them`,
    at_once:
      'Have a step at minute 0 with a channel that is available, such as mail: otherwise nothing would go out at once',
  },
})

export type Lists = Record<string, string[]>
type ReadLadder = { steps: LadderStep[]; version: number; problems?: undefined } | { problems: Problems }

/** The steps of a form, the earliest first. A row in which nothing was entered, or of which no one is to hear, is none. */
export function readLadder(language: Language, lists: Lists, available: readonly ChannelName[]): ReadLadder {
  const say = messages[language]
  const problems: Problems = {}
  const rows: (LadderStep & { row: number })[] = []
  for (let row = 1; row <= steps_max; row++) {
    const minutes = lists[`minutes_${row}`]?.at(-1)?.normalize('NFKC').trim() ?? ''
    const to = lists[`to_${row}`]?.at(-1) ?? ''
    const channels = ladderChannels.filter((channel) => lists[`channels_${row}`]?.includes(channel))
    if (to === no_one || (minutes === '' && to === '' && channels.length === 0)) continue
    const after_minutes = /^\d{1,5}$/.test(minutes) ? Number(minutes) : Number.NaN
    const chosen = addressees.find((each) => each === to)
    if (!(after_minutes <= minutes_max)) problems[`minutes_${row}`] = say.minutes(row)
    if (!chosen) problems[`to_${row}`] = say.to(row)
    if (channels.length === 0) problems[`channels_${row}`] = say.channels(row)
    if (chosen) rows.push({ row, after_minutes, to: chosen, channels })
  }
  if (Object.keys(problems).length > 0) return { problems }
  const same = twice(rows)
  if (same) {
    const [first, second] = same.map((place) => rows[place]?.row ?? 1) as [number, number]
    return { problems: { [`minutes_${second}`]: say.twice(first, second) } }
  }
  if (!beginsAtOnce(rows, available)) return { problems: { minutes_1: say.at_once } }
  const version = lists.version?.at(-1) ?? ''
  return {
    steps: inOrder(rows.map(({ row: _row, ...step }) => step)),
    version: /^\d{1,9}$/.test(version) ? Number(version) : -1,
  }
}

/** The fields of a form that says these steps. */
export const ladderLists = (steps: readonly LadderStep[], version: number): Lists => ({
  version: [String(version)],
  ...Object.fromEntries(
    steps.flatMap(({ after_minutes, to, channels }, index) => [
      [`minutes_${index + 1}`, [String(after_minutes)]],
      [`to_${index + 1}`, [to]],
      [`channels_${index + 1}`, [...channels]],
    ]),
  ),
})
