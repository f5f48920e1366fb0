import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { clocksApart } from '#ground/db/clocks-apart.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('fault 9: clocks that agree, and an answer that took its time, are no alarm; a minute and a half is, either way', async () => {
  assert.equal(await clocksApart(site.db), null)
  for (const by of [90_000, -90_000]) {
    const apart = await clocksApart(site.db, () => Date.now() - by)
    assert.ok(apart !== null && Math.abs(apart - by) < 5_000, `${apart}`)
  }
  let asked = 0
  assert.equal(await clocksApart(site.db, () => Date.now() + 20_000 * asked++), null)
})

test('fault 9: a server whose clock is not the database’s says so on the home page of the desk, and by how much', async () => {
  const desk = await site.as('secretariat')
  const home = (by: typeof desk) => site.main(by, '/home')
  assert.doesNotMatch(await home(desk), /時計が合っていません/)
  const contact = await site.as('bcp_contact')
  mock.timers.enable({ apis: ['Date'], now: Date.now() - 10 * 60_000 })
  try {
    const shown = await home(desk)
    assert.match(shown, /時計が合っていません/)
    assert.match(shown, /このサーバーの時計より約10分進んでいます/)
    assert.doesNotMatch(await home(contact), /時計が合っていません/)
  } finally {
    mock.timers.reset()
  }
  assert.doesNotMatch(await home(desk), /時計が合っていません/)
})
