import { toCivilInput } from '#ground/html/civil.ts'
import { roles } from '#ground/rights/person.ts'
import type { FirmSample, MarketSample } from './making.ts'
import { all, desk, everyone, hidden, inPeacetime, only, overviewers, readers, type Wing } from './wing.ts'

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
  // Ticked, as when a real situation is open; else nobody reads it.
  drill: 'yes',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

const aSituation: MarketSample = async ({ desk, at, one, send }) =>
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
const aReport: FirmSample = async ({ one, send }, { client }) =>
  send(client, `/situations/${await one('situation')}/report`, { all_normal: 'yes' })

/** Of no situation. */
const aStandingReport: FirmSample = ({ send }, { client }) => send(client, '/report', { all_normal: 'yes' })

/** A correction that takes the reason for the situation away. */
const aChange: MarketSample = async ({ site, desk, at, one, send, first }) => {
  const proposal_id = await one('proposal')
  await send(desk.client, '/situations', situationForm(await one('criterion'), at, { proposal_id }))
  await site.done(desk.client, '/demo/telegrams', { name: 'vxse53-tokyo.xml' })
  await site.done(desk.client, '/demo/telegrams', { name: 'vxse53-tokyo-corrected.xml' })
  return first('situation_change')
}

export const status = {
  tables: {
    report: { each: aReport, seen: 'own' },
    report_now: { each: (make, firm) => make.of(firm, 'report') },
    situation: { one: aSituation, seen: 'market' },
    situation_change: { one: aChange, seen: 'market' },
  },
  things: {
    '/situations': { market: 'situation' },
    '/reports': { own: aStandingReport },
  },
  pages: {
    '/situations': all,
    '/command-centre/new': desk,
    '/situations/:id/board': all,
    '/situations/:id/review': desk,
    '/situations/:id/report': readers('bcp_contact'),
    '/board': all,
    '/report': readers('bcp_contact'),
    // It says nothing of anyone: a script reads what waits on the device.
    '/report/waiting': everyone(),
    // The report of an exchange, seen by that exchange and by who may see every report.
    '/reports/:id': hidden(...overviewers, 'bcp_contact'),
  },
  forms: {
    '/situations': ['secretariat'],
    '/situations/:id/phase': ['secretariat'],
    '/situations/:id/review': ['secretariat'],
    '/situations/:id/report': ['bcp_contact'],
    '/report': ['bcp_contact'],
  },
  own_pages: { '/reports/:id': { own: only(roles, 404), other: only(inPeacetime, 404) } },
} satisfies Wing
