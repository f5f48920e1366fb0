import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mainOf, wordsOf } from './pages.ts'
import { officialNoticeForm } from './samples/library.ts'
import { type TestSite, testSite } from './site.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('a page is read without its menu, its tags and its entities', () => {
  const html =
    '<header>計画停止</header><main id="x"><h1>A &amp;lt; B</h1>\n<p>「x」&#x27;</p></main><footer>y</footer>'
  assert.equal(wordsOf(mainOf(html)), "A &lt; B 「x」'")
  assert.throws(() => mainOf(''), /no <main> in: \(nothing\)/)
})

test('what is not there cannot be read as an empty page: the test is told who may not do what', async () => {
  const { bcp_contact: firm } = await site.people('bcp_contact')
  await assert.rejects(site.read(firm.client, '/trail'), (error: Error) => {
    assert.match(error.message, /GET \/trail was answered by 403/)
    assert.match(error.message, new RegExp(`because: 403 GET /trail: ${firm.person.name_ja} may not trail\\.read`))
    assert.match(error.message, /roles now: bcp_contact\)/)
    return true
  })
  await assert.rejects(site.read(site.nobody, '/board'), /303\s+to \/sign-in\?next=%2Fboard/)
  await site.refused(firm.client, '/trail', 403)
  await assert.rejects(site.refused(firm.client, '/home', 403), /expected 403\) was answered by 200/)
})

test('a form that is not taken says what is wrong with it, and the way to the sign-in is no success', async () => {
  const { secretariat: desk } = await site.people('secretariat')
  const form = officialNoticeForm({ title: '', issued_on: '2027-02-30' })
  await assert.rejects(site.done(desk.client, '/official-notices', form), /answered by 422[\s\S]*problems: \S/)
  await assert.rejects(site.done(site.nobody, '/official-notices', form), /answered by 303\s+to \/sign-in/)
  const path = await site.done(desk.client, '/official-notices', officialNoticeForm())
  const lines = await site.trailOf(path)
  assert.deepEqual(
    lines.map(({ action, person_id }) => [action, person_id]),
    [['official-notice.registered', desk.person.id]],
  )
})

test('time passes, and everyone goes on', async () => {
  const { auditor } = await site.people('auditor')
  const before = site.tools.clock().getTime()
  await site.pass({ hours: 25 })
  assert.ok(site.tools.clock().getTime() - before >= 25 * 3_600_000)
  assert.match(await site.read(auditor.client, '/home'), /\S/)
})
