import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hiddenIn, noticeForm, writeNotice, written } from '#tests/kit/notice.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let approver: Client
let now = new Date('2027-01-15T03:00:00Z')

before(async () => {
  site = await testSite({ clock: () => now })
  author = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())

test('N-8 whom the author of a notice brought to the desk is not their second person for 30 days, but may give a reason', async () => {
  const { id, email } = await site.accountOf('observer')
  await site.done(author, `/people/${id}/roles`, { role: 'secretariat_approver', reason: '試験' })
  const entry = await site.db
    .selectFrom('desk_entry')
    .where('person_id', '=', id)
    .select('id')
    .executeTakeFirstOrThrow()
  await site.done(approver, `/desk-entries/${entry.id}/agreement`, {})
  const puppet = await site.signIn(email)
  const path = await written(await writeNotice(author, noticeForm({ everyone: '', institutions: 'SEC-001' })))
  const check = await (await author.get(`${path}/check`)).text()
  await site.done(author, `${path}/submission`, hiddenIn(check, `${path}/submission`))

  const page = await (await puppet.get(path)).text()
  assert.match(page, /30日以内にあなたを事務局に招いたか、役割の付与に関わった/)
  assert.doesNotMatch(page, />実災害として1機関に通知を送る</)
  const pressed = hiddenIn(page, `${path}/release`)
  const refused = await puppet.post(`${path}/release`, pressed)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /30日以内にあなたを事務局に招いた[\s\S]*理由を入力して1人で送れます/)
  const stateOf = async () =>
    (
      await site.db
        .selectFrom('notice')
        .where('id', '=', path.split('/')[2] ?? '')
        .select('state')
        .executeTakeFirstOrThrow()
    ).state
  assert.equal(await stateOf(), 'submitted')
  // Nor does their home say that it waits for them; it waits for others.
  const waitsFor = async (one: Client) => {
    const [next = ''] = /<section aria-labelledby="next">[\s\S]*?<\/section>/.exec(await site.main(one, '/home')) ?? []
    return next.includes(`href="${path}"`)
  }
  const [agreed, other] = [approver, await site.signIn('desk-deputy@assoc.example')]
  assert.deepEqual([await waitsFor(puppet), await waitsFor(author)], [false, false])
  assert.deepEqual([await waitsFor(agreed), await waitsFor(other)], [true, true])

  now = new Date(now.getTime() + 30 * 86_400_000 + 60_000)
  const later = await site.signIn(email)
  assert.equal(await waitsFor(later), true)
  await site.done(later, `${path}/release`, hiddenIn(await (await later.get(path)).text(), `${path}/release`))
  assert.equal(await stateOf(), 'released')
})

test('N-8 nor is whom somebody brought to the desk the second person of a draft that they put forward for another', async () => {
  const [drafter, submitter, agreeing] = [
    await site.signIn('desk-deputy@assoc.example'),
    await site.signIn('desk@assoc.example'),
    await site.as('secretariat_approver'),
  ]
  const person = await site.db
    .selectFrom('person')
    .where('email', '=', 'deputy@assoc.example')
    .select(['id', 'email'])
    .executeTakeFirstOrThrow()
  await site.done(submitter, `/people/${person.id}/roles`, { role: 'secretariat_approver', reason: '試験' })
  const entry = await site.db
    .selectFrom('desk_entry')
    .where('person_id', '=', person.id)
    .select('id')
    .executeTakeFirstOrThrow()
  await site.done(agreeing, `/desk-entries/${entry.id}/agreement`, {})
  const path = await written(await writeNotice(drafter, noticeForm({ everyone: '', institutions: 'SEC-001' })))
  const check = await (await submitter.get(`${path}/check`)).text()
  await site.done(submitter, `${path}/submission`, hiddenIn(check, `${path}/submission`))
  const puppet = await site.signIn(person.email)
  const pressed = hiddenIn(await (await puppet.get(path)).text(), `${path}/release`)
  const refused = await puppet.post(`${path}/release`, pressed)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /30日以内にあなたを事務局に招いた/)
})

test('N-8 nor does who asked for somebody release what they write, though who only agreed does', async () => {
  const asking = await site.signIn('desk-deputy@assoc.example')
  const agreeing = await site.as('secretariat_approver')
  const person = await site.db
    .selectFrom('person')
    .where('email', '=', 'deputy@assoc.example')
    .select(['id', 'email'])
    .executeTakeFirstOrThrow()
  await site.done(asking, `/people/${person.id}/roles`, { role: 'secretariat', reason: '試験' })
  const entry = await site.db
    .selectFrom('desk_entry')
    .where('person_id', '=', person.id)
    .where('agreed_at', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow()
  await site.done(agreeing, `/desk-entries/${entry.id}/agreement`, {})
  const puppet = await site.signIn(person.email)
  const path = await written(await writeNotice(puppet, noticeForm({ everyone: '', institutions: 'SEC-001' })))
  const check = await (await puppet.get(`${path}/check`)).text()
  await site.done(puppet, `${path}/submission`, hiddenIn(check, `${path}/submission`))
  const release = async (who: Client) => hiddenIn(await (await who.get(path)).text(), `${path}/release`)

  const page = await (await asking.get(path)).text()
  assert.match(page, /あなたが30日以内に、この通知を作った人（または承認を依頼した人）を事務局に招いた/)
  const refused = await asking.post(`${path}/release`, await release(asking))
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /その役割を求めています[\s\S]*理由を入力して1人で送れます/)
  await site.done(agreeing, `${path}/release`, await release(agreeing))
})
