import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { NotAllowed } from '#access/index.ts'
import { addContacts, plainAddresses } from '#contacts/index.ts'
import type { Tx } from '#db/database.ts'
import { type TestDatabase, testDatabase } from '#db/test-database.ts'
import { trailLines } from '#trail/index.ts'
import { askRound, RoundForm } from './ask-round.ts'
import { openTestSituation, start, testForm, testMarket, testTools } from './testing.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 3)
})
after(() => store.close())

const idOf = (answer: { id: string } | { failed: string }) => {
  if ('failed' in answer) assert.fail(answer.failed)
  return answer.id
}

test('S0-16 asking writes down every active institution, S0-20 one delivery for each current contact, and one line of the trail', async () => {
  const { db } = store
  const { tools } = testTools(db)
  const [, gone] = market.members
  const { id: left } = await db
    .insertInto('institution')
    .values({
      code: 'LEFT',
      kind: 'securities_firm',
      name_ja: '退会証券',
      name_en: 'Left',
      active_from: '2020-01-01',
      active_to: '2027-01-14',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addContacts(db as Tx, [
    {
      institution_id: left,
      rank: 1,
      name_ja: '旧',
      name_en: null,
      addresses: plainAddresses('left@firm.example', null),
    },
  ])
  await db
    .updateTable('contact')
    .set({ removed_at: start })
    .where('institution_id', '=', gone?.id ?? '')
    .where('rank', '=', 2)
    .execute()

  const { id: situation_id } = await openTestSituation(db, market.desk, 'exercise')
  const id = idOf(await askRound(tools, market.desk, testForm(situation_id)))

  const asked = await db.selectFrom('asked').select('institution_id').where('round_id', '=', id).execute()
  assert.deepEqual(new Set(asked.map((row) => row.institution_id)), new Set(market.institutions.map((each) => each.id)))
  const deliveries = await db.selectFrom('delivery').selectAll().where('round_id', '=', id).execute()
  assert.equal(deliveries.length, 7, 'four institutions with two contacts each, less the one who was removed')
  for (const delivery of deliveries) {
    assert.equal(delivery.message_id, `<${delivery.id}@market.example>`)
    assert.equal(delivery.mode, 'exercise')
    assert.equal(delivery.state, 'waiting')
    assert.deepEqual(delivery.next_try_at, start)
  }
  const [line] = await trailLines(db, { about: `/situations/${situation_id}`, limit: 1 })
  assert.equal(line?.action, 'round.asked')
  assert.equal(line?.mode, 'exercise')
  assert.deepEqual(line?.details, { round_id: id, institutions: 4, people: 7, answer_by: '2027-01-15T01:00:00.000Z' })
})

test('S0-21 asking twice with the same key asks once, also at the same moment, also after the situation has closed', async () => {
  const { db } = store
  const { tools } = testTools(db)
  const { id: situation_id } = await openTestSituation(db, market.desk, 'actual')
  const form = testForm(situation_id)
  const answers = await Promise.all([1, 2, 3].map(() => askRound(tools, market.desk, form)))
  await db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()
  answers.push(await askRound(tools, market.desk, form))
  const ids = new Set(answers.map(idOf))
  assert.equal(ids.size, 1)

  const count = await db
    .selectFrom('delivery')
    .innerJoin('round', 'round.id', 'delivery.round_id')
    .where('situation_id', '=', situation_id)
    .select('delivery.id')
    .execute()
  assert.equal(count.length, 7)
  const lines = await trailLines(db, { about: `/situations/${situation_id}`, limit: 10 })
  assert.equal(lines.length, 1)
})

test('S0-21 a closed situation asks nobody', async () => {
  const { db } = store
  const { tools } = testTools(db)
  const { id: situation_id } = await openTestSituation(db, market.desk, 'actual')
  await db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()
  assert.deepEqual(await askRound(tools, market.desk, testForm(situation_id)), { failed: 'closed' })
  assert.deepEqual(await db.selectFrom('round').select('id').where('situation_id', '=', situation_id).execute(), [])
})

test('S0-30 only the secretariat asks', async () => {
  const { tools } = testTools(store.db)
  const { id: situation_id } = await openTestSituation(store.db, market.desk, 'actual')
  await assert.rejects(askRound(tools, market.firm, testForm(situation_id)), NotAllowed)
  assert.deepEqual(
    await store.db.selectFrom('round').select('id').where('situation_id', '=', situation_id).execute(),
    [],
  )
})

const good = {
  text_ja: '報告\r\nして\u0000ください',
  text_en: 'Report',
  answer_by: '2027-01-15T10:00',
  idempotency_key: crypto.randomUUID(),
}

test('S0-27 the form reads the deadline in the zone of the market and keeps line breaks, but no control characters', () => {
  const form = RoundForm('ja', start).parse(good)
  assert.equal(form.answer_by.toISOString(), '2027-01-15T01:00:00.000Z')
  assert.equal(form.text_ja, '報告\nしてください')
})

for (const { field, value, says } of [
  { field: 'text_ja', value: ' \r\n ', says: /日本語/ },
  { field: 'text_ja', value: 'あ'.repeat(2001), says: /2,000/ },
  { field: 'text_en', value: undefined, says: /英語/ },
  { field: 'answer_by', value: '', says: /日時を入力/ },
  { field: 'answer_by', value: '2027-01-15T09:00', says: /過ぎています/ },
  { field: 'answer_by', value: '2027-01-22T09:01', says: /7日以内/ },
  { field: 'answer_by', value: '2027-02-30T09:01', says: /日時を入力/ },
])
  test(`S0-27 the form refuses ${field} ${JSON.stringify(value)?.slice(0, 20)} in words`, () => {
    const parsed = RoundForm('ja', start).safeParse({ ...good, [field]: value })
    assert.equal(parsed.success, false)
    assert.deepEqual(parsed.error?.issues[0]?.path, [field])
    assert.match(parsed.error?.issues[0]?.message ?? '', says)
  })

test('a key that was used for another situation asks nobody, and is no answer of that one', async () => {
  const { db } = store
  const { tools } = testTools(db)
  const form = testForm((await openTestSituation(db, market.desk, 'actual')).id)
  await askRound(tools, market.desk, form)
  const { id: situation_id } = await openTestSituation(db, market.desk, 'exercise')
  await assert.rejects(askRound(tools, market.desk, { ...form, situation_id }), NotAllowed)
})
