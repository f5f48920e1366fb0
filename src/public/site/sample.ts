import { nextSnapshot, type ToPublish } from './next-snapshot.ts'
import { emptySnapshot, type Snapshot } from './snapshot.ts'
import type { View } from './view.ts'

/** What the tests of this folder publish: an earthquake at 10:00 JST, told of at 10:30 and 11:00. */
export const origin = 'https://market.example'
export const told_at = new Date('2026-11-21T01:30:00Z')
export const minutesLater = (minutes: number, from = told_at) => new Date(from.getTime() + minutes * 60_000)
export const view = (now: Date, more: Partial<View> = {}): View => ({
  origin,
  now,
  silent_since: null,
  masthead: null,
  demo: false,
  ...more,
})

export const told = (changes: Partial<ToPublish> = {}): ToPublish => ({
  id: '0b5c1f0e-6a52-4b8e-9d0a-3f6a0f6f1c01',
  mode: 'actual',
  hazard: 'earthquake',
  title_ja: '首都直下地震 <対応中> & 確認中',
  title_en: 'Earthquake under <Tokyo> & surroundings',
  text_ja: '取引所の売買を停止しています。',
  text_en: 'Trading on the exchange is stopped.',
  event_at: '2026-11-21T01:00:00.000Z',
  opened_at: '2026-11-21T01:10:00.000Z',
  command_centre: 'set_up',
  command_centre_at: '2026-11-21T01:10:00.000Z',
  updated_at: told_at.toISOString(),
  closed_at: null,
  closing_ja: null,
  closing_en: null,
  functions: [
    {
      market: 'exchange',
      function_code: 'order_trading',
      condition: 'stopped',
      as_of: '2026-11-21T01:20:00.000Z',
      expires_at: '2026-11-21T02:20:00.000Z',
      source_ja: '架空証券取引所',
      source_en: 'Fictional Stock Exchange',
      concerned: 1,
      total: 3,
    },
    {
      market: 'bonds',
      function_code: 'settlement',
      condition: 'normal',
      as_of: '2026-11-21T01:25:00.000Z',
      expires_at: '2026-11-21T03:00:00.000Z',
      source_ja: '架空国債清算機関',
      source_en: 'Fictional Bond Clearing',
      concerned: 1,
      total: 1,
    },
  ],
  institutions: [
    {
      name_ja: '架空証券取引所',
      name_en: 'Fictional Stock Exchange',
      kind_ja: '取引所',
      kind_en: 'Exchange',
      condition: 'stopped',
      bcp: 'activated',
      as_of: '2026-11-21T01:20:00.000Z',
      expires_at: '2026-11-21T02:20:00.000Z',
      resumption_at: '2026-11-21T04:00:00.000Z',
      normal_at: null,
    },
  ],
  activations: [],
  participants: {
    asked: 40,
    reported: 25,
    normal: 18,
    alternative: 2,
    partial: 3,
    stopped: 1,
    unknown: 1,
    no_functions: 0,
  },
  next_update_at: '2026-11-21T02:30:00.000Z',
  ...changes,
})

/** The first report, its correction half an hour later, and the all clear two hours after that, as far as `number` of them. */
export function published(number: 1 | 2 | 3, mode: Snapshot['mode'] = 'actual'): Snapshot {
  const one = nextSnapshot(emptySnapshot(mode), told({ mode }), {
    number: 1,
    published_at: told_at,
    origin,
    is_correction: false,
  })
  if (number === 1) return one
  const corrected = told({
    mode,
    text_ja: '取引所の売買は継続しています。',
    text_en: 'Trading on the exchange goes on.',
  })
  const two = nextSnapshot(one, corrected, {
    number: 2,
    published_at: minutesLater(30),
    origin,
    is_correction: true,
  })
  if (number === 2) return two
  const closed = {
    ...corrected,
    closed_at: minutesLater(150).toISOString(),
    closing_ja: 'すべての機能が再開しました。',
    closing_en: 'All functions have resumed.',
  }
  return nextSnapshot(two, closed, { number: 3, published_at: minutesLater(150), origin, is_correction: false })
}
