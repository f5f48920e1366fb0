import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fictionalMarket } from '#demo/market.ts'
import { NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { importRoster } from './import-roster.ts'
import type { RosterLine } from './roster-line.ts'

const desk: Person = {
  id: crypto.randomUUID(),
  name_ja: '事務局',
  name_en: null,
  institution_id: crypto.randomUUID(),
  roles: ['secretariat'],
}
const shell = { program: 'command-line' } as const
const market = fictionalMarket()
const at = new Date('2027-01-15T00:00:00Z')

let database: TestDatabase
const tools = () => ({ db: database.db, clock: () => at })
const importing = (lines: RosterLine[], by: Person | typeof shell = shell) => importRoster(tools(), by, lines)
const changed = (code: string, change: Partial<RosterLine>) =>
  market.map((line) => (line.code === code ? { ...line, ...change } : line))

before(async () => {
  database = await testDatabase()
})
after(() => database.close())

/** Every row of the directory, ids included, so that a row replaced by an equal one is noticed. */
async function directory() {
  const { db } = database
  return {
    institutions: await db.selectFrom('institution').selectAll().orderBy('code').execute(),
    markets: await db
      .selectFrom('institution_market')
      .selectAll()
      .orderBy('institution_id')
      .orderBy('market')
      .execute(),
    functions: await db
      .selectFrom('institution_function')
      .selectAll()
      .orderBy('institution_id')
      .orderBy('function_code')
      .execute(),
    sites: await db.selectFrom('site').selectAll().orderBy('id').execute(),
    contacts: await db.selectFrom('contact').selectAll().orderBy('id').execute(),
    addresses: await db.selectFrom('contact_address').selectAll().orderBy('id').execute(),
  }
}
const trail = () => database.db.selectFrom('trail').selectAll().orderBy('id').execute()
const institution = (code: string) =>
  database.db.selectFrom('institution').selectAll().where('code', '=', code).executeTakeFirstOrThrow()
const contactsOf = async (code: string) =>
  database.db
    .selectFrom('contact')
    .innerJoin('contact_address', 'contact_address.contact_id', 'contact.id')
    .where('contact.institution_id', '=', (await institution(code)).id)
    .where('means', '=', 'mail')
    .selectAll('contact')
    .select('contact_address.address as mail')
    .orderBy('contact.rank')
    .orderBy('contact.removed_at')
    .execute()

test('S0-20 a roster fills an empty directory, and the trail says by whom and how much', async () => {
  assert.deepEqual(await importing(market, desk), { added: 59, changed: 0, unchanged: 0 })
  const { institutions, sites, contacts } = await directory()
  assert.deepEqual([institutions.length, sites.length, contacts.length], [59, 118, 118])
  assert.ok(institutions.every(({ active_from }) => active_from === '2027-01-15'))
  const [line] = await trail()
  assert.equal(line?.action, 'roster.imported')
  assert.equal(line?.about, '/institutions')
  assert.equal(line?.person_id, desk.id)
  const counts = (added: number) => ({ added, changed: 0, removed: 0, unchanged: 0 })
  assert.deepEqual(line?.details.institutions, counts(59))
  assert.deepEqual(line?.details.contacts, counts(118))
  assert.doesNotMatch(JSON.stringify(line?.details), /@|81300/)
})

test('importing the same roster again changes no row', async () => {
  const before = await directory()
  assert.deepEqual(await importing(market), { added: 0, changed: 0, unchanged: 59 })
  assert.deepEqual(await directory(), before)
})

test('another deputy comes, the old one is kept as removed, the primary stays the same row with its account', async () => {
  const [primary, deputy] = await contactsOf('SEC-001')
  const { id: person_id } = await database.db
    .insertInto('person')
    .values({ name_ja: '仮', email: primary!.mail, institution_id: (await institution('SEC-001')).id })
    .returning('id')
    .executeTakeFirstOrThrow()
  const [first, second] = market.find(({ code }) => code === 'SEC-001')!.contacts
  const next = changed('SEC-001', {
    contacts: [first!, { ...second!, name_ja: '架空 次郎', mail: 'new@sokyu.example' }],
  })

  assert.deepEqual(await importing(next), { added: 0, changed: 1, unchanged: 58 })
  const after = await contactsOf('SEC-001')
  assert.deepEqual(
    after.map(({ id, rank, mail, person_id, removed_at }) => [id, rank, mail, person_id, removed_at]),
    [
      [primary!.id, 1, primary!.mail, person_id, null],
      [deputy!.id, 2, deputy!.mail, null, at],
      [after[2]!.id, 2, 'new@sokyu.example', null, null],
    ],
  )
  await importing(market)
})

test('primary and deputy may change places', async () => {
  const [first, second] = market.find(({ code }) => code === 'SEC-002')!.contacts
  const swapped = [
    { ...second!, rank: 1 },
    { ...first!, rank: 2 },
  ]
  assert.deepEqual(await importing(changed('SEC-002', { contacts: swapped })), { added: 0, changed: 1, unchanged: 58 })
  const now = (await contactsOf('SEC-002')).filter(({ removed_at }) => !removed_at)
  assert.deepEqual(
    now.map(({ rank, mail }) => [rank, mail]),
    [
      [1, second!.mail],
      [2, first!.mail],
    ],
  )
  await importing(market)
})

test('an account of another institution with the same address is not linked', async () => {
  const [contact] = await contactsOf('SEC-003')
  await database.db
    .insertInto('person')
    .values({ name_ja: '仮', email: contact!.mail, institution_id: (await institution('SEC-004')).id })
    .execute()
  await importing(market)
  assert.equal((await contactsOf('SEC-003'))[0]?.person_id, null)
})

for (const [what, change] of [
  ['the name', { name_ja: '新しい名の証券' }],
  ['the kind', { kind: 'special_member' }],
  ['a market', { markets: ['bonds'] }],
  ['a function', { functions: ['custody'] }],
  ['a deputy who is no more', { contacts: market.find(({ code }) => code === 'SEC-005')!.contacts.slice(0, 1) }],
] satisfies [string, Partial<RosterLine>][])
  test(`a change of ${what} is one changed institution, and the next import takes it back`, async () => {
    const { institutions } = await directory()
    assert.deepEqual(await importing(changed('SEC-005', change)), { added: 0, changed: 1, unchanged: 58 })
    assert.deepEqual(await importing(changed('SEC-005', change)), { added: 0, changed: 0, unchanged: 59 })
    assert.deepEqual(await importing(market), { added: 0, changed: 1, unchanged: 58 })
    assert.deepEqual((await directory()).institutions, institutions)
  })

test('a data centre that a roster does not name stays', async () => {
  const { sites } = market.find(({ code }) => code === 'SEC-005')!
  assert.ok(sites.length > 1)
  assert.deepEqual(await importing(changed('SEC-005', { sites: sites.slice(0, 1) })), {
    ...{ added: 0, changed: 0, unchanged: 59 },
  })
})

test('an empty English name of a contact keeps the one we have', async () => {
  const { contacts } = market.find(({ code }) => code === 'SEC-006')!
  const silent = contacts.map((contact) => ({ ...contact, name_en: null }))
  assert.deepEqual(await importing(changed('SEC-006', { contacts: silent })), { added: 0, changed: 0, unchanged: 59 })
  assert.equal((await contactsOf('SEC-006'))[0]?.name_en, contacts[0]?.name_en)
})

test('who is not in the roster stays as they are; an alternate office is not the roster’s to remove', async () => {
  const { id } = await institution('SEC-007')
  await database.db
    .insertInto('site')
    .values({ institution_id: id, kind: 'alternate_office', address: '架空村1', area_code: '331' })
    .execute()
  const before = await directory()
  assert.deepEqual(await importing(market.slice(0, 20)), { added: 0, changed: 0, unchanged: 20 })
  assert.deepEqual(await importing(market), { added: 0, changed: 0, unchanged: 59 })
  assert.deepEqual(await directory(), before)
})

test('who had left and is in the roster again takes part again', async () => {
  await database.db.updateTable('institution').set({ active_to: '2026-12-31' }).where('code', '=', 'SEC-008').execute()
  assert.deepEqual(await importing(market), { added: 0, changed: 1, unchanged: 58 })
  assert.equal((await institution('SEC-008')).active_to, null)
})

test('a mail address that another institution of the directory has is named, and nothing is imported', async () => {
  const before = await directory()
  const [line] = market
  const lines = [
    { ...line!, code: 'NEW-1', line: 2, contacts: [{ ...line!.contacts[0]!, mail: 'bcp@new.example' }] },
    { ...line!, code: 'NEW-2', line: 3, contacts: [{ ...line!.contacts[0]!, mail: 'bcp@soten.example' }] },
  ]
  const answer = await importing(lines)
  assert.ok('problems' in answer)
  assert.deepEqual(
    answer.problems.map(({ line, column }) => [line, column]),
    [[3, 'primary_mail']],
  )
  assert.match(answer.problems[0]!.reason_en, /EXC-1/)
  assert.deepEqual(await directory(), before)
})

test('all lines or none: what the database refuses at the end takes back what came before', async () => {
  const before = { ...(await directory()), trail: await trail() }
  const broken = [...changed('SEC-009', { name_ja: '別名' }), { ...market[0]!, code: 'bad code', contacts: [] }]
  await assert.rejects(importing(broken), /institution_code_check/)
  assert.deepEqual({ ...(await directory()), trail: await trail() }, before)
})

test('only the secretariat imports; a refusal leaves neither row nor line', async () => {
  const before = { ...(await directory()), trail: await trail() }
  for (const role of ['bcp_contact', 'observer', 'auditor'] as const)
    await assert.rejects(importing(changed('SEC-001', { name_ja: 'x' }), { ...desk, roles: [role] }), NotAllowed)
  assert.deepEqual({ ...(await directory()), trail: await trail() }, before)
})

test('two imports of a thousand lines at once wait for each other, and the second finds nothing to do', async () => {
  const lines = fictionalMarket(1000)
  const both = await Promise.all([importing(lines), importing(lines)])
  assert.ok(both.some((counts) => 'unchanged' in counts && counts.unchanged === 1000))
  assert.equal((await directory()).institutions.length, 1000)
})
