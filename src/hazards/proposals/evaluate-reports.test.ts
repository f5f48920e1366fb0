import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { closeAt } from '#tests/kit/closing.ts'
import { type House, openHouse, openSituationIn } from '#tests/kit/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const set_up = { command_centre: 'set_up' } as const
const report = async (code: string, changes = {}, situation_id: string | null = null) => {
  await house.report(code, situation_id, changes)
  await house.runJobs()
}
const proposals = () => house.db.selectFrom('proposal').selectAll().orderBy('proposed_at').execute()
const home = async () => (await house.as(house.desk).get('/home')).text
const pageOf = async (id = '') => (await house.as(house.desk).get(`/proposals/${id}`)).text
const setAside = async (id = '') =>
  house.as(house.desk).post(`/proposals/${id}/set-aside`, { reason: 'その取引所だけの問題' })

test('S0-60 an exchange that sets up its own command centre is proposed, and the page says who', async () => {
  await report('EXCH', set_up)
  const [proposal, ...more] = await proposals()
  assert.equal(more.length, 0)
  assert.equal(proposal?.event_at.getTime(), house.now().getTime())
  assert.match(await home(), /機関が対策本部を設置.*基準②/)
  const page = await house.as(house.desk).get(`/proposals/${proposal?.id}`)
  assert.match(page.text, /架空東京取引所 本店/)
  assert.match(
    (await house.as(house.desk, 'en').get(`/proposals/${proposal?.id}`)).text,
    /An institution has set up[\s\S]*EXCH of Nowhere/,
  )
})

test('an institution without a registered head office counts like any other', async () => {
  await house.db.deleteFrom('site').where('institution_id', '=', house.institution('EXCH')).execute()
  await report('EXCH', set_up)
  assert.match(await pageOf((await proposals())[0]?.id), /架空東京取引所/)
})

test('S0-60 a securities firm, the regulator or the association itself is no ground for a proposal', async () => {
  for (const code of ['FIRM', 'REG', 'ASSOC']) await report(code, set_up)
  assert.deepEqual(await proposals(), [])
})

test('a report that says it again proposes nothing new, waiting or set aside', async () => {
  await report('EXCH', set_up)
  house.pass(30)
  await report('EXCH', set_up)
  const [first, ...more] = await proposals()
  assert.equal(more.length, 0)
  await setAside(first?.id)
  house.pass(30)
  await report('EXCH', set_up)
  assert.deepEqual(
    (await proposals()).map(({ decision }) => decision),
    ['set_aside'],
  )
})

test('another institution that follows joins the proposal that waits; after it was set aside, it is a new one', async () => {
  await report('EXCH', set_up)
  house.pass(10)
  await report('CLEAR', set_up)
  const [first, ...none] = await proposals()
  assert.equal(none.length, 0)
  assert.match(await pageOf(first?.id), /架空東京取引所.*架空清算機構/)
  await setAside(first?.id)
  house.pass(10)
  await report('OSAKA', set_up)
  const [, second] = await proposals()
  assert.match(await pageOf(second?.id), /架空大阪取引所/)
})

test('when nobody has a command centre any more the waiting proposal is withdrawn; silence does not withdraw it', async () => {
  await report('EXCH', set_up)
  house.pass(120)
  await report('FIRM')
  assert.equal((await proposals())[0]?.withdrawn_at, null)
  await report('EXCH')
  assert.deepEqual((await proposals())[0]?.withdrawn_at, house.now())
  assert.match(await home(), /いまはどの基準にも当たりません.*機関の報告により更新/)
})

test('N-4 a report that has expired proposes nothing', async () => {
  await house.report('EXCH', null, { ...set_up, next_update_minutes: 30 })
  house.pass(31)
  await house.runJobs()
  assert.deepEqual(await proposals(), [])
})

test('nothing is proposed while an actual situation is open, nor from its reports after it is closed', async () => {
  const id = await openSituationIn(house)
  await report('EXCH', { ...set_up, next_update_minutes: 1440 }, id)
  assert.deepEqual(await proposals(), [])
  house.pass(60)
  await closeAt(house.as(house.desk), `/situations/${id}`, { closing_reason: '復旧', closing_ja: '終了しました' })
  await report('FIRM')
  assert.deepEqual(await proposals(), [])
  house.pass(60)
  await report('CLEAR', set_up)
  const [proposal, ...more] = await proposals()
  assert.equal(more.length, 0)
  assert.match(await pageOf(proposal?.id), /架空清算機構/)
})

test('an exercise’s command centres propose nothing', async () => {
  const id = await openSituationIn(house, { mode: 'exercise' })
  await house.report('EXCH', id, set_up, 'exercise')
  await house.runJobs()
  assert.deepEqual(await proposals(), [])
})

test('reports that come in at the same moment make one proposal', async () => {
  await Promise.all(['EXCH', 'CLEAR'].map((code) => house.report(code, null, set_up)))
  house.jobs.length = 0
  const run = async () => {
    house.jobs.push('proposals.evaluate')
    await house.runJobs()
  }
  await Promise.all([run(), run()])
  assert.equal((await proposals()).length, 1)
})

test('what was said last counts, though the clock was set back in between', async () => {
  await report('EXCH')
  house.pass(-60)
  await report('EXCH', set_up)
  assert.match(await pageOf((await proposals())[0]?.id), /架空東京取引所/)
  const [proposal] = await proposals()
  assert.equal(proposal?.event_at.getTime(), house.now().getTime())
})
