import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fieldsIn, openHouse } from '#tests/kit/house.ts'

const house = await openHouse()
before(() => house.telegram('vxse51-tokyo'))
after(() => house.close())

test('a proposal is answered by gathering information, too, from those with a site in its areas', async () => {
  const desk = house.as(house.desk)
  const { id } = await house.db.selectFrom('proposal').select('id').executeTakeFirstOrThrow()
  const page = await desk.get(`/proposals/${id}`)
  assert.match(page.text, /対策本部を設置せずに、状況の照会だけを始める/)
  const offered = fieldsIn((await desk.get(`/gatherings/new?proposal=${id}`)).html, '/gatherings')
  assert.ok((offered.areas ?? []).length > 0)
  const { code, location } = await desk.post('/gatherings', {
    ...offered,
    reason: '基準に当たるが、まず状況を確かめる',
  })
  assert.equal(code, 303)
  const { decision, reason } = await house.db
    .selectFrom('proposal')
    .select(['decision', 'reason'])
    .executeTakeFirstOrThrow()
  assert.deepEqual([decision, reason], ['gathering', '基準に当たるが、まず状況を確かめる'])
  const decided = await desk.get(`/proposals/${id}`)
  assert.match(decided.text, /状況の照会を開始（情報収集）/)
  assert.match(decided.html, new RegExp(`href="${location}"`))
  assert.equal((await desk.get(`/gatherings/new?proposal=${id}`)).location, location)
  // Who comes second is told that, and no command centre is said to be set up.
  const second = await house.as(house.deputy).post('/gatherings', {
    ...offered,
    reason: '私も',
    idempotency_key: crypto.randomUUID(),
  })
  assert.equal(second.code, 409)
  assert.match(second.text, /すでに状況の照会（情報収集）が始まっています.*対策本部は設置されていません/)
})
