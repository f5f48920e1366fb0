import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { noticeForm, release, writeNotice, written } from '#app/test-notice.ts'
import { type TestSite, testSite } from '#app/test-site.ts'
import { addContacts, plainAddresses } from '#contacts/index.ts'
import type { Tx } from '#db/database.ts'
import { settle } from '#audience/testing.ts'
let site: TestSite
let desk: TestSite['nobody']
let releaser: TestSite['nobody']
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  releaser = await site.as('secretariat_approver')
  const ids = await settle(site.db, Array.from({ length: 1000 }, (_, i) => ({ code: `BIG-${i}`, areas: ['350'] })))
  const syl = '青赤白黒東西南北山川海空松竹梅桜藤高大中小新古金銀銅鉄石木水火土光風雷雪雨星月日朝夕春夏秋冬'
  let seed = 7
  const rnd = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  for (const [code] of ids) {
    const ja = Array.from({length: 3}, () => syl[rnd(syl.length)]).join('')
    await site.db.updateTable('institution').where('code','=',code).set({ name_ja: `架空${ja}証券株式会社`, name_en: `${ja} Securities` }).execute()
  }
})
after(() => site.close())
const assets = JSON.parse(readFileSync(new URL('../../assets/assets.json', import.meta.url), 'utf8'))
const css = gzipSync(readFileSync(new URL(`../../assets/${assets['app.css']}`, import.meta.url))).length
const size = async (path: string) => {
  const text = await (await desk.get(path)).text()
  return [path, gzipSync(text).length, text.length, gzipSync(text).length + css]
}
test('sizes', async () => {
  console.log(css)
  for (const kind of ['command_centre','report_request','practice','official']) console.log(await size(`/notices/new?kind=${kind}`))
  console.log(await size('/audiences/new'))
  const path = await written(await writeNotice(desk, noticeForm()))
  console.log(await size(`${path}/check`))
  console.log(await size(`${path}/institutions`))
  console.log(await size(`${path}/institutions?shown=unreachable&page=2`))
  console.log(await size(`${path}/edit`))
  await release(path, { author: desk, releaser })
  console.log(await size(`${path}`))
  console.log(await size(`${path}/answers`))
})
