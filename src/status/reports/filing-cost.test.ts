import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { askedOfDatabase } from '#tests/kit/asked-of-database.ts'
import { askAsPeople, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const form = () => ({ all_normal: 'yes', idempotency_key: crypto.randomUUID() })

/** Each waits for an answer of the database, and the last ones hold the end of the trail for the whole market. */
const asked_max = { bare: 13, answering: 17 }

test('a filed report asks the database no more than it must, whether or not it answers a request', async () => {
  const { bcp_contact, secretariat } = await site.people('bcp_contact', 'secretariat')
  const { id } = await openTestSituation(site.db, secretariat.person, 'exercise')
  const file = () => site.done(bcp_contact.client, `/situations/${id}/report`, form())
  const bare = await askedOfDatabase(file)
  await askAsPeople(site.tools, secretariat.person, { situation_id: id, answer_minutes: 30, repeat_minutes: 60 })
  const answering = await askedOfDatabase(file)
  assert.ok(bare.length <= asked_max.bare, bare.join('\n'))
  assert.ok(answering.length <= asked_max.answering, answering.join('\n'))
  const behindTheEnd = answering.slice(answering.findIndex((text) => text.includes('trail_end')) + 1)
  assert.deepEqual(
    behindTheEnd.map((text) => /^\s*(with "written"|WITH ins|commit)/.test(text)),
    [true, true, true],
    'the lines at once, the job, the commit',
  )
})
