import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { mayAll } from '#ground/rights/may.ts'
import { heardBy, type Topic } from '#ground/rights/topics.ts'
import { reportForm } from '../kit/samples/status.ts'
import { expected, fillTables, firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { addressOf, oneOfEverything } from '../kit/things.ts'

let site: TestSite
let bureau: TestSite['nobody']
let ids: Record<string, string>
/** Names and codes of every institution that the bureau does not supervise, but its own and the association, whom everyone may call. */
let others: string[]
let supervised: { id: string; code: string; name_ja: string }[]
let own_id: string

before(async () => {
  site = await testSite()
  bureau = await site.as('local_authority')
  const firm = await firmOf(site, { code: 'SEC-001' })
  const make = await openSamples(site)
  await fillTables(make, [firm, await firmOf(site, { code: 'SEC-002' })])
  ids = await oneOfEverything(make, firm)
  const all = await site.db.selectFrom('institution').selectAll().execute()
  const own = all.find(({ code }) => code === 'LFB-W')
  assert.ok(own)
  own_id = own.id
  supervised = all.filter(({ supervised_by }) => supervised_by === own.id)
  assert.ok(supervised.length > 1)
  others = all
    .filter(({ id, kind, supervised_by }) => id !== own.id && supervised_by !== own.id && kind !== 'association')
    // SEC-001 stands in hints as what a code looks like.
    .flatMap(({ code, name_ja, name_en }) => [code, name_ja, name_en].filter((name) => name !== 'SEC-001'))
})
after(() => site.close())

/** Whole words only: SEC-00 is no SEC-001, and a street that holds REG is no regulator. */
const isNamed = (text: string, name: string) =>
  new RegExp(`(?<![0-9A-Za-z-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![0-9A-Za-z-])`).test(text)
const namedIn = (text: string) => others.filter((name) => isNamed(text, name))

/** Pages of the demo, the ways in, and what is for whoever holds the link; and documents that are shared with all members. */
const is_shared = /^\/(demo|sign-in|a|official-notices|activations)(\/|$|\.)/

test('S0-30 a local finance bureau opens every page that there is, and finds no institution that it does not supervise', async () => {
  let opened = 0
  const found: [string, string[]][] = []
  for (const route of Object.keys(expected.pages)) {
    if (is_shared.test(route)) continue
    for (const rows of ['', '?rows=all']) {
      const answer = await bureau.get(`${addressOf(route, ids)}${rows}`)
      if (answer.status !== 200) continue
      opened++
      const names = namedIn(await answer.text())
      if (names.length > 0) found.push([route, names])
    }
  }
  assert.deepEqual(found, [])
  assert.ok(opened > 20, `${opened} pages were open to it`)
})

test('S0-30 on the directory, its file, a search and the page of one it finds those that it supervises, by name', async () => {
  const [one] = supervised
  assert.ok(one)
  for (const at of ['/institutions?rows=all', '/institutions.csv', `/directory?q=${encodeURIComponent(one.name_ja)}`]) {
    const text = await (await bureau.get(at)).text()
    assert.ok(text.includes(one.name_ja), at)
    assert.deepEqual(namedIn(text), [], at)
  }
  assert.match(await site.main(bureau, '/institutions'), new RegExp(`${supervised.length + 1}機関`))
  assert.match(
    await site.main(bureau, `/institutions/${one.id}`),
    new RegExp(`${one.name_ja}.*架空西部財務局.*mailto:`, 's'),
  )
  const found = await site.main(bureau, '/directory?q=SEC-001')
  assert.doesNotMatch(found, /蒼穹/)
  await site.refused(bureau, `/institutions/${await idOf('SEC-001')}`, 404)
})

test('S0-30 its board counts and names what it supervises alone, before a return, too; reports of others are not there', async () => {
  const [one] = supervised
  assert.ok(one)
  const { situation_id, report_id, other_report } = await reported(one.id)
  for (const at of ['/board?view=participants', `/situations/${situation_id}/board?view=participants`]) {
    const board = await site.main(bureau, at)
    assert.match(board, /貴機関が所管する機関だけ/)
    assert.ok(board.includes(one.name_ja), at)
    assert.deepEqual(namedIn(board), [], at)
  }
  assert.match(await site.main(bureau, `/reports/${report_id}`), /停止/)
  await site.refused(bureau, `/reports/${other_report}`, 404)
})

test('S0-30 the second wall: the database gives a bureau the rows of those that it supervises and of nobody else', async () => {
  const { id } = await site.accountOf('local_authority')
  const person = await readPerson(site.db, id)
  assert.ok(person)
  const { db, done } = site.tools.pageOf(person)
  try {
    const seen = new Set([own_id, ...supervised.map((one) => one.id)])
    for (const table of ['site', 'contact', 'contact_address', 'report', 'person'] as const) {
      const rows = await db.selectFrom(table).select('institution_id').execute()
      const association = await idOf('ASSOC')
      assert.ok(table === 'report' || rows.length > 0, table)
      const strangers = rows.filter((row) => !seen.has(row.institution_id) && row.institution_id !== association)
      assert.deepEqual(strangers, [], table)
    }
    const names = await db.selectFrom('institution').select(['code', 'name_ja']).execute()
    assert.equal(names.length, supervised.length + 2)
    for (const table of ['institution_market', 'institution_function'] as const)
      assert.ok(
        (await db.selectFrom(table).selectAll().execute()).every((row) => seen.has(row.institution_id)),
        table,
      )
    for (const table of ['receipt', 'delivery', 'recipient', 'answer'] as const) {
      const rows = await db.selectFrom(table).select('institution_id').execute()
      assert.ok(
        rows.every(({ institution_id }) => institution_id === own_id),
        table,
      )
    }
    for (const table of ['round', 'proposal', 'call'] as const)
      assert.deepEqual(await db.selectFrom(table).select('id').execute(), [], table)
    const lines = await db.selectFrom('trail').select('person_id').execute()
    assert.ok(lines.every(({ person_id }) => person_id === id))
    assert.ok(!mayAll(person).includes('directory.see'))
  } finally {
    done()
  }
})

test('S0-30 it hears of a change of those that it supervises, and of no other', async () => {
  const person = await readPerson(site.db, (await site.accountOf('local_authority')).id)
  assert.ok(person)
  const [one] = supervised
  const own: Topic = `/institutions/${one?.id ?? ''}`
  const another: Topic = `/institutions/${await idOf('SEC-001')}`
  assert.deepEqual(await heardBy(site.db, person, [own, another]), [own])
})

test('S0-30 people of a part of the regulator read no more than it supervises, whatever role they were given before', async () => {
  const { id } = await site.accountOf('local_authority')
  await site.db.updateTable('role_grant').set({ role: 'authority' }).where('person_id', '=', id).execute()
  const again = await site.signIn('observer@lfbw.example')
  await site.refused(again, `/institutions/${await idOf('SEC-001')}`, 404)
  await site.db.updateTable('role_grant').set({ role: 'local_authority' }).where('person_id', '=', id).execute()
  assert.match(await site.main(await site.as('authority'), '/institutions'), /60機関/)
})

const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').where('code', '=', code).select('id').executeTakeFirstOrThrow()).id

/** Two reports of the same open situation: of one that the bureau supervises, and of one that it does not. */
async function reported(institution_id: string) {
  const situation_id = ids['/situations'] ?? ''
  const file = async (of: Parameters<typeof firmOf>[1]) => {
    const { client } = await firmOf(site, of)
    const form = reportForm({ order_trading: 'stopped' })
    const answer = await client.post(`/situations/${situation_id}/report`, form)
    assert.equal(answer.status, 303)
    return answer.headers.get('location')?.split('/').at(-1)
  }
  return { situation_id, report_id: await file({ id: institution_id }), other_report: await file({ code: 'SEC-003' }) }
}
