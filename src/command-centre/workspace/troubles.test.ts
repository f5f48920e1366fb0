import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { type House, openHouse, openSituationIn } from '#tests/kit/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

test('home says what is wrong now, by name: what is stopped first, until when, and how old the word is', async () => {
  const id = await openSituationIn(house)
  await house.report('CLEAR', id, { clearing: 'partial' })
  await house.report('OSAKA', id)
  await house.report('FIRM', id, { order_trading: 'stopped' })
  house.pass(10)
  await house.report('EXCH', id, { order_trading: 'stopped', resumption_at: new Date('2006-10-16T06:00:00Z') })
  for (const person of [house.desk, house.observer]) {
    const { text } = await house.as(person).get('/home')
    assert.match(
      text,
      /支障のある・代替運用中の関係機関 架空東京取引所 約定（注文・売買） 停止 再開見込み 15:00 JST.*10:25 JST.*架空清算機構 清算 一部支障 再開見込みの報告なし/,
    )
    assert.doesNotMatch(text, /架空大阪取引所|架空証券 /)
  }
  const english = await house.as(house.desk, 'en').get('/home')
  assert.match(english.text, /EXCH of Nowhere Orders and trading Stopped Expected to resume 15:00 JST/)
  // It is not for the institutions, before or after a return.
  assert.doesNotMatch((await house.as(house.of('FIRM')).get('/home')).text, /支障のある・代替運用中の関係機関/)

  await house.report('EXCH', id, { order_trading: 'resumed' })
  const after = await house.as(house.desk).get('/home')
  assert.doesNotMatch(after.text, /架空東京取引所/)
  house.pass(120)
  assert.match((await house.as(house.desk).get('/home')).text, /架空清算機構 清算 一部支障.*11:15 JST から更新なし/)
})

test('where a proposal waits, home does not offer the blank form under the same name', async () => {
  assert.match((await house.as(house.desk).get('/home')).text, /対策本部を設置する/)
  await house.telegram('vxse51-tokyo')
  const { html } = await house.as(house.desk).get('/home')
  assert.match(html, />内容を見て判断する</)
  assert.match(html, />提案によらずに対策本部を設置する</)
})

test('a real proposal stands before a drill’s, though it came first', async () => {
  await house.telegram('vxse51-tokyo')
  house.pass(1)
  await house.telegram('vxse51-tokyo-exercise')
  const { text } = await house.as(house.desk).get('/home')
  const [, cards = ''] = text.split('判断を待っている提案')
  assert.ok(cards.indexOf('地震 最大震度6弱') < cards.indexOf('【訓練】'))
})
