import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { closeAt } from '#tests/kit/closing.ts'
import { checkPublication, fieldsIn, type House, openHouse, openSituationIn } from '#tests/kit/house.ts'

let house: House
let id: string
let path: string
beforeEach(async () => {
  house = await openHouse()
  id = await openSituationIn(house)
  path = `/situations/${id}`
})
afterEach(() => house.close())

const desk = () => house.as(house.desk)
const deputy = () => house.as(house.deputy)
const closing = { closing_reason: '全機能が 復旧した', closing_ja: '対応を終えました。' }
const rowNow = () => house.db.selectFrom('situation').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

test('whoever presses after a colleague has closed the situation is told who did, that nothing was done, and keeps their words', async () => {
  const checked = await checkPublication(house, id, { text_ja: '取引は 止まっています。' })
  const publication = fieldsIn(checked.html, `${path}/publications`)
  const own = { closing_reason: '私が 終結する理由', closing_ja: '一般への 私の説明' }
  const close = fieldsIn((await desk().post(`${path}/close`, own)).html, `${path}/close`)
  assert.equal((await closeAt(deputy(), path, closing)).location, path)
  const before = [await rowNow(), await house.trail()]

  const presses: [at: string, fields: Parameters<ReturnType<typeof desk>['post']>[1], act: string, kept?: RegExp][] = [
    ['/publication', publication, '公表内容を確かめる', /取引は 止まっています。<\/textarea>/],
    ['/publication/check', publication, '公表内容を確かめる', /取引は 止まっています。<\/textarea>/],
    ['/publications', publication, '一般に公表する', /取引は 止まっています。<\/textarea>/],
    ['/close', own, '事案を終結する', /私が 終結する理由<\/textarea>[\s\S]*一般への 私の説明<\/textarea>/],
    ['/close', close, '事案を終結する', /私が 終結する理由<\/textarea>/],
    ['/close', { ...own, closing_ja: '' }, '事案を終結する', /私が 終結する理由<\/textarea>/],
    ['/phase', { phase: 'recovery' }, '復旧・再開時の局面に進める'],
    ['/return', {}, '関係機関に状況ボードを還元する'],
    ['/review', { seen: '', title_ja: '東京湾北部の 地震' }, '名称と公表内容を見直す', /東京湾北部の 地震<\/textarea>/],
  ]
  for (const [at, fields, act, kept = /./] of presses) {
    const told = await desk().post(`${path}${at}`, fields)
    assert.equal(told.code, 409, at)
    assert.match(told.text, new RegExp(`すでに終結しています.*あなたの「${act}」は行われていません`), at)
    assert.match(told.text, /JST.*さんが終結しました。.*理由.*全機能が 復旧した.*再開を求めてください/, at)
    assert.match(told.html, kept, at)
    assert.match(told.html, new RegExp(`href="${path}"[\\s\\S]*href="${path}/reopening"`), at)
  }
  const english = await house.as(house.desk, 'en').post(`${path}/return`)
  assert.match(english.text, /is closed already.*was not done\..*closed it\./)
  assert.deepEqual([await rowNow(), await house.trail()], before)
  // A page that is only asked for leads to the situation.
  for (const at of ['/publication', '/close', '/review', '/return'])
    assert.equal((await desk().get(`${path}${at}`)).location, path, at)
})

test('whoever presses again what they did themselves before the closing is told of no failure', async () => {
  await desk().post(`${path}/return`)
  await desk().post(`${path}/phase`, { phase: 'recovery' })
  const close = fieldsIn((await desk().post(`${path}/close`, closing)).html, `${path}/close`)
  for (const [at, fields] of [
    ['/close', close],
    ['/close', close],
    ['/return', {}],
    ['/phase', { phase: 'recovery' }],
  ] as const)
    assert.equal((await desk().post(`${path}${at}`, fields)).location, path, at)
  assert.equal((await house.trail()).filter((action) => action === 'situation.closed').length, 1)
})
