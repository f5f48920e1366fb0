import { channelWords } from '#ground/channels/words.ts'
import type { LadderStep } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'
import { statusWords } from '#ground/market/words.ts'
import type { Scope } from './rules.ts'

type Channel = LadderStep['channels'][number]

export const toWords = inBoth<Record<LadderStep['to'], string>>({
  ja: { primary: '正担当者', deputies: '副担当者', all: '担当者全員' },
  en: { primary: 'the primary contact', deputies: 'the deputies', all: 'all contacts' },
})

export const scopeWords = inBoth<Record<Scope, string>>({
  ja: { all: 'すべての機関', ...statusWords.ja.views },
  en: { all: 'All institutions', ...statusWords.en.views },
})

/** Minutes as people say them. */
export const minuteWords = inBoth<(minutes: number) => string>({
  ja: (minutes) => {
    const [days, hours, rest] = parted(minutes)
    return minutes === 0 ? '0分' : `${days ? `${days}日` : ''}${hours ? `${hours}時間` : ''}${rest ? `${rest}分` : ''}`
  },
  en: (minutes) => {
    const [days, hours, rest] = parted(minutes)
    return minutes === 0
      ? '0 min'
      : [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ')
  },
})
const parted = (minutes: number) =>
  [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60] as const

/** One step, as short as a list needs it. */
export const stepSaid = inBoth<(step: LadderStep) => string>({
  ja: ({ after_minutes, to, channels }) =>
    `${minuteWords.ja(after_minutes)}・${toWords.ja[to]}・${channels.map((one) => channelWords.ja[one]).join('/')}`,
  en: ({ after_minutes, to, channels }) =>
    `${minuteWords.en(after_minutes)}: ${toWords.en[to]}, ${channels.map((one) => channelWords.en[one]).join('/')}`,
})

/** A whole ladder in one sentence, as it would be said on the phone. */
export const ladderSaid = inBoth<(steps: readonly LadderStep[]) => string>({
  ja: (steps) =>
    `${steps
      .map(({ after_minutes, to, channels }, index) => {
        const when = after_minutes === 0 ? '配信と同時に' : `${minuteWords.ja(after_minutes)}たっても回答がなければ`
        const same = index > 0 && steps[index - 1]?.after_minutes === after_minutes
        return `${same ? '' : when}${said.ja(to, channels)}`
      })
      .join('、')}ます。回答があった機関への連絡は、そこで終わります。`,
  en: (steps) =>
    `${steps
      .map(({ after_minutes, to, channels }, index) => {
        const when = after_minutes === 0 ? 'at once ' : `without an answer after ${minuteWords.en(after_minutes)} `
        const same = index > 0 && steps[index - 1]?.after_minutes === after_minutes
        return `${same ? '' : when}${said.en(to, channels)}`
      })
      .join('; ')
      .replace(/^./, (first) => first.toUpperCase())}. An institution that has answered is not contacted further.`,
})

const said = inBoth<(to: LadderStep['to'], channels: readonly Channel[]) => string>({
  ja: (to, channels) => {
    const sent = channels.filter((channel) => channel !== 'call').map((channel) => channelWords.ja[channel])
    return [
      ...(sent.length > 0 ? [`${toWords.ja[to]}へ${sent.join('・')}で送り`] : []),
      ...(channels.includes('call') ? ['電話連絡リストに載せ'] : []),
    ].join('、')
  },
  en: (to, channels) => {
    const sent = channels.filter((channel) => channel !== 'call').map((channel) => inSentence(channelWords.en[channel]))
    return [
      ...(sent.length > 0 ? [`${sent.join(', ')} to ${toWords.en[to]}`] : []),
      ...(channels.includes('call') ? ['onto the call list'] : []),
    ].join(', ')
  },
})

/** A name within an English sentence: what is no abbreviation begins small. */
const inSentence = (name: string) => name.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())
