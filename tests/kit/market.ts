import type { Database } from '#ground/db/database.ts'
import type { FunctionCode, InstitutionKind, Market, Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { functionsOf } from '#status/reports/index.ts'
import { allNormal, type ReportForm } from '#status/reports/report-form.ts'
import { start } from './tools.ts'

type Firm = { code: string; kind: InstitutionKind; name_ja: string; markets: Market[]; functions: FunctionCode[] }

const market: Firm[] = [
  { code: 'ASSOC', kind: 'association', name_ja: '架空証券業協会', markets: [], functions: [] },
  {
    code: 'EXCH',
    kind: 'exchange',
    name_ja: '架空取引所',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
  },
  {
    code: 'CLEAR',
    kind: 'clearing_equities',
    name_ja: '架空清算機構',
    markets: ['exchange', 'bonds'],
    functions: ['clearing'],
  },
  {
    code: 'FIRM-1',
    kind: 'securities_firm',
    name_ja: '架空第一証券',
    markets: ['exchange'],
    functions: ['order_trading', 'custody'],
  },
  {
    code: 'FIRM-2',
    kind: 'securities_firm',
    name_ja: '架空第二証券',
    markets: ['exchange', 'bonds'],
    functions: ['order_trading'],
  },
]

/** A small market with a contact for each institution, a secretariat, and an observer of the association. */
export async function testMarket(db: Database) {
  const contacts: Record<string, Person> = {}
  for (const { markets, functions, ...of } of market) {
    const { id } = await db
      .insertInto('institution')
      .values({ ...of, name_en: `${of.code} of Nowhere`, active_from: '2020-01-01' })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const each of markets)
      await db.insertInto('institution_market').values({ institution_id: id, market: each }).execute()
    for (const function_code of functions)
      await db.insertInto('institution_function').values({ institution_id: id, function_code }).execute()
    contacts[of.code] = await testPerson(db, `担当 ${of.code}`, id, ['bcp_contact'])
  }
  const of = (code: string): Person => {
    const person = contacts[code]
    if (!person) throw new Error(`no ${code}`)
    return person
  }
  const { institution_id } = of('ASSOC')
  return {
    of,
    desk: await testPerson(db, '事務 太郎', institution_id, ['secretariat']),
    observer: await testPerson(db, '監督 次郎', institution_id, ['authority']),
  }
}

export async function testPerson(
  db: Database,
  name_ja: string,
  institution_id: string,
  roles: Person['roles'],
): Promise<Person> {
  const { id } = await db
    .insertInto('person')
    .values({ name_ja, name_en: null, email: `${crypto.randomUUID()}@market.example`, institution_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, name_ja, name_en: null, institution_id, roles }
}

/** A situation whose event was half an hour before `start`. */
export async function testSituation(db: Database, by: Person, mode: Mode = 'actual', update_minutes = 60) {
  const { id } = await db
    .insertInto('situation')
    .values({
      mode,
      hazard: 'earthquake',
      title_ja: '首都直下地震',
      title_en: 'Tokyo earthquake',
      text_ja: '',
      text_en: '',
      event_at: new Date(start.getTime() - 30 * 60_000),
      update_minutes,
      reason: 'test',
      opened_by: by.id,
      opened_at: start,
      proposal_id: null,
      criterion_id: null,
      criterion_version: null,
      closing_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { situation_id: id, mode }
}

/** An "all normal" report, changed as told, under a key of its own. */
export const testReport = (changes: Partial<ReportForm> = {}): ReportForm => ({
  ...allNormal(60),
  idempotency_key: crypto.randomUUID(),
  ...changes,
})

/** The form that a browser sends for one institution, changed as told. */
export async function testFields(db: Database, by: Person, changes: Record<string, string> = {}) {
  const functions = await functionsOf(db, by.institution_id)
  return new URLSearchParams({
    ...Object.fromEntries(functions.map((code) => [code, 'normal'])),
    damage_building: 'none',
    damage_systems: 'none',
    damage_staff: 'none',
    damage_external: 'none',
    bcp: 'not_activated',
    command_centre: 'not_set_up',
    resumption_at: '',
    text: '',
    next_update_minutes: '60',
    idempotency_key: crypto.randomUUID(),
    ...changes,
  })
}
