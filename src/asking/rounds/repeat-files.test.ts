import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import type { Person } from '#ground/rights/person.ts'
import { fieldsOf } from '#simulate/index.ts'
import { hiddenIn, noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'

let site: TestSite
let desk: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

const [early, late] = ['bcp@sokyu.example', 'bcp@soten.example']
const pdf = Buffer.from('%PDF-1.7 架空の様式')
const until = (minutes: number) => ({ answer_by: toCivilInput(new Date(now.getTime() + minutes * 60_000)) })

// A release asks who it is that was away for long.
async function signInAgain() {
  desk = await site.as('secretariat')
}

/** A round with one attached file that asks again every half hour, of an institution that has reported until 45 minutes past. */
async function askWithFile() {
  await signInAgain()
  const { id } = await site.accountOf('secretariat')
  const { id: situation_id } = await openTestSituation(site.db, (await readPerson(site.db, id)) as Person, 'exercise')
  const said = { kind: 'report_request', belongs_to: situation_id, answer_wanted: 'report', repeat_minutes: '30' }
  const form = noticeForm({ ...said, ...until(25) })
  const path = await written(await writeNotice(desk, form, [new File([pdf], '様式.pdf')]))
  await release(path, { author: desk, releaser: desk })
  const contact = await site.signIn(early)
  const at = `/situations/${situation_id}/report`
  const fields = fieldsOf(await (await contact.get(at)).text(), at, 'all_normal')
  const filed = await contact.post(at, { ...fields, all_normal: 'yes', next_update_minutes: '60' })
  assert.equal(filed.status, 303)
  return { situation_id, path }
}
const filesOf = (path: string) =>
  site.db
    .selectFrom('notice_attachment')
    .where('notice_id', '=', path.split('/')[2] ?? '')
    .select(['id', 'file_name', 'content', 'same_as'])
    .execute()
async function newest(situation_id: string) {
  const { id } = await site.db
    .selectFrom('notice')
    .where('situation_id', '=', situation_id)
    .where('asking', 'is not', null)
    .orderBy('asking', 'desc')
    .limit(1)
    .select('id')
    .executeTakeFirstOrThrow()
  return `/notices/${id}`
}
async function readBy(mail: string, path: string) {
  const reader = await site.signIn(mail)
  const [, href = ''] =
    new RegExp(`href="(${path}/attachments/[^"]+)"`).exec(
      await (await reader.get(path.replace('/notices/', '/inbox/'))).text(),
    ) ?? []
  const got = await reader.get(href)
  assert.equal(got.status, 200, `${mail} ${href}`)
  return Buffer.from(await got.arrayBuffer())
}

test('every asking of a round carries the files of the first, which are kept once', async () => {
  const { situation_id, path } = await askWithFile()
  const [first] = await filesOf(path)
  for (const reader of [late, early]) {
    pass(30)
    await careForRounds(site.tools)
    const again = await newest(situation_id)
    const [file, ...more] = await filesOf(again)
    assert.deepEqual([file?.file_name, file?.content, file?.same_as, more], ['様式.pdf', null, first?.id, []])
    assert.deepEqual(await readBy(reader, again), pdf)
    if (reader === late) {
      const passed_over = await site.signIn(early)
      assert.equal((await passed_over.get(`${again}/attachments/${file?.id}`)).status, 404, 'it was not sent to them')
    }
  }
  assert.deepEqual(site.reported, [])
})

test('N-8 a correction of a repeated asking keeps its files, and whoever is asked after it can read them', async () => {
  const { situation_id } = await askWithFile()
  pass(30)
  await careForRounds(site.tools)
  const second = await newest(situation_id)
  const [file] = await filesOf(second)
  await signInAgain()
  const about = `/notices/new?replaces=${second.split('/')[2]}`
  const fields = hiddenIn(await (await desk.get(about)).text(), '/notices')
  const words = { ...noticeForm({ ...fields, kind: 'correction', answer_wanted: 'report' }), ...until(20) }
  const form = { ...words, idempotency_key: crypto.randomUUID(), attachment_ids: file?.id ?? '' }
  const correction = await written(await writeNotice(desk, form))
  await release(correction, { author: desk, releaser: desk })
  assert.deepEqual(await readBy(late, correction), pdf)
  assert.deepEqual(await readBy(early, correction), pdf, 'it goes to all who have an asking that said the same')

  pass(30)
  await careForRounds(site.tools)
  const fourth = await newest(situation_id)
  assert.deepEqual(await readBy(early, fourth), pdf)
  assert.deepEqual(await readBy(late, fourth), pdf)
  assert.equal((await filesOf(fourth))[0]?.same_as, (await filesOf(correction))[0]?.id)
  assert.deepEqual(site.reported, [])
})
