import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { reportForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { evaluateReports } from './evaluate-reports.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const newest = () =>
  site.db.selectFrom('proposal').selectAll().orderBy('proposed_at', 'desc').limit(1).executeTakeFirstOrThrow()
const readers = async () => ({
  observer: await site.as('observer'),
  authority: await site.as('authority'),
  desk: await site.as('secretariat'),
})

test('S0-18 whose sites a proposal found is for who may see sites; others read how many, in which area', async () => {
  const { observer, authority, desk } = await readers()
  await site.done(desk, '/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  const { id, matches } = await newest()
  const sites = await site.db
    .selectFrom('site')
    .innerJoin('institution', 'institution.id', 'site.institution_id')
    .where('area_code', '=', '350')
    .select(['address', 'name_ja'])
    .execute()
  assert.ok(sites.length > 3)
  for (const reader of [desk, authority]) {
    const page = await site.main(reader, `/proposals/${id}`)
    for (const { address, name_ja } of sites) assert.ok(page.includes(address) && page.includes(name_ja), address)
  }
  const page = await site.main(observer, `/proposals/${id}`)
  const home = await site.main(observer, '/home')
  for (const { address, name_ja } of sites)
    for (const words of [page, home, JSON.stringify(matches)])
      assert.ok(!words.includes(address) && !words.includes(name_ja), address)
  assert.match(page, new RegExp(`東京都２３区[\\s\\S]*${sites.length}`))
  assert.match(await (await observer.get(`/proposals/${id}`)).text(), /TLP:GREEN/)
  assert.match(await (await desk.get(`/proposals/${id}`)).text(), /TLP:AMBER\+STRICT/)
})

test('S0-18 a site that has left the directory since is counted, and named no more', async () => {
  const desk = await site.as('secretariat')
  const { id } = await newest()
  const { id: gone } = await site.db
    .selectFrom('site')
    .where('area_code', '=', '350')
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  await site.db.deleteFrom('site').where('id', '=', gone).execute()
  assert.match(await site.main(desk, `/proposals/${id}`), /その後登録から外れた拠点が1/)
})

test('who reported a command centre of their own is for who may read reports', async () => {
  const exchange = await site.signIn('bcp@soten.example')
  await site.done(exchange, '/report', reportForm({ command_centre: 'set_up' }))
  await evaluateReports(site.tools)
  const { id, event_key, matches, title_ja } = await newest()
  assert.match(event_key, /^reports:/)
  const { name_ja } = await site.db
    .selectFrom('institution')
    .where('code', '=', 'EXC-1')
    .select('name_ja')
    .executeTakeFirstOrThrow()
  const { observer, authority, desk } = await readers()
  for (const reader of [desk, authority]) assert.ok((await site.main(reader, `/proposals/${id}`)).includes(name_ja))
  for (const words of [
    await site.main(observer, `/proposals/${id}`),
    await site.main(observer, '/home'),
    title_ja,
    JSON.stringify(matches),
  ])
    assert.ok(!words.includes(name_ja))
  assert.match(await site.main(observer, `/proposals/${id}`), /対策本部の設置を報告した機関（1）/)
})
