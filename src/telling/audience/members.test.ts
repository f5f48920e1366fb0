import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { InstitutionKind, Market } from '#ground/db/tables.ts'
import { asked, codesOf, employ, endGroup, group, type Invented, noon, settle } from '#tests/kit/audience.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { type Audience, keptAudience } from './audience.ts'
import { groupSizes, membersOf } from './members.ts'

let database: TestDatabase
let ids: Map<string, string>
let by: string
const is = async (said: Parameters<typeof codesOf>[1], expected: string[], at = noon) =>
  assert.deepEqual(await codesOf(database.db, said, at), expected)

before(async () => {
  database = await testDatabase()
  ids = await settle(database.db, [
    { code: 'ASSOC', kind: 'association', roles: ['secretariat'] },
    { code: 'BANK', kind: 'central_bank', areas: ['350'], roles: ['authority', 'council_member'] },
    { code: 'EXC', kind: 'exchange', areas: ['350', '520'], markets: ['exchange'], roles: ['command_centre_member'] },
    { code: 'FIRM-1', areas: ['350'], markets: ['exchange', 'bonds'], roles: ['council_member', 'bcp_contact'] },
    { code: 'FIRM-2', areas: ['592'], markets: ['bonds'] },
    { code: 'FIRM-3', areas: ['351'], markets: ['off_exchange'] },
    { code: 'LEFT', areas: ['350'], markets: ['bonds'], roles: ['council_member'], active_to: '2027-01-14' },
    { code: 'SOON', kind: 'exchange', areas: ['350'], active_from: '2027-01-16' },
  ])
  by = (await employ(database.db, ids.get('ASSOC')!, 'secretariat')).person_id
})
after(() => database.close())

test('an audience that says nothing is nobody, also with only those left out', async () => {
  await is({}, [])
  await is({ without: ['FIRM-1'] }, [])
})

test('every way of saying it finds its institutions, and several are added up, each institution once', async () => {
  await is({ everyone: true }, ['ASSOC', 'BANK', 'EXC', 'FIRM-1', 'FIRM-2', 'FIRM-3'])
  await is({ kinds: ['exchange', 'central_bank'] }, ['BANK', 'EXC'])
  await is({ markets: ['bonds'] }, ['FIRM-1', 'FIRM-2'])
  await is({ bodies: ['council'] }, ['BANK', 'FIRM-1'])
  await is({ bodies: ['command_centre', 'authorities'] }, ['BANK', 'EXC'])
  await is({ areas: ['350'] }, ['BANK', 'EXC', 'FIRM-1'])
  await is({ areas: ['520', '592'] }, ['EXC', 'FIRM-2'])
  await is({ institutions: ['FIRM-3'] }, ['FIRM-3'])
  await is({ kinds: ['exchange'], markets: ['exchange'], areas: ['350'], institutions: ['EXC', 'FIRM-3'] }, [
    'BANK',
    'EXC',
    'FIRM-1',
    'FIRM-3',
  ])
})

test('an institution that left yesterday, or comes tomorrow, is not addressed today, however it is named', async () => {
  for (const said of [
    { everyone: true },
    { institutions: ['LEFT', 'SOON'] },
    { markets: ['bonds' as const] },
    { areas: ['350'] },
    { bodies: ['council' as const] },
  ]) {
    const found = await codesOf(database.db, said)
    assert.ok(!found.includes('LEFT') && !found.includes('SOON'), JSON.stringify(said))
  }
  // The day ends at midnight in Tokyo, not in Greenwich.
  await is({ institutions: ['LEFT'] }, ['LEFT'], new Date('2027-01-14T14:59:00Z'))
  await is({ institutions: ['LEFT', 'SOON'] }, [], new Date('2027-01-14T15:01:00Z'))
  await is({ institutions: ['LEFT', 'SOON'] }, ['SOON'], new Date('2027-01-15T15:01:00Z'))
})

test('an audience that was kept with fewer lists than there are now finds the same institutions', async () => {
  const kept = keptAudience({ everyone: true })
  assert.deepEqual(kept, asked({ everyone: true }))
  const found = await membersOf(database.db, { everyone: true } as Audience, noon).execute()
  assert.deepEqual(found.length, (await codesOf(database.db, kept)).length)
})

test('without beats everything', async () => {
  const two = await group(database.db, by, { institutions: ['FIRM-1', 'FIRM-2'] })
  await is(
    {
      everyone: true,
      kinds: ['securities_firm'],
      markets: ['bonds'],
      bodies: ['council'],
      areas: ['350'],
      institutions: ['FIRM-1'],
      groups: [two],
      without: ['FIRM-1', 'EXC', 'NOBODY'],
    },
    ['ASSOC', 'BANK', 'FIRM-2', 'FIRM-3'],
  )
})

test('who gave up a role, or left, no longer makes their institution part of a body', async () => {
  const { db } = database
  const given = await employ(db, ids.get('FIRM-2')!, 'command_centre_member')
  const leaver = await employ(db, ids.get('FIRM-3')!, 'command_centre_member')
  await is({ bodies: ['command_centre'] }, ['EXC', 'FIRM-2', 'FIRM-3'])
  await db
    .updateTable('role_grant')
    .set({ removed_at: noon, removal_reason: '任期満了' })
    .where('id', '=', given.grant_id)
    .execute()
  await db
    .updateTable('person')
    .set({ left_at: noon, left_reason: '退職' })
    .where('id', '=', leaver.person_id)
    .execute()
  await is({ bodies: ['command_centre'] }, ['EXC'])
})

test('a group brings its institutions, a group within it too, each less those that it leaves out itself', async () => {
  const { db } = database
  const inner = await group(db, by, { markets: ['bonds'], without: ['FIRM-2'] })
  const outer = await group(db, by, { kinds: ['exchange'], groups: [inner], without: ['BANK'] })
  await is({ groups: [inner] }, ['FIRM-1'])
  await is({ groups: [outer] }, ['EXC', 'FIRM-1'])
  // What a group leaves out, the audience may name all the same.
  await is({ groups: [outer], institutions: ['FIRM-2', 'BANK'] }, ['BANK', 'EXC', 'FIRM-1', 'FIRM-2'])
  await is({ groups: [outer], without: ['FIRM-1'] }, ['EXC'])
  // Two ways to one group, of which one leaves somebody out.
  const other = await group(db, by, { groups: [inner], without: ['FIRM-1'] })
  await is({ groups: [other] }, [])
  await is({ groups: [other, outer] }, ['EXC', 'FIRM-1'])
})

test('a group in itself, or in one that it holds, ends and adds nothing', async () => {
  const { db } = database
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
  await group(db, by, { institutions: ['FIRM-1'], groups: [one], without: ['EXC'] }, one)
  await group(db, by, { institutions: ['FIRM-2'], groups: [three], without: ['BANK'] }, two)
  await group(db, by, { institutions: ['FIRM-3', 'BANK'], groups: [two] }, three)
  await is({ groups: [one] }, ['FIRM-1'])
  await is({ groups: [two] }, ['FIRM-2', 'FIRM-3'])
  await is({ groups: [three] }, ['BANK', 'FIRM-2', 'FIRM-3'])
})

test('groups that all hold each other are gone through once each, not once for each way', async () => {
  const { db } = database
  const layers = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => randomUUID()))
  for (const [level, layer] of layers.entries())
    for (const id of layer)
      await group(db, by, { groups: layers[level + 1] ?? [], institutions: level === 7 ? ['FIRM-2'] : [] }, id)
  // 8 to the power of 8 ways lead down.
  await is({ groups: layers[0]! }, ['FIRM-2'])
})

test('a removed group stands for nobody, by itself and within another', async () => {
  const { db } = database
  const removed = await group(db, by, { institutions: ['FIRM-1'] })
  const holder = await group(db, by, { institutions: ['FIRM-2'], groups: [removed] })
  await endGroup(db, removed)
  await is({ groups: [removed] }, [])
  await is({ groups: [holder] }, ['FIRM-2'])
  await is({ groups: [randomUUID()] }, [])
  const sizes = new Map((await groupSizes(db, noon)).map(({ id, institutions }) => [id, institutions]))
  assert.deepEqual([sizes.get(holder), sizes.has(removed)], [1, false])
})

test('1,000 institutions are found by one statement as the rules have it, and written down by one', async () => {
  const other = await testDatabase()
  try {
    const { db } = other
    const kinds: InstitutionKind[] = ['securities_firm', 'special_member', 'exchange']
    const markets: Market[] = ['exchange', 'off_exchange', 'bonds']
    const many: Invented[] = Array.from({ length: 1000 }, (_, index) => ({
      code: `F-${String(index).padStart(4, '0')}`,
      kind: kinds[index % 3]!,
      markets: markets.filter((_, at) => (index >> at) % 2 === 1),
      areas: [`${350 + (index % 3)}`, ...(index % 7 === 0 ? ['520'] : [])],
      ...(index % 50 === 0 && { roles: ['council_member' as const] }),
      ...(index % 11 === 0 && { active_to: '2027-01-14' }),
    }))
    const found = await settle(db, many)
    const { person_id } = await employ(db, found.get('F-0001')!, 'secretariat')
    const saved = await group(db, person_id, { areas: ['520'], without: ['F-0007', 'F-0014'] })
    const said = {
      kinds: ['exchange' as const],
      markets: ['bonds' as const],
      bodies: ['council' as const],
      groups: [saved],
      institutions: ['F-0001'],
      without: ['F-0002', 'F-0005'],
    }
    const expected = many
      .filter(
        ({ code, kind, markets = [], areas = [], roles = [], active_to }) =>
          !active_to &&
          !said.without.includes(code) &&
          (kind === 'exchange' ||
            markets.includes('bonds') ||
            roles.length > 0 ||
            code === 'F-0001' ||
            (areas.includes('520') && !['F-0007', 'F-0014'].includes(code))),
      )
      .map(({ code }) => code)
    assert.ok(expected.length > 300 && expected.length < 900)
    assert.deepEqual(await codesOf(db, said), expected)

    const { id: attestation_id } = await db
      .insertInto('attestation')
      .values({
        ...{ text_ja: '架空', text_en: 'x', answer_by: new Date(noon.getTime() + 3_600_000) },
        ...{ started_by: person_id, started_at: noon, idempotency_key: randomUUID() },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const written = await db
      .insertInto('attestation_asked')
      .columns(['attestation_id', 'institution_id'])
      .expression(
        db
          .selectFrom(membersOf(db, asked(said), noon).as('member'))
          .select([sql<string>`${attestation_id}::uuid`.as('attestation_id'), 'member.id']),
      )
      .executeTakeFirstOrThrow()
    assert.equal(Number(written.numInsertedOrUpdatedRows), expected.length)
  } finally {
    await other.close()
  }
})

test('class, district and authority choose, and the narrowing by class or kind takes away from all of it, also through groups', async () => {
  const set = (code: string, values: Record<string, string | null>) =>
    database.db.updateTable('institution').set(values).where('code', '=', code).execute()
  await set('FIRM-1', { membership: 'member', district_code: 'D-EAST', supervised_by: ids.get('ASSOC')! })
  await set('FIRM-2', { membership: 'specific_business_member', district_code: 'D-WEST', supervised_by: null })
  await set('FIRM-3', { membership: 'member', district_code: 'D-WEST', supervised_by: null })
  await is({ memberships: ['member'] }, ['FIRM-1', 'FIRM-3'])
  await is({ districts: ['D-WEST'] }, ['FIRM-2', 'FIRM-3'])
  await is({ supervisors: ['ASSOC'] }, ['FIRM-1'])
  await is({ everyone: true, only_memberships: ['member'] }, ['FIRM-1', 'FIRM-3'])
  await is({ areas: ['350', '592'], only_kinds: ['securities_firm'] }, ['FIRM-1', 'FIRM-2'])
  await is({ areas: ['350', '592'], only_kinds: ['securities_firm'], only_memberships: ['member'] }, ['FIRM-1'])
  await is({ only_memberships: ['member'] }, [])
  const west = await group(database.db, by, { districts: ['D-WEST'] })
  await is({ groups: [west], only_memberships: ['member'] }, ['FIRM-3'])
  const narrowed = await group(database.db, by, { groups: [west], only_memberships: ['specific_business_member'] })
  await is({ groups: [narrowed] }, ['FIRM-2'])
  await is({ groups: [narrowed], only_memberships: ['member'] }, [])
})
