import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { cookiesOf, invitationForm, keepWorking, sendForm, shownOn, textOf } from '#tests/kit/invitations.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { inviteAs } from './invite-as.ts'

let site: TestSite
let secretariat: TestSite['nobody']
let administrator: TestSite['nobody']
let now = Date.now()
const pass = async (ms: number) => {
  now += ms
  await keepWorking(site, now)
  return now
}
const hour = 3_600_000

before(async () => {
  site = await testSite({ clock: () => new Date(now) })
  secretariat = await site.as('secretariat')
  administrator = await site.as('institution_administrator')
})
after(() => site.close())
afterEach(() => assert.deepEqual(site.reported.splice(0), []))

let count = 0
const freshMail = () => `person${++count}@sokyu.example`
async function invited(client = secretariat, changes: Record<string, string> = {}) {
  const email = changes.email ?? freshMail()
  const answer = await sendForm(client, '/invitations', invitationForm({ ...changes, email }))
  const html = await answer.text()
  assert.equal(answer.status, 200, textOf(html))
  return { email, ...shownOn(html) }
}
const enter = (path: string, code: string) => site.nobody.post(path, { code })
const row = (id: string) => site.db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const personOf = (email: string) =>
  site.db.selectFrom('person').selectAll().where('email', '=', email).executeTakeFirst()
const lettersTo = (address: string) =>
  site.db.selectFrom('letter').selectAll().where('address', '=', address).orderBy('queued_at').execute()
const lastAction = async () => (await site.trail()).at(-1)?.action
const problems = async (answer: Response) => {
  const html = await answer.text()
  assert.equal(answer.status, 422, textOf(html))
  return textOf(html)
}
/** What the account slice does when a person sets up a password and its second factor. */
async function setUp(person_id: string) {
  await site.db
    .insertInto('credential')
    .values({ person_id, account_id: person_id, provider_id: 'credential', password: 'x' })
    .execute()
  await site.db.updateTable('person').set({ two_factor_enabled: true }).where('id', '=', person_id).execute()
}

test('S3-4(11) an invited person gets a link without a secret, says the code, and has an account with the role', async () => {
  const { email, code, path, id } = await invited()
  const [letter] = await lettersTo(email)
  assert.match(letter?.body ?? '', new RegExp(`http://localhost${path}`))
  for (const part of [
    '架空 花子 様',
    'Hanako Kaku',
    'BCP連絡担当者',
    '心当たりがない場合は',
    'If you do not know of this',
  ])
    assert.ok(letter?.body.includes(part), part)
  assert.ok(!letter?.body.includes(code) && !letter?.body.includes(code.replaceAll('-', '')))
  assert.equal(letter?.label, 'red')
  assert.equal(await personOf(email), undefined)

  const answer = await enter(path, code)
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account'])
  const person = await personOf(email)
  assert.deepEqual([person?.name_ja, person?.email_verified], ['架空 花子', true])
  const grants = await site.db.selectFrom('role_grant').selectAll().where('person_id', '=', person!.id).execute()
  assert.deepEqual(
    grants.map(({ role, reason, granted_by }) => [role, reason, granted_by !== null]),
    [['bcp_contact', '前任者の異動', true]],
  )
  const [session] = await site.db.selectFrom('session').selectAll().where('person_id', '=', person!.id).execute()
  assert.equal(session?.method, 'invitation')
  assert.deepEqual([session?.seen_at?.getTime(), session?.confirmed_at?.getTime()], [now, now])
  assert.equal(session!.expires_at.getTime() - now, hour)
  const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token'))
  assert.match(cookie ?? '', /^noroshi\.session_token=[^;]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/i)
  // First a way to sign in, then everything else.
  const elsewhere = await site.client(cookiesOf(answer)).get('/home')
  assert.deepEqual([elsewhere.status, elsewhere.headers.get('location')], [303, '/account/set-up'])

  const told = await site.trail()
  assert.deepEqual(
    told.slice(-2).map(({ action, who }) => [action, who]),
    [
      ['person.invited', (await site.accountOf('secretariat')).name_ja],
      ['invitation.accepted', '架空 花子'],
    ],
  )
  assert.ok(!JSON.stringify(told).includes(code.replaceAll('-', '')) && !JSON.stringify(told).includes(code))
  assert.ok(!(await row(id)).code_hash.includes(code.replaceAll('-', '')))
  assert.ok((await lettersTo(email)).some(({ purpose }) => purpose === 'account-opened'))
})

test('a cookie of the opened session that was changed opens nothing', async () => {
  const { code, path } = await invited()
  const cookie = cookiesOf(await enter(path, code))
  const [name, value = ''] = cookie.split('=')
  for (const forged of [`${value}x`, value.replace(/\..*/, ''), value.replace(/^./, 'Z')])
    assert.equal((await site.client(`${name}=${forged}`).get('/home')).status, 303)
})

test('capitals, hyphens, spaces and wide letters of the code do not matter', async () => {
  const { code, path } = await invited()
  const wide = [...code.toLowerCase()].map((letter) =>
    letter === '-' ? 'ー' : String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
  )
  assert.equal((await enter(path, ` ${wide.join('')} `)).status, 303)
})

test('the code may be used again until a way to sign in is set up, and never afterwards', async () => {
  const { code, path, email, id } = await invited()
  assert.equal((await enter(path, code)).status, 303)
  await pass(hour)
  assert.equal((await enter(path, code)).status, 303, 'the phone died in between')
  const person = await personOf(email)
  const grants = await site.db.selectFrom('role_grant').selectAll().where('person_id', '=', person!.id).execute()
  assert.equal(grants.length, 1)
  await setUp(person!.id)
  assert.match(await problems(await enter(path, code)), /進めませんでした/)
  assert.deepEqual([(await row(id)).ended_how], ['done'])
  await site.db.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', person!.id).execute()
  assert.equal((await enter(path, code)).status, 422, 'not even when the second factor is gone again')
})

test('five wrong codes end an invitation, even for the right one', async () => {
  const { code, path, id } = await invited()
  for (const wrong of ['ACDE-FHJK-LMNP', '', 'x', "' or 1=1 --", 'ACDE-FHJK-LMNP'.repeat(1000)]) {
    assert.equal((await row(id)).ended_at, null)
    assert.equal((await enter(path, wrong)).status, 422)
    assert.equal(await lastAction(), 'invitation.code-refused')
  }
  assert.deepEqual([(await row(id)).ended_how, (await row(id)).tries], ['tries', 5])
  assert.equal((await enter(path, code)).status, 422)
})

test('of six wrong tries at once five are counted, and the invitation is over', async () => {
  const { code, path, id } = await invited()
  const answers = await Promise.all(Array.from({ length: 6 }, () => enter(path, 'ACDE-FHJK-LMNP')))
  assert.ok(answers.every(({ status }) => status === 422))
  assert.deepEqual([(await row(id)).tries, (await row(id)).ended_how], [5, 'tries'])
  assert.equal((await enter(path, code)).status, 422)
})

test('who tries codes of many invitations has to wait, though each of them counts by itself', async () => {
  const { code, path } = await invited()
  const guesser = site.client(undefined, '198.51.100.77')
  const guess = () => guesser.post(`/invitations/${randomUUID()}`, { code: 'ACDE-FHJK-LMNP' })
  // Few at once: on a busy machine a hundred would have to wait for the database, and be told so.
  for (let tens = 0; tens < 10; tens++) {
    const answers = await Promise.all(Array.from({ length: 10 }, guess))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([422]))
  }
  const limited = await guesser.post(path, { code })
  assert.equal(limited.status, 429)
  assert.equal(limited.headers.get('retry-after'), '900')
  assert.match(textOf(await limited.text()), /試行の回数が多いため/)
  // Elsewhere nobody is kept out, and after a quarter of an hour here neither.
  assert.equal((await enter(path, code)).status, 303)
  await pass(hour / 4)
  assert.equal((await guess()).status, 422)
})

test('two presses at once make one account', async () => {
  const { code, path, email } = await invited()
  const answers = await Promise.all([enter(path, code), enter(path, code), enter(path, code)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303],
  )
  const people = await site.db.selectFrom('person').select('id').where('email', '=', email).execute()
  assert.equal(people.length, 1)
  const grants = await site.db.selectFrom('role_grant').select('id').where('person_id', '=', people[0]!.id).execute()
  assert.equal(grants.length, 1)
})

test('an invitation holds for 72 hours', async () => {
  const early = await invited()
  const late = await invited()
  await pass(72 * hour - 1000)
  assert.equal((await enter(early.path, early.code)).status, 303)
  await pass(1000)
  assert.equal((await enter(late.path, late.code)).status, 422)
  assert.match(textOf(await (await secretariat.get('/invitations')).text()), /期限切れ/)
})

test('unknown, used, withdrawn and expired entrances look the same, before and after a code', async () => {
  const open = await invited()
  const gone = await invited()
  await secretariat.post(`/invitations/${gone.id}/withdrawal`)
  const used = await invited()
  await enter(used.path, used.code)
  await setUp((await personOf(used.email))!.id)
  const plain = async (answer: Response, id: string) =>
    `${answer.status} ${(await answer.text()).replaceAll(id, 'ID').replace(/data-now="[^"]*"/, '')}`
  const seen = new Set<string>()
  const refused = new Set<string>()
  for (const id of [open.id, gone.id, used.id, randomUUID()]) {
    seen.add(await plain(await site.nobody.get(`/invitations/${id}`), id))
    refused.add(await plain(await enter(`/invitations/${id}`, 'ACDE-FHJK-LMNP'), id))
  }
  assert.deepEqual([seen.size, refused.size], [1, 1])
  assert.match([...seen][0]!, /^200 /)
  for (const { id, code } of [gone, used]) refused.add(await plain(await enter(`/invitations/${id}`, code), id))
  assert.equal(refused.size, 1)
})

test('asking for the page changes nothing, however often a scanner follows the link', async () => {
  const { path, code, id } = await invited()
  const before = await row(id)
  for (let n = 0; n < 6; n++) {
    await site.nobody.get(path)
    await site.nobody.head(path)
    await site.nobody.get(`${path}?code=${code}`)
  }
  assert.deepEqual(await row(id), before)
})

test('a new code makes the old one void, gives new tries and time, and mails the link again', async () => {
  const first = await invited(administrator)
  for (let n = 0; n < 5; n++) await enter(first.path, 'ACDE-FHJK-LMNP')
  await pass(hour)
  const answer = await administrator.post(`/invitations/${first.id}/code`)
  const second = shownOn(await answer.text())
  assert.equal(second.id, first.id)
  assert.notEqual(second.code, first.code)
  assert.equal(await lastAction(), 'invitation.renewed')
  assert.equal((await lettersTo(first.email)).length, 2)
  assert.equal((await enter(first.path, first.code)).status, 422)
  assert.equal((await enter(first.path, second.code)).status, 303)
  await setUp((await personOf(first.email))!.id)
  assert.equal((await administrator.post(`/invitations/${first.id}/code`)).status, 422)
})

test('a withdrawn invitation opens nothing and takes no new code; withdrawing twice is once', async () => {
  const { path, code, id } = await invited()
  for (let n = 0; n < 2; n++) assert.equal((await secretariat.post(`/invitations/${id}/withdrawal`)).status, 303)
  const lines = (await site.trail()).filter(
    ({ action, details }) => action === 'invitation.withdrawn' && details.invitation_id === id,
  )
  assert.equal(lines.length, 1)
  assert.equal((await enter(path, code)).status, 422)
  assert.equal((await secretariat.post(`/invitations/${id}/code`)).status, 422)
})

test('the contact of the directory is linked: the one chosen, and the one with the same address', async () => {
  const firm = await site.db
    .selectFrom('institution')
    .selectAll()
    .where('code', '=', 'SEC-002')
    .executeTakeFirstOrThrow()
  const [one, two] = await site.db
    .selectFrom('contact_card')
    .selectAll()
    .where('institution_id', '=', firm.id)
    .execute()
  await site.db.updateTable('contact').set({ person_id: null }).where('institution_id', '=', firm.id).execute()
  for (const { mail } of [one!, two!])
    await site.db
      .updateTable('person')
      .set({ email: `old-${mail}` })
      .where('email', '=', mail)
      .execute()
  const chosen = await invited(secretariat, { institution_code: 'sec-002', contact_id: one!.id })
  await enter(chosen.path, chosen.code)
  const same = await invited(secretariat, { institution_code: 'SEC-002', email: two!.mail! })
  await enter(same.path, same.code)
  const linked = await site.db
    .selectFrom('contact')
    .select(['id', 'person_id'])
    .where('institution_id', '=', firm.id)
    .execute()
  const of = (id: string) => linked.find((each) => each.id === id)?.person_id
  assert.equal(of(one!.id), (await personOf(chosen.email))?.id)
  assert.equal(of(two!.id), (await personOf(two!.mail!))?.id)
  const foreign = await sendForm(
    secretariat,
    '/invitations',
    invitationForm({ email: freshMail(), contact_id: two!.id }),
  )
  assert.match(await problems(foreign), /担当者を選び直してください/)
})

test('sending the same form twice invites once, and says where the new code is made', async () => {
  const form = invitationForm({ email: freshMail() })
  const answers = [await sendForm(secretariat, '/invitations', form), await sendForm(secretariat, '/invitations', form)]
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('location')]),
    [
      [200, null],
      [303, '/invitations?told=again'],
    ],
  )
  assert.equal((await sendForm(await site.signIn('desk-deputy@assoc.example'), '/invitations', form)).status, 404)
})

test('two invitations of one address at once: one is made', async () => {
  const email = freshMail()
  const answers = await Promise.all(
    [1, 2, 3].map(() => sendForm(secretariat, '/invitations', invitationForm({ email }))),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422, 422])
})

test('the first account comes from the command line, with the same code and the same checks', async () => {
  const account = { institution_code: 'ASSOC', name_ja: '架空 一郎', name_en: null, reason: '初期設定' }
  const answer = await inviteAs(
    site.tools,
    { program: 'command-line' },
    { ...account, email: 'First@Assoc.example', roles: ['secretariat'] },
  )
  assert.ok('code' in answer)
  assert.equal(answer.url, `http://localhost/invitations/${answer.id}`)
  assert.equal((await enter(`/invitations/${answer.id}`, answer.code)).status, 303)
  assert.equal((await personOf('first@assoc.example'))?.name_ja, '架空 一郎')
  const again = await inviteAs(
    site.tools,
    { program: 'command-line' },
    { ...account, email: 'first@assoc.example', roles: ['secretariat'] },
  )
  assert.deepEqual('failed' in again && again.failed, 'clash')
  const wrong = await inviteAs(
    site.tools,
    { program: 'command-line' },
    { ...account, institution_code: 'SEC-001', email: 'x@assoc.example', roles: ['secretariat'] },
  )
  assert.deepEqual(wrong, { failed: 'roles' })
})

test('a new colleague at the desk is made known to the whole desk', async () => {
  const { path, code, email } = await invited(secretariat, {
    institution_code: 'ASSOC',
    email: 'new.desk@assoc.example',
    roles: 'secretariat',
  })
  const { id } = await site.db.selectFrom('desk_entry').select('id').executeTakeFirstOrThrow()
  await site.done(await site.as('secretariat_approver'), `/desk-entries/${id}/agreement`, {})
  await enter(path, code)
  assert.equal(email, 'new.desk@assoc.example')
  const told = (await lettersTo('desk-deputy@assoc.example')).filter(({ purpose }) => purpose === 'account-opened')
  assert.match(told.at(-1)?.body ?? '', /架空 花子のアカウントが開かれました/)
})
