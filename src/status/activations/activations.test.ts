import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { hiddenIn } from '#tests/kit/notice.ts'
import { idIn } from '#tests/kit/pages.ts'
import { activationCriterionForm, activationForm, bodyForm, situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let now = new Date('2027-01-15T03:00:00Z')
let site: TestSite
let desk: Client
let deputy: Client
let approver: Client
/** Two people of the bond clearing house, whose body decides on the bond market's BCP. */
let body: Client
let second: Client
let firm: Client
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
  approver = await site.signIn('approver@assoc.example')
  body = await site.signIn('bcp@mizukagami.example')
  second = await site.signIn('deputy@mizukagami.example')
  firm = await site.signIn('bcp@sokyu.example')
  for (const [market, institution] of Object.entries({ bonds: 'CCP-GB', exchange: 'CCP-GB', off_exchange: 'CCP-GB' })) {
    await site.done(desk, `${pathOf(market)}/body`, bodyForm({ institution }))
    await site.done(deputy, `${pathOf(market)}/body/agreement`, { version: '1' })
    await site.done(desk, `${pathOf(market)}/criterion`, activationCriterionForm())
  }
})
after(() => site.close())
beforeEach(() => {
  assert.deepEqual(site.reported, [])
  now = new Date(now.getTime() + 60_000)
})

const pathOf = (market: string) => `/activations/markets/${market}`
const enter = async (by: Client, market: string, change: Record<string, string> = {}) =>
  site.done(by, `${pathOf(market)}/entries`, activationForm(now, { criterion_version: '1', ...change }))
const confirm = (by: Client, entry: string) => site.done(by, `${entry}/confirmation`)
const decided = async (market: string, change: Record<string, string> = {}, [one, other] = [body, second]) => {
  const entry = await enter(one, market, change)
  await confirm(other, entry)
  return entry
}
const rowOf = (entry: string) =>
  site.db.selectFrom('activation').where('id', '=', idIn(entry)).selectAll().executeTakeFirstOrThrow()
/** What was done with it; who was refused has lines of their own. */
const actionsOf = async (about: string) =>
  (await site.trailOf(about)).map(({ action }) => action).filter((action) => action !== 'access.denied')
const later = (minutes: number) => toCivilInput(new Date(now.getTime() + minutes * 60_000))

test('the bond market’s body activates and lifts its BCP by two of its own people, as its own word', async () => {
  const entry = await enter(body, 'bonds', { reason: '決済に重大な支障がある' })
  // Nothing counts yet, and nobody else hears of it.
  assert.match(await site.read(body, entry), /もう1人の確認を待っています.*入力した本人は確認できません/)
  assert.match(await site.read(firm, '/activations'), /公社債 発動していない/)
  await site.refused(firm, entry, 404)
  assert.match(await site.refused(body, `${entry}/confirmation`, 409, {}), /入力した本人は確認できません/)
  // It is the body's own word: the desk sees it, and is not the second person.
  assert.match(await site.read(desk, entry), /決定主体の機関が自ら入力.*入力した側/)
  await site.refused(desk, `${entry}/confirmation`, 403, {})
  assert.match(await site.read(second, '/home'), /自機関の会議体の発動・解除の入力を確認する/)
  assert.doesNotMatch(await site.read(desk, '/home'), /発動・解除の入力を確認する/)
  await confirm(second, entry)
  await confirm(second, entry)
  for (const page of ['/activations', '/board', '/home'])
    assert.match(await site.read(firm, page), /公社債 発動中/, page)
  const row = await rowOf(entry)
  assert.deepEqual([row.is_on_behalf, row.outcome, row.criterion_version], [false, 'confirmed', 1])
  assert.deepEqual(await actionsOf(entry), ['activation.put-forward', 'activation.activated'])
  const line = (await site.trailOf(entry)).at(-1)
  assert.equal(line?.details.market, 'bonds')
  assert.match(await site.read(desk, '/trail'), /市場のBCPの発動を確認.*公社債/)

  const lifting = await decided('bonds', { step: 'lifted', reason: '支障が解消した' })
  assert.match(await site.read(firm, '/activations'), /公社債 解除/)
  assert.deepEqual(await actionsOf(lifting), ['activation.put-forward', 'activation.lifted'])
  const history = await site.read(firm, pathOf('bonds'))
  assert.match(history, /解除.*支障が解消した.*発動.*決済に重大な支障がある/)
})

test('what cannot follow is refused in words, at its field, and keeps what was typed', async () => {
  const refused = (change: Record<string, string>, by = body) =>
    site.refused(by, `${pathOf('exchange')}/entries`, 422, activationForm(now, { reason: '残る言葉', ...change }))
  assert.match(await refused({ step: 'lifted' }), /発動していないため、解除できません/)
  assert.match(await refused({ decided_at: later(5) }), /決定の時刻が未来/)
  assert.match(await refused({ effective_at: later(-5) }), /効力の時刻が決定の時刻より前/)
  assert.match(await refused({ criterion_version: '9' }), /発動基準の版を選び直して/)
  assert.match(await refused({ situation_id: crypto.randomUUID() }), /関係する事案を選び直して/)
  const typed = await refused({ reason: '', decided_at: '2027-01-01T09:30' })
  assert.match(typed, /理由を2,000文字以内/)
  await decided('exchange', { effective_at: later(120) })
  assert.match(await site.read(firm, '/activations'), /取引所取引 発動していない 発動を決定/)
  assert.match(await refused({ step: 'activated' }), /二重には発動できません/)
  assert.match(
    await refused({ step: 'lifted', decided_at: later(-30), effective_at: later(180) }),
    /新しい決定が既に記録/,
  )
  assert.match(await refused({ step: 'lifted', effective_at: later(60) }), /解除の効力が発動の効力より前/)
  // A firm of no body enters nothing, and is not shown the form.
  await site.refused(firm, `${pathOf('exchange')}/entries`, 403, activationForm(now))
  await site.refused(firm, `${pathOf('exchange')}/entries/new`, 403)
  await site.refused(desk, `${pathOf('nothing')}`, 404)
})

test('the desk records for a body what it was told, marked so, and by two of the desk', async () => {
  const entry = await enter(desk, 'off_exchange')
  assert.match(await site.read(desk, entry), /事務局が代わりに記録/)
  await site.refused(second, `${entry}/confirmation`, 403, {})
  assert.match(await site.read(approver, '/home'), /BCPの発動・解除の入力を確認する/)
  await confirm(approver, entry)
  assert.equal((await rowOf(entry)).is_on_behalf, true)
  for (const page of ['/activations', entry]) assert.match(await site.read(firm, page), /事務局が代わりに記録/)
  // Nor can the database be told that it was the body's own.
  const { person } = await site.personOf((await site.accountOf('secretariat')).id)
  const { id: _, place: __, ...row } = await rowOf(entry)
  const as_own = {
    ...row,
    id: crypto.randomUUID(),
    market: 'off_exchange',
    step: 'lifted' as const,
    is_on_behalf: false,
  }
  const waiting = { ...as_own, put_forward_by: person.id, outcome: null, settled_by: null, settled_at: null }
  await assert.rejects(
    site.tools.dbOf(person, false).insertInto('activation').values(waiting).execute(),
    /row-level security/,
  )
})

test('an error is taken back by two, stays struck through, and what stood before stands again', async () => {
  const wrong = await decided('bonds', { reason: '入力を誤った' })
  assert.match(await site.read(firm, '/activations'), /公社債 発動中/)
  // The desk does not correct the word of the body itself, nor an older one.
  await site.refused(desk, `${wrong}/correction`, 403, { id: crypto.randomUUID(), reason: '違う' })
  assert.match(await site.read(desk, wrong), /訂正もその機関が行います/)
  await site.refused(body, `${wrong}/correction`, 422, { id: crypto.randomUUID(), reason: '' })
  const key = crypto.randomUUID()
  const correction = await site.done(body, `${wrong}/correction`, { id: key, reason: '市場を取り違えた' })
  assert.equal(await site.done(body, `${wrong}/correction`, { id: key, reason: '市場を取り違えた' }), correction)
  assert.match(await site.read(firm, '/activations'), /公社債 発動中/)
  await confirm(second, correction)
  assert.match(await site.read(firm, '/activations'), /公社債 解除/)
  assert.match(await site.main(firm, pathOf('bonds')), /<del>[\s\S]*?入力を誤った[\s\S]*?<\/del>/)
  assert.match(await site.read(firm, wrong), /誤りとして訂正されました/)
  assert.deepEqual(await actionsOf(correction), ['activation.put-forward', 'activation.corrected'])
  const csv = await (await firm.get('/activations.csv')).text()
  assert.match(csv, /公社債 発動[^\n]*入力を誤った/)
  assert.match(csv, /訂正（誤りの取消）[^\n]*市場を取り違えた/)
  await site.refused(body, `${wrong}/correction`, 409, { id: crypto.randomUUID(), reason: 'もう一度' })
})

test('of two presses one wins, and the other is told', async () => {
  const forms = [activationForm(now), activationForm(now)]
  const answers = await Promise.all([
    body.post(`${pathOf('bonds')}/entries`, forms[0]),
    second.post(`${pathOf('bonds')}/entries`, forms[1]),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  const lost = answers.findIndex(({ status }) => status === 409)
  assert.match((await answers[lost]?.text()) ?? '', /先に入力された別の内容が確認を待っています/)
  const entry = answers[1 - lost]?.headers.get('location') ?? ''
  const [own, other] = lost === 1 ? [body, second] : [second, body]
  const [confirmed, withdrawn] = await Promise.all([
    other.post(`${entry}/confirmation`),
    own.post(`${entry}/withdrawal`),
  ])
  assert.deepEqual([confirmed.status, withdrawn.status].sort(), [303, 409])
  const { outcome } = await rowOf(entry)
  assert.equal(outcome, confirmed.status === 303 ? 'confirmed' : 'withdrawn')
  if (outcome === 'confirmed') await decided('bonds', { step: 'lifted' })
  // What is withdrawn never counted; who may not know of it does not.
  const let_be = await enter(body, 'bonds')
  await site.done(body, `${let_be}/withdrawal`)
  await site.done(second, `${let_be}/withdrawal`)
  assert.match(await site.refused(second, `${let_be}/confirmation`, 409, {}), /取り下げられました/)
  assert.deepEqual(await actionsOf(let_be), ['activation.put-forward', 'activation.withdrawn'])
  assert.match(await site.read(desk, pathOf('bonds')), /取り下げられた入力/)
  await site.refused(firm, let_be, 404)
})

test('a drill stands apart from what is real, and its situation tells it', async () => {
  const form = situationForm('00000000-0000-4000-8000-000000000001', now, { mode: 'exercise', title_ja: '架空の訓練' })
  const situation = await site.done(desk, '/situations', form)
  const of = { mode: 'exercise', situation_id: situation.split('/')[2] ?? '' }
  const wrong_mode = activationForm(now, { ...of, mode: 'actual' })
  assert.match(await site.refused(body, `${pathOf('bonds')}/entries`, 422, wrong_mode), /区分.*同じ事案/)
  assert.match(await site.read(body, situation), /この事案に関係する発動・解除を入力する/)
  const entry = await decided('bonds', of)
  assert.match(await site.whole(body, entry), /【訓練】/)
  assert.match(await site.read(firm, '/activations'), /公社債 解除.*【訓練】.*公社債 発動中/)
  assert.match(await site.read(firm, '/board'), /公社債 解除/)
  assert.match(await site.read(firm, `${situation}/board`), /公社債 発動中/)
  assert.match(await site.read(firm, situation), /この事案に関係する発動・解除.*公社債 発動/)
  assert.match(await site.read(desk, `${situation}/log`), /市場のBCPの発動を確認.*公社債/)
})

test('what the public reads changes by a publication alone, and the desk is told when it is not the last word any more', async () => {
  const form = situationForm('00000000-0000-4000-8000-000000000001', now)
  const situation = await site.done(desk, '/situations', form)
  const publish = async () => {
    const chosen = { text_ja: '公社債のBCPについて', text_en: 'On bonds', activations: 'bonds', next_update_at: '' }
    const page = await site.whole(desk, `${situation}/publication`)
    assert.match(page, /市場のBCPの発動状況/)
    const checked = await (await desk.post(`${situation}/publication/check`, chosen)).text()
    const { seen = '' } = hiddenIn(checked, `${situation}/publications`)
    const idempotency_key = crypto.randomUUID()
    await site.done(desk, `${situation}/publications`, { ...chosen, seen, idempotency_key })
    return checked.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
  }
  const publicNow = async () => {
    const row = await site.db
      .selectFrom('publication')
      .selectAll()
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    return JSON.stringify(row?.snapshot ?? {})
  }
  await publish()
  await decided('bonds', { reason: '内部の理由' })
  assert.doesNotMatch(await publicNow(), /"step":"activated"/)
  assert.match(await site.read(desk, '/home'), /公表中のBCPの発動状況を改める/)
  assert.match(await publish(), /公社債のBCP.*発動/)
  assert.match(await publicNow(), /"step":"activated"/)
  assert.doesNotMatch(await publicNow(), /内部の理由/)
  assert.doesNotMatch(await site.read(desk, '/home'), /公表中のBCPの発動状況を改める/)
})

test('N-8 who gave the other their role within 30 days is not the second person, in either direction', async () => {
  const idOf = async (email: string) =>
    (await site.db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirstOrThrow()).id
  const [one, other] = [await idOf('bcp@mizukagami.example'), await idOf('deputy@mizukagami.example')]
  const grant = (person_id: string, granted_by: string | null, days: number) =>
    site.db
      .updateTable('role_grant')
      .set({ granted_by, granted_at: new Date(now.getTime() - days * 86_400_000) })
      .where('person_id', '=', person_id)
      .execute()
  const entry = await enter(body, 'off_exchange', { mode: 'exercise' })
  for (const [given, by] of [
    [other, one],
    [one, other],
  ] as const) {
    await grant(given, by, 29)
    const answer = await second.post(`${entry}/confirmation`, {})
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /30日以内にもう1人を招いたか、役割を付与しています/)
    assert.equal((await rowOf(entry)).outcome, null)
    await grant(given, by, 31)
  }
  await confirm(second, entry)
  assert.equal((await rowOf(entry)).outcome, 'confirmed')
  for (const given of [one, other]) await grant(given, null, 31)
})
