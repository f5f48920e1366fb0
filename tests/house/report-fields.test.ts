import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPackData } from '#command-centre/pack/read-pack-data.ts'
import { timeWords } from '#ground/html/civil.ts'
import {
  bcpStates,
  commandCentres,
  conditions,
  damageFields,
  damages,
  functionCodes,
  statusWords,
} from '#ground/market/words.ts'
import { worst } from '#status/reports/index.ts'
import { nextUpdates } from '#status/reports/report-form.ts'
import { idIn } from '../kit/pages.ts'
import { situationForm } from '../kit/samples/status.ts'
import { type TestSite, testSite } from '../kit/site.ts'

// What an institution says in one field of the form, wherever it is to be read. A field that is lost on the way, or that says
// what another was told, is found here, whichever it is.

const now = new Date('2027-01-15T00:00:00Z')
const words = statusWords.ja
const all_normal: Record<string, string> = {
  ...Object.fromEntries(functionCodes.map((code) => [code, 'normal'])),
  ...Object.fromEntries(damageFields.map((field) => [field, 'none'])),
  ...{ bcp: 'not_activated', command_centre: 'not_set_up', resumption_at: '', text: '' },
  ...{ alternative_from: 'second_centre', alternative_other: '', normal_at: '' },
  ...{ next_update_minutes: '60', label: 'amber_strict' },
}

let site: TestSite
let firm: Awaited<ReturnType<TestSite['personOf']>>
let desk: Awaited<ReturnType<TestSite['as']>>
let name = ''
let situation = ''
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  const { id, institution_id } = await site.db
    .selectFrom('person')
    .where('email', '=', 'bcp@sokyu.example')
    .select(['id', 'institution_id'])
    .executeTakeFirstOrThrow()
  await site.db
    .insertInto('institution_function')
    .values(functionCodes.map((function_code) => ({ institution_id, function_code })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  firm = await site.personOf(id)
  name = (
    await site.db.selectFrom('institution').where('id', '=', institution_id).select('name_ja').executeTakeFirstOrThrow()
  ).name_ja
  const criterion = await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  situation = `/situations/${idIn(await site.done(desk, '/situations', situationForm(criterion.id, now)))}`
})
after(() => site.close())

const others = (known: readonly string[], usual: string) => known.filter((value) => value !== usual)
const said: [field: string, value: string][] = [
  ...functionCodes.flatMap((code) => others(conditions, 'normal').map((value) => [code, value] as [string, string])),
  ...damageFields.flatMap((field) => others(damages, 'none').map((value) => [field, value] as [string, string])),
  ...others(bcpStates, 'not_activated').map((value) => ['bcp', value] as [string, string]),
  ...others(commandCentres, 'not_set_up').map((value) => ['command_centre', value] as [string, string]),
  ['resumption_at', '2027-01-15T13:30'],
  ['text', '架空の補足：本店が停電'],
  ...others(nextUpdates, '60').map((value) => ['next_update_minutes', value] as [string, string]),
]

/** Damage and functions are what a requirement asks for, each as a whole: every one, everywhere. */
const idOf = (field: string) => (field.startsWith('damage_') ? 'S0-7 ' : field in words.functions ? 'S0-8 ' : '')

for (const [field, value] of said)
  test(`${idOf(field)}${field} ${value}: from the form to row, receipt, desk, board, trail and offline pack`, async () => {
    const form = { ...all_normal, [field]: value }
    const path = await site.done(firm.client, `${situation}/report`, { ...form, idempotency_key: crypto.randomUUID() })
    const id = idIn(path)

    const row = await site.db.selectFrom('report').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
    const { resumption_at, next_update_minutes, normal_at: _, alternative_from, ...plain } = form
    assert.equal(row.alternative_from, value === 'alternative' ? alternative_from : null)
    for (const [each, expected] of Object.entries(plain)) assert.equal(row[each as keyof typeof row], expected, each)
    assert.deepEqual(row.resumption_at, resumption_at ? new Date(`${resumption_at}:00+09:00`) : null)
    const next = new Date(now.getTime() + Number(next_update_minutes) * 60_000)
    assert.deepEqual(row.next_update_at, next)

    const overall = worst(functionCodes.map((code) => row[code] as (typeof conditions)[number]))
    const [line] = (await site.trailOf(situation)).filter(({ details }) => details.report_id === id)
    assert.deepEqual(line?.details, { report_id: id, overall, bcp: row.bcp })

    const lines = [
      ...functionCodes.map((code) => `${words.functions[code]} ${words.conditions[row[code] as 'normal']}`),
      ...damageFields.map((each) => `${words.damage_fields[each]} ${words.damages[row[each]]}`),
      `BCP ${words.bcp[row.bcp]}`,
      `対策本部 ${words.command_centre[row.command_centre]}`,
      `再開見込み ${row.resumption_at ? timeWords('ja', row.resumption_at, now) : '未定'}`,
      `補足 ${row.text || 'なし'}`,
    ]
    for (const [who, client] of [
      ['the receipt', firm.client],
      ['the desk', desk],
    ] as const) {
      const page = await site.read(client, path)
      for (const expected of lines) assert.ok(page.includes(expected), `${who} reads no “${expected}” in: ${page}`)
      assert.ok(page.includes(timeWords('ja', next, now)), `${who}: until when`)
    }

    const board = await site.main(desk, `${situation}/board?view=participants`)
    const own =
      board
        .slice(board.indexOf('id="list"'))
        .split('<tr')
        .find((part) => part.includes(name)) ?? ''
    const on_board: Record<string, string> = {
      ...(field in words.functions && {
        state: `${words.functions[field as 'funds']} ${words.conditions[value as 'normal']}`,
      }),
      ...(field.startsWith('damage_') && { damage: words.damages[value as 'none'] }),
      ...(field === 'bcp' && { bcp: words.bcp[value as 'lifted'] }),
      ...(field === 'command_centre' && { centre: words.command_centre.set_up }),
      ...(row.resumption_at && { resumption: timeWords('ja', row.resumption_at, now) }),
    }
    for (const expected of Object.values(on_board)) assert.ok(own.includes(expected), `${expected}: ${own}`)

    const pack = await readPackData(site.db, now)
    const packed = pack.situations.flatMap(({ rows }) => rows).find(([of]) => of === name)
    assert.equal(packed?.[1], words.conditions[overall as 'normal'])
  })

test('remarks for the secretariat alone say so, at home and at the desk', async () => {
  const form = { ...all_normal, text: '架空の内密', label: 'red', idempotency_key: crypto.randomUUID() }
  const path = await site.done(firm.client, `${situation}/report`, form)
  const row = await site.db.selectFrom('report').where('id', '=', idIn(path)).selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([row.text, row.label], ['架空の内密', 'red'])
  for (const client of [firm.client, desk]) {
    const page = await site.read(client, path)
    assert.match(page, /TLP:RED/)
    assert.match(page, /架空の内密/)
  }
  assert.doesNotMatch(await site.read(await site.as('auditor'), path), /架空の内密/)
})
