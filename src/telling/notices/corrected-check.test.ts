import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hiddenIn, noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { sendDue } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let now = new Date('2027-01-15T03:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

const firm = 'SEC-003'
const contactsOf = (code: string) =>
  site.db
    .selectFrom('contact')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('institution.code', '=', code)
    .where('contact.removed_at', 'is', null)
    .select(['contact.id', 'contact.name_ja', 'contact.rank'])
    .orderBy('contact.rank')
    .execute()

/** A notice that has gone to the first contact, and its withdrawal, put forward. */
async function withdrawn(path: string, author: TestSite['nobody']) {
  const withdrawal = (await author.post(`${path}/withdrawal`)).headers.get('location')?.replace(/\/check$/, '') ?? ''
  const check = await (await author.get(`${withdrawal}/check`)).text()
  await site.done(author, `${withdrawal}/submission`, hiddenIn(check, `${withdrawal}/submission`))
  return withdrawal
}

test('N-8 a step of the ladder between the check of a withdrawal and its press widens it: refused, and it is said who came', async () => {
  const author = await site.as('secretariat')
  const releaser = await site.as('secretariat_approver')
  const [, deputy] = await contactsOf(firm)
  assert.ok(deputy)
  const first = await written(
    await writeNotice(author, noticeForm({ severity: 'urgent', institutions: firm, everyone: '' })),
  )
  await release(first, { author, releaser })
  await sendDue(site)
  const withdrawal = await withdrawn(first, author)
  const pressed = hiddenIn(await (await releaser.get(withdrawal)).text(), `${withdrawal}/release`)
  now = new Date(now.getTime() + 10 * 60_000)
  await sendDue(site)
  const refused = await releaser.post(`${withdrawal}/release`, pressed)
  const page = await refused.text()
  assert.equal(refused.status, 409)
  assert.match(page, new RegExp(deputy.name_ja))

  // Who was removed meanwhile is named as left out, and gets nothing of it.
  await site.db.updateTable('contact').set({ removed_at: now }).where('id', '=', deputy.id).execute()
  const left = await (await releaser.get(withdrawal)).text()
  assert.match(left, new RegExp(deputy.name_ja))
  await site.done(releaser, `${withdrawal}/release`, hiddenIn(left, `${withdrawal}/release`))
  await sendDue(site)
  const rows = await site.db
    .selectFrom('delivery')
    .innerJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where('delivery.notice_id', '=', withdrawal.split('/')[2] ?? '')
    .select('recipient.contact_id')
    .execute()
  assert.ok(rows.length > 0)
  assert.ok(rows.every(({ contact_id }) => contact_id !== deputy.id))
})

test('N-8 what is withdrawn in the minute of its release needs no second look once its first mails go', async () => {
  const author = await site.as('secretariat')
  const releaser = await site.as('secretariat_approver')
  const first = await written(
    await writeNotice(author, noticeForm({ severity: 'urgent', institutions: 'SEC-004', everyone: '' })),
  )
  await release(first, { author, releaser })
  const withdrawal = await withdrawn(first, author)
  const pressed = hiddenIn(await (await releaser.get(withdrawal)).text(), `${withdrawal}/release`)
  await sendDue(site)
  await site.done(releaser, `${withdrawal}/release`, pressed)
})
