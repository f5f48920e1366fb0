import { toCivilInput } from '#ground/html/civil.ts'
import { roles } from '#ground/rights/person.ts'
import { fieldsOf } from '#simulate/index.ts'
import { sentTo } from '../fill-in.ts'
import type { FirmSample, MarketSample } from './making.ts'
import { all, desk, desks, everyone, hidden, inPeacetime, only, overviewers, readers, sent, type Wing } from './wing.ts'

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

/** What was done with the command centre of the sample's situation. */
const aCentreAct: MarketSample = async ({ one, first }) => {
  await one('situation')
  return first('command_centre_act')
}

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

/** Who decides for the bond market of the samples: the exchange whose people are the first of the demo. */
export const bodyForm = (change: Record<string, string> = {}): Record<string, string> => ({
  ...{ institution: 'EXC-1', body_ja: '架空の公社債市場BCP対策会議', body_en: 'Fictional bond market meeting' },
  ...{ procedure_ja: '電話会議で決定する', procedure_en: 'By conference call', reason: '試験', version: '0' },
  ...change,
})
export const activationCriterionForm = (change: Record<string, string> = {}): Record<string, string> => ({
  ...{ activating_ja: '決済に重大な支障', activating_en: 'Settlement is gravely disturbed' },
  ...{ lifting_ja: '支障の解消', lifting_en: 'It is over', agreed_with_ja: '架空中央銀行', agreed_with_en: 'The bank' },
  ...{ effective_on: '2026-01-05', reason: '試験', version: '0' },
  ...change,
})
export const activationForm = (at: Date, change: Record<string, string> = {}): Record<string, string> => ({
  ...{ id: crypto.randomUUID(), mode: 'actual', step: 'activated', decided_at: toCivilInput(at), reason: '試験' },
  ...change,
})
const bonds = '/activations/markets/bonds'
const aBody: MarketSample = async ({ site, desk, approver }) => {
  await site.done(desk.client, `${bonds}/body`, bodyForm())
  await site.done(approver.client, `${bonds}/body/agreement`, { version: '1' })
  return 'bonds'
}
const aCriterion: MarketSample = async ({ site, desk }) => {
  await site.done(desk.client, `${bonds}/criterion`, activationCriterionForm())
  return 'bonds'
}
/** Recorded by the desk for the body, and confirmed; of what is activated already, the lifting. */
const anActivation: MarketSample = async ({ site, desk, approver, at, one, send }) => {
  await one('deciding_body')
  await one('activation_criterion')
  const standing = await site.db
    .selectFrom('activation_standing')
    .where('market', '=', 'bonds')
    .select('step')
    .execute()
  const step = standing.some((last) => last.step === 'activated') ? 'lifted' : 'activated'
  const id = await send(desk.client, `${bonds}/entries`, activationForm(at, { criterion_version: '1', step }))
  await site.done(approver.client, `/activations/${id}/confirmation`)
  return id
}
const enterers = [...desks, 'bcp_contact', 'command_centre_member'] as const

/** A proposal that waits: the version after the one that the program came with. */
const aView: MarketSample = async ({ desk, site }) => {
  const { version } = await site.db
    .selectFrom('member_view')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  const counts = { shows_functions: 'counts', shows_bcp: 'counts', shows_said_at: 'counts' }
  await site.done(desk.client, '/member-view', {
    ...{ ...counts, shows_next_update: 'counts', reason: `協議会の決定 ${crypto.randomUUID()}` },
    version: String(version),
  })
  return String(version + 1)
}
const aViewDecision: MarketSample = async ({ approver, one, site }) => {
  const version = await one('member_view')
  await site.done(approver.client, `/member-view/${version}/refusal`)
  return version
}

export const status = {
  tables: {
    activation: { one: anActivation, seen: 'market' },
    activation_criterion: { one: aCriterion, seen: 'market' },
    activation_standing: { one: ({ one }) => one('activation') },
    deciding_body: { one: aBody, seen: 'market' },
    deciding_body_now: { one: ({ one }) => one('deciding_body') },
    member_view: { one: aView, seen: 'market' },
    member_view_decision: { one: aViewDecision, seen: 'market' },
    report: { each: aReport, seen: 'own' },
    report_now: { each: (make, firm) => make.of(firm, 'report') },
    situation: { one: aSituation, seen: 'market' },
    command_centre_act: { one: aCentreAct, seen: 'nothing' },
    situation_change: { one: aChange, seen: 'market' },
  },
  things: {
    '/activations': { market: 'activation' },
    '/activations/markets': { market: 'deciding_body' },
    '/situations': { market: 'situation' },
    '/reports': { own: aStandingReport },
    '/member-view': { market: 'member_view' },
  },
  pages: {
    '/activations': all,
    '/activations.csv': all,
    '/activations/:id': all,
    '/activations/markets/:market': all,
    // The body of the samples is of the exchange whose people ask.
    '/activations/markets/:market/entries/new': readers(...enterers),
    '/activations/markets/:market/criterion': desk,
    '/activations/markets/:market/body': readers(...desks),
    '/situations': all,
    '/command-centre/new': desk,
    '/gatherings/new': desk,
    '/situations/:id/command-centre': sent('secretariat'),
    '/situations/:id/command-centre/dissolution': desk,
    '/situations/:id/board': all,
    '/situations/:id/review': desk,
    '/situations/:id/report': readers('bcp_contact'),
    '/board': all,
    '/situations/:id/operating-status': { ...all, local_authority: 403 },
    '/situations/:id/bcp-status': { ...all, local_authority: 403 },
    // Nobody has returned it yet: there is no file.
    '/situations/:id/operating-status.csv': { ...hidden(), local_authority: 403 },
    '/situations/:id/bcp-status.csv': { ...hidden(), local_authority: 403 },
    '/operating-status': { ...all, local_authority: 403 },
    '/bcp-status': { ...all, local_authority: 403 },
    '/operating-status.csv': { ...hidden(), local_authority: 403 },
    '/bcp-status.csv': { ...hidden(), local_authority: 403 },
    '/member-view': all,
    '/member-view/edit': readers('secretariat', 'council_member'),
    '/report': readers('bcp_contact'),
    // It says nothing of anyone: a script reads what waits on the device.
    '/report/waiting': everyone(),
    // The report of an exchange, seen by that exchange and by who may see every report.
    '/reports/:id': hidden(...overviewers, 'bcp_contact'),
  },
  forms: {
    '/activations/markets/:market/entries': enterers,
    '/activations/markets/:market/criterion': ['secretariat'],
    '/activations/markets/:market/body': desks,
    '/activations/markets/:market/body/agreement': desks,
    '/activations/markets/:market/body/removal': desks,
    // The desk recorded it, so it is the desk's to confirm.
    '/activations/:id/confirmation': desks,
    '/activations/:id/withdrawal': desks,
    '/activations/:id/correction': enterers,
    '/situations': ['secretariat'],
    '/gatherings': ['secretariat'],
    '/situations/:id/command-centre': ['secretariat'],
    '/situations/:id/command-centre/dissolution': ['secretariat'],
    '/situations/:id/phase': ['secretariat'],
    '/situations/:id/review': ['secretariat'],
    '/situations/:id/report': ['bcp_contact'],
    '/report': ['bcp_contact'],
    '/member-view': ['secretariat', 'council_member'],
    '/member-view/check': ['secretariat', 'council_member'],
    '/member-view/:version/agreement': desks,
    '/member-view/:version/refusal': desks,
  },
  async shown({ desk }) {
    const form = fieldsOf((await desk.get(`${bonds}/entries/new`)).text, `${bonds}/entries`)
    const entry = sentTo(await desk.post(`${bonds}/entries`, { ...form, reason: '架空の例：決済に重大な支障がある。' }))
    const [, situation = ''] = /href="(\/situations\/[0-9a-f-]{36})/.exec((await desk.get('/situations')).text) ?? []
    const gathering = sentTo(
      await desk.post('/gatherings', {
        ...fieldsOf((await desk.get('/gatherings/new')).text, '/gatherings'),
        ...{ mode: 'exercise', drill: 'yes', reason_choice: 'storm', areas: '27' },
      }),
    )
    return [
      { name: 'activation', path: entry, who: 'desk' },
      { name: 'activation-market', path: bonds, who: 'desk' },
      { name: 'activation-new', path: `${bonds}/entries/new`, who: 'desk' },
      { name: 'activation-criterion', path: `${bonds}/criterion`, who: 'desk' },
      { name: 'activation-body', path: `${bonds}/body`, who: 'desk' },
      { name: 'gathering', path: gathering, who: 'desk' },
      { name: 'gathering-set-up', path: `${gathering}/command-centre`, who: 'desk' },
      { name: 'dissolution', path: `${situation}/command-centre/dissolution`, who: 'desk' },
    ]
  },
  own_pages: { '/reports/:id': { own: only(roles, 404), other: only(inPeacetime, 404) } },
} satisfies Wing
