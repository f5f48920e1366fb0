import { toCivilInput } from '#ground/html/civil.ts'
import type { FirmSample, MarketSample } from './making.ts'

/** What the form of a new situation says, of an event ten minutes ago. */
export const situationForm = (criterion_id: string, at: Date, change: Record<string, string> = {}) => ({
  criterion: `${criterion_id}:1`,
  mode: 'actual',
  hazard: 'earthquake',
  title_ja: '架空の地震',
  event_at: toCivilInput(new Date(at.getTime() - 600_000)),
  recovery_minutes: '120',
  update_minutes: '30',
  reason: '試験',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

export const aSituation: MarketSample = async ({ desk, at, one, send }) =>
  send(desk.client, '/situations', situationForm(await one('criterion'), at))

/** What a firm reports that says how it is, line by line. */
export const reportForm = (change: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(functions.map((name) => [name, 'normal'])),
  ...Object.fromEntries(damages.map((name) => [name, 'none'])),
  bcp: 'not_activated',
  command_centre: 'not_set_up',
  next_update_minutes: '60',
  idempotency_key: crypto.randomUUID(),
  ...change,
})
const functions = ['order_trading', 'clearing', 'settlement', 'custody', 'market_data', 'funds']
const damages = ['damage_building', 'damage_systems', 'damage_staff', 'damage_external']

/** Of the sample's situation. */
export const aReport: FirmSample = async ({ one, send }, { client }) =>
  send(client, `/situations/${await one('situation')}/report`, { all_normal: 'yes' })
