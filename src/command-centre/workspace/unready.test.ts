import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { Person } from '#ground/rights/person.ts'
import { type House, openHouse } from '#tests/kit/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const home = async (person: Person = house.desk, language: 'ja' | 'en' = 'ja') =>
  (await house.as(person, language).get('/home')).text

test('home of a new installation says what it lacks, in plain words, to those who can act and to nobody else', async () => {
  house.tools.config.mode = 'production'
  const words = await home()
  assert.match(
    words,
    /承認者（事務局責任者）がいません.*非常用コードが封緘されていません.*運営者と問い合わせ先がまだありません.*メールをまだ一度も送っていません.*返信と、届かなかった知らせを受け取れません.*SMSを送れません/,
  )
  assert.doesNotMatch(words, /事務局員がひとりだけ/, 'there are two')
  assert.doesNotMatch(words, /[A-Z]{3,}_[A-Z]+|noroshi ingest/)
  const english = await home(house.desk, 'en')
  assert.match(english, /Before you rely on it.*There is no approver/)
  assert.doesNotMatch(english, /[A-Z]{3,}_[A-Z]+|noroshi ingest/)
  for (const person of [house.observer, house.of('EXCH')]) assert.doesNotMatch(await home(person), /整えること/)
})

test('what is there is not asked for, and a demo asks for nothing', async () => {
  assert.doesNotMatch(await home(), /整えること/)
  house.tools.config.mode = 'production'
  await house.db.insertInto('role_grant').values({ person_id: house.deputy.id, role: 'secretariat_approver' }).execute()
  assert.doesNotMatch(await home(), /承認者（事務局責任者）がいません/)
  await house.db.updateTable('person').set({ left_at: house.now() }).where('id', '=', house.deputy.id).execute()
  assert.match(await home(), /事務局員がひとりだけです.*承認者（事務局責任者）がいません/)
})
