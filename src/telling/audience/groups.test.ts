import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'
import type { Lists } from './audience-form.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let colleague: Client

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  const { institution_id } = await site.accountOf('secretariat')
  const { id } = await site.db
    .insertInto('person')
    .values({ institution_id, name_ja: '架空 同僚', email: 'colleague@assoc.example', is_demo: true })
    .returning('id')
    .executeTakeFirstOrThrow()
  await site.db.insertInto('role_grant').values({ person_id: id, role: 'secretariat' }).execute()
  const own = await site.accountOf('secretariat')
  await site.db
    .insertInto('credential')
    .columns(['person_id', 'account_id', 'provider_id', 'password'])
    .expression(
      site.db
        .selectFrom('credential')
        .where('person_id', '=', own.id)
        .select(({ val }) => [val(id).as('person_id'), val(id).as('account_id'), 'provider_id', 'password'])
        .limit(1),
    )
    .execute()
  colleague = await site.signIn('colleague@assoc.example')
})
after(() => site.close())

const form = (lists: Lists) => {
  const body = new URLSearchParams()
  for (const [name, values = []] of Object.entries({
    name_en: [`Fictional ${randomUUID()}`],
    version: ['0'],
    ...lists,
  }))
    for (const value of values) body.append(name, value)
  return body
}
const post = (client: Client, at: string, lists: Lists) => client.send('POST', at, form(lists), sameOrigin)
async function made(lists: Lists): Promise<string> {
  const answer = await post(desk, '/audiences', { idempotency_key: [randomUUID()], ...lists })
  assert.equal(answer.status, 303)
  return answer.headers.get('location') ?? ''
}
const text = (client: Client, at: string) => site.main(client, at)
const stored = (at: string) =>
  site.db.selectFrom('audience_group_now').selectAll().where('id', '=', at.split('/')[2]!).executeTakeFirstOrThrow()

test('the empty list says what to do: the desk is led to make one, an auditor is told who makes them', async () => {
  assert.match(await text(desk, '/audiences'), /まだありません.*緊急時に1回で選べます/s)
  assert.match(await text(desk, '/audiences'), /href="\/audiences\/new"/)
  const audit = await text(await site.as('auditor'), '/audiences')
  assert.match(audit, /事務局が作ると/)
  assert.doesNotMatch(audit, /audiences\/new/)
})

test('a group is made, stands in the list with its institutions of today, and says who they are', async () => {
  const at = await made({ name_ja: ['取引所と清算'], kinds: ['exchange', 'clearing_equities'], without: ['EXC-2'] })
  const count = await site.db
    .selectFrom('institution')
    .where('kind', 'in', ['exchange', 'clearing_equities'])
    .where('code', '!=', 'EXC-2')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  assert.match(await text(desk, '/audiences'), new RegExp(`href="${at}">取引所と清算</a>.*?<div>${count.n}</div>`, 's'))
  const page = await text(await site.as('secretariat_approver'), at)
  assert.match(page, /取引所、清算機関（株式）/)
  assert.doesNotMatch(page, /次のどれか1つにでも/)
  assert.match(page, new RegExp(`<b>${count.n}機関</b>`))
  assert.doesNotMatch(page, /\/edit"|\/removal"/)
  const [line] = (await site.trail()).filter(({ about }) => about === at)
  assert.deepEqual([line?.action, line?.details.name_ja], ['audience-group.added', '取引所と清算'])

  await site.db
    .updateTable('institution')
    .set({ active_to: '2020-01-01' })
    .where('kind', '=', 'clearing_equities')
    .execute()
  assert.match(await text(desk, at), new RegExp(`<b>${Number(count.n) - 1}機関</b>`))
})

test('S0-30 a member sees no groups: no page, no link to them, no row', async () => {
  const member = await site.as('bcp_contact')
  for (const at of ['/audiences', await made({ name_ja: ['会員に見えない'], everyone: ['yes'] })])
    assert.equal((await member.get(at)).status, 403)
  assert.doesNotMatch(await site.whole(member, '/home'), /audiences|宛先グループ/)
  assert.match(await text(desk, '/notices'), /href="\/audiences"/)
  const before = (await site.trail()).filter(({ action }) => action.startsWith('audience-group'))
  assert.equal((await post(member, '/audiences', { name_ja: ['架空'], everyone: ['yes'] })).status, 403)
  const after = (await site.trail()).filter(({ action }) => action.startsWith('audience-group'))
  assert.equal(after.length, before.length)
})

test('pressing twice, one after the other or at once, makes one group; a change sent twice is one change', async () => {
  const [key, name] = [randomUUID(), [`Fictional twice`]]
  const press = () =>
    post(desk, '/audiences', { idempotency_key: [key], name_ja: ['二度押し'], name_en: name, kinds: ['pts'] })
  const answers = [await press(), ...(await Promise.all([press(), press()]))]
  assert.deepEqual(new Set(answers.map(({ headers }) => headers.get('location'))), new Set([`/audiences/${key}`]))
  const at = `/audiences/${key}`
  const change = () => post(desk, at, { version: ['1'], name_ja: ['二度押し'], name_en: name, kinds: ['exchange'] })
  for (const answer of await Promise.all([change(), change()])) assert.equal(answer.status, 303)
  const lines = (await site.trail()).filter(({ about }) => about === at)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['audience-group.added', 'audience-group.changed'],
  )
  assert.equal((await stored(at)).version, 2)
  // What changes nothing makes no version, whoever sends it.
  const unchanged = { version: ['2'], name_ja: ['二度押し'], name_en: name, kinds: ['exchange'] }
  assert.equal((await post(colleague, at, unchanged)).status, 303)
  assert.equal((await stored(at)).version, 2)
})

test('what a group said before stays, version by version, with who said it', async () => {
  const at = await made({ name_ja: ['変わる組'], name_en: ['Changing'], kinds: ['pts'] })
  const change = { name_ja: ['変わった組'], name_en: ['Changing'], version: ['1'], kinds: ['pts', 'exchange'] }
  assert.equal((await post(colleague, at, change)).status, 303)
  assert.equal((await desk.post(`${at}/removal`)).status, 303)
  const versions = await site.db
    .selectFrom('audience_group')
    .innerJoin('person', 'person.id', 'audience_group.made_by')
    .where('audience_group.id', '=', at.split('/')[2]!)
    .select(['version', 'audience_group.name_ja', 'person.name_ja as by', 'removed_at'])
    .orderBy('version')
    .execute()
  const own = await site.accountOf('secretariat')
  assert.deepEqual(
    versions.map(({ version, name_ja, by, removed_at }) => [version, name_ja, by, removed_at !== null]),
    [
      [1, '変わる組', own.name_ja, false],
      [2, '変わった組', '架空 同僚', false],
      [3, '変わった組', own.name_ja, true],
    ],
  )
  const [, line] = (await site.trail()).filter(({ about }) => about === at)
  const changes = line?.details.changes as { field: string; before: unknown; after: unknown }[]
  assert.deepEqual(changes[0], { field: 'name_ja', before: '変わる組', after: '変わった組' })
  assert.deepEqual(
    changes.map(({ field }) => field),
    ['name_ja', 'audience'],
  )
  await assert.rejects(site.db.updateTable('audience_group').set({ name_ja: '別' }).execute(), /permission denied/)
})

test('a change by another meanwhile is shown beside one’s own words, and nothing is lost of either', async () => {
  const at = await made({ name_ja: ['同時に変更'], kinds: ['pts'] })
  const theirs = { name_ja: ['同時に変更'], version: ['1'] }
  assert.equal((await post(colleague, at, { ...theirs, markets: ['bonds'] })).status, 303)
  const mine = { name_ja: ['わたしの <名前>'], name_en: ['My name'], version: ['1'], kinds: ['exchange'] }
  const answer = await post(desk, at, mine)
  assert.equal(answer.status, 409)
  const page = await answer.text()
  assert.match(page, /ほかの人が先に変更しました/)
  assert.match(page, /同時に変更.*架空 同僚.*公社債/s)
  assert.match(page, /value="わたしの &lt;名前&gt;"/)
  assert.match(page, /name="kinds"[^>]*checked=""[^>]*value="exchange"/)
  assert.deepEqual((await stored(at)).audience, {
    ...((await stored(at)).audience as object),
    markets: ['bonds'],
    kinds: [],
  })
  // Who has seen it may go on.
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
  assert.equal((await post(desk, at, { ...mine, version: [version] })).status, 303)
  assert.equal((await stored(at)).name_ja, 'わたしの <名前>')
})

test('of two who change a group in the same moment one is told', async () => {
  const at = await made({ name_ja: ['同じ瞬間'], kinds: ['pts'] })
  const answers = await Promise.all([
    post(desk, at, { name_ja: ['同じ瞬間'], version: ['1'], kinds: ['exchange'] }),
    post(colleague, at, { name_ja: ['同じ瞬間'], version: ['1'], markets: ['bonds'] }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  assert.equal((await stored(at)).version, 2)
})

test('a group that would hold itself, at whatever depth, is refused with the choice that leads back', async () => {
  const one = await made({ name_ja: ['輪の一'], kinds: ['pts'] })
  const [id] = [one.split('/')[2]!]
  const two = await made({ name_ja: ['輪の二'], groups: [id] })
  const three = await made({ name_ja: ['輪の三'], groups: [two.split('/')[2]!] })
  assert.doesNotMatch(await text(desk, `${one}/edit`), new RegExp(`name="groups"[^>]*value="${id}"`))
  for (const [groups, name] of [
    [three.split('/')[2]!, '輪の三'],
    [id, '輪の一'],
  ] as const) {
    const answer = await post(desk, one, { name_ja: ['輪の一'], version: ['1'], groups: [groups] })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), new RegExp(`href="#audience">「${name}」はこのグループ自身を含む`))
  }
  assert.equal((await stored(one)).version, 1)
})

test('a group that another holds is removed only by who says that they know', async () => {
  const inner = await made({ name_ja: ['使われる組'], kinds: ['pts'] })
  const outer = await made({ name_ja: ['使う組'], groups: [inner.split('/')[2]!], institutions: ['EXC-1'] })
  assert.match(await text(desk, inner), new RegExp(`この宛先グループを使っている.*href="${outer}">使う組`, 's'))
  const refused = await desk.post(`${inner}/removal`)
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /<a href="#used_known">/)
  assert.equal((await stored(inner)).removed_at, null)

  for (const _press of [1, 2]) {
    const answer = await desk.post(`${inner}/removal`, { used_known: 'yes' })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/audiences'])
  }
  const lines = (await site.trail()).filter(({ about }) => about === inner)
  assert.deepEqual(lines.at(-1)?.details, { version: 2, name_ja: '使われる組', used_by: ['使う組'] })
  assert.equal(lines.at(-1)?.action, 'audience-group.removed')
  assert.equal(lines.length, 2)
  assert.doesNotMatch(await text(desk, '/audiences'), /使われる組/)
  assert.match(await text(desk, inner), /削除されています/)
  assert.match(await text(desk, outer), /<b>1機関<\/b>.*削除された宛先グループ.*使われる組/s)
  assert.equal((await desk.get(`${inner}/edit`)).status, 303)
})

test('a group that somebody removes while another writes is not lost: it can be saved as a new one', async () => {
  const at = await made({ name_ja: ['消える組'], kinds: ['pts'] })
  assert.equal((await desk.post(`${at}/removal`)).status, 303)
  const answer = await post(colleague, at, { name_ja: ['消える組'], version: ['1'], kinds: ['exchange'] })
  assert.equal(answer.status, 409)
  const page = await answer.text()
  assert.match(page, /ほかの人がこの宛先グループを削除しました/)
  assert.match(page, /<form [^>]*action="\/audiences"/)
  const idempotency_key = /name="idempotency_key" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const fresh = { name_ja: ['消える組'], kinds: ['exchange'], idempotency_key: [idempotency_key] }
  assert.equal((await post(colleague, '/audiences', fresh)).headers.get('location'), `/audiences/${idempotency_key}`)
})

for (const [field, change] of [
  ['name_ja', { name_ja: [' '] }],
  ['name_ja', { name_ja: ['あ'.repeat(101)] }],
  ['name_ja', { name_ja: ['もうある名前'] }],
  ['name_en', { name_en: [''] }],
  ['name_en', { name_en: ['Taken'] }],
  ['audience', { kinds: [] }],
  ['audience', { kinds: ['x'] }],
  ['audience', { areas: ['999'] }],
] as [string, Lists][])
  test(`a form with a bad ${field} comes back with the person's words and a link to the field (${JSON.stringify(change).slice(0, 40)})`, async () => {
    await post(desk, '/audiences', {
      ...{ name_ja: ['もうある名前'], name_en: ['Taken'], everyone: ['yes'] },
      idempotency_key: ['0198c5f0-0000-4000-8000-00000000000a'],
    })
    const before = (await site.trail()).length
    const answer = await post(desk, '/audiences', {
      ...{ name_ja: ['書きかけ <名前>'], name_en: ['Half <done>'], kinds: ['pts'], without: ['SEC-001'] },
      idempotency_key: [randomUUID()],
      ...change,
    })
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${field}">`))
    assert.match(page, new RegExp(`aria-describedby="${field}-problem`))
    assert.match(page, /書きかけ &lt;名前&gt;|Half &lt;done&gt;/)
    assert.match(page, /name="without"[^>]*checked=""[^>]*value="SEC-001"/)
    assert.equal((await site.trail()).length, before)
    assert.deepEqual(site.reported, [])
  })

test('the edit page holds everything that was chosen', async () => {
  const at = await made({
    name_ja: ['全部'],
    kinds: ['pts'],
    areas: ['13'],
    markets: ['bonds'],
    bodies: ['council'],
    institutions: ['SEC-001'],
    without: ['SEC-002'],
  })
  const page = await text(desk, `${at}/edit`)
  for (const [name, value] of [
    ['kinds', 'pts'],
    ['areas', '13'],
    ['markets', 'bonds'],
    ['bodies', 'council'],
    ['institutions', 'SEC-001'],
    ['without', 'SEC-002'],
  ] as const)
    assert.match(page, new RegExp(`name="${name}"[^>]*checked=""[^>]*value="${value}"`), name)
  assert.equal(
    (page.match(/ id="([^"]+)"/g) ?? []).length,
    new Set(page.match(/ id="([^"]+)"/g)).size,
    'an id stands twice',
  )
  assert.match(await text(desk, at), /次のどれか1つにでも当たる.*東京都/s)
})
