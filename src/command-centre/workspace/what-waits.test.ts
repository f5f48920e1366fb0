import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { draftNotice, submitNotice } from '#telling/notices/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { hiddenIn } from '#tests/kit/notice.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { idIn, wordsOf } from '#tests/kit/pages.ts'
import { askTest } from '#tests/kit/rounds.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Who = 'secretariat' | 'secretariat_approver' | 'authority' | 'bcp_contact' | 'auditor'
let site: TestSite
let people: Record<Who, Awaited<ReturnType<TestSite['personOf']>>>
let real = ''
let drill = ''
const client = (who: Who) => people[who].client
before(async () => {
  site = await testSite()
  people = await site.people('secretariat', 'secretariat_approver', 'authority', 'bcp_contact', 'auditor')
  const { id } = await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const opened = async (mode: string, title_ja: string) =>
    idIn(
      await site.done(
        client('secretariat'),
        '/situations',
        situationForm(id, site.tools.clock(), { mode, title_ja, title_en: title_ja }),
      ),
    )
  drill = await opened('exercise', '架空の訓練')
  real = await opened('actual', '架空の災害')
})
after(() => site.close())

/** What the home page of this person lists, in its order: what is to be done and how many. */
async function listed(who: Who): Promise<string[]> {
  const html = await site.main(client(who), '/home')
  const [, list = ''] = /<section aria-labelledby="next">([\s\S]*?)<\/section>/.exec(html) ?? []
  return [
    ...list.matchAll(/<li[\s\S]*?<a [^>]*>([^<]*)<\/a>[\s\S]*?<span class="dads-chip"[^>]*>([\s\S]*?)<\/span>/g),
  ].map(([, what = '', count = '']) => `${what} ${wordsOf(count)}`)
}
/** The figure in the menu; null when it is not shown. */
async function inMenu(who: Who, path = '/situations'): Promise<number | null> {
  const html = await site.whole(client(who), path)
  const [, hidden, figure] =
    /<p id="to-do" class="dads-header__waiting"( hidden="")?>[\s\S]*?<b>(\d+)<\/b>/.exec(html) ?? []
  return hidden ? null : Number(figure)
}
const institutions = () => site.db.selectFrom('institution').select('id').orderBy('code').limit(3).execute()
const reply = (sender: string, finding: 'unclear' | 'late' = 'unclear') =>
  site.db
    .insertInto('reply')
    .values({
      ...{ channel: 'mail', message_id: `<${crypto.randomUUID()}@firm.example>`, sender, subject: '', text: '停止中' },
      ...{ finding, recipient_id: null, receipt_id: null, received_at: site.tools.clock() },
      ...{ settled_how: null, settled_by: null },
    })
    .execute()

test('nothing waits: no list, and no figure in the menu', async () => {
  for (const who of ['secretariat', 'secretariat_approver', 'authority', 'bcp_contact'] as const) {
    assert.deepEqual(await listed(who), [])
    assert.equal(await inMenu(who), null)
  }
})

test('whatever waits has its number on home, in the menu and on its situation, real before any drill, for whom it is to do', async () => {
  const desk = people.secretariat.person
  const ids = (await institutions()).map((each) => each.id)
  const at = new Date(site.tools.clock().getTime() - 60 * 60_000)
  await askTest(site.db, desk, { situation_id: drill, mode: 'exercise', institution_ids: ids, at })
  assert.deepEqual(await listed('secretariat'), ['【訓練】回答期限を過ぎた機関を確かめる 3件'])

  await reply('a@firm.example')
  await reply('b@firm.example')
  const { receipts } = await askTest(site.db, desk, { situation_id: real, mode: 'actual', institution_ids: ids, at })
  await site.db
    .updateTable('receipt')
    .set({ call_since: at })
    .where('id', '=', receipts[0]?.id ?? '')
    .execute()
  const { id } = await draftNotice(site.tools, desk, testDraft({ mode: 'actual', situation_id: real }))
  await submitNotice(site.tools, desk, { id, version: 1, seen: await seenNow(site.tools, id) })
  await site.done(client('secretariat'), '/demo/telegrams', { name: 'vxse51-tokyo.xml' })

  const calls = ['未回答の機関に電話する 1件']
  assert.deepEqual(await listed('secretariat'), [
    '提案を判断する 1件',
    '読み取れない返信を確かめる 2件',
    ...calls,
    '回答期限を過ぎた機関を確かめる 3件',
    '【訓練】回答期限を過ぎた機関を確かめる 3件',
  ])
  assert.equal(await inMenu('secretariat'), 10)
  // Who wrote a real notice does not release it; another of the desk does.
  assert.deepEqual(await listed('secretariat_approver'), ['承認待ちの通知を確かめる 1件', ...calls])
  assert.equal(await inMenu('secretariat_approver'), 2)
  for (const who of ['authority', 'bcp_contact', 'auditor'] as const) {
    assert.deepEqual(await listed(who), [], who)
    assert.equal(await inMenu(who), null, who)
  }
  const page = await site.main(client('secretariat'), `/situations/${real}`)
  assert.match(wordsOf(page), /次にすること.*未回答の機関に電話する.*1件.*回答期限を過ぎた機関を確かめる.*3件/)
  assert.doesNotMatch(wordsOf(page), /【訓練】回答期限/)
})

test('a settled reply, an answer and a closing take their numbers away at once', async () => {
  const before = (await inMenu('secretariat')) ?? 0
  const [first] = await site.db.selectFrom('reply').select('id').execute()
  await site.done(client('secretariat'), `/replies/${first?.id}/settlement`, { as: 'set_aside' })
  assert.equal(await inMenu('secretariat'), before - 1)
  const closing = { closing_reason: '訓練の終わり', closing_ja: '終わりました。', closing_en: 'It is over.' }
  const closed = await closeAt(client('secretariat'), `/situations/${drill}`, closing)
  assert.equal(closed.status, 303)
  assert.equal(await inMenu('secretariat'), before - 4)
})

test('a promised publication and a report that is overdue wait for the desk, once their time has come', async () => {
  const path = `/situations/${real}/publication`
  const soon = new Date(site.tools.clock().getTime() + 30 * 60_000)
  const local = new Date(soon.getTime() + 9 * 3_600_000).toISOString().slice(0, 16)
  const chosen = {
    text_ja: '続報します',
    text_en: 'More follows',
    next_update_at: local,
    idempotency_key: crypto.randomUUID(),
  }
  const check = await (await client('secretariat').post(`${path}/check`, chosen)).text()
  const { seen = '' } = hiddenIn(check, `${path}s`)
  await site.done(client('secretariat'), `${path}s`, { ...chosen, seen })
  const [institution] = await institutions()
  const report = { situation_id: real, mode: 'actual' as const, ...allNormal(20), idempotency_key: crypto.randomUUID() }
  await fileReport(site.tools, people.secretariat.person, report, institution?.id)
  const overdue = (lines: string[]) => lines.filter((line) => /公表を更新|更新が遅れている/.test(line))
  assert.deepEqual(overdue(await listed('secretariat')), [])
  await site.pass({ minutes: 31 })
  assert.deepEqual(overdue(await listed('secretariat')), [
    '公表を更新する（予定を過ぎたか、対策本部の状況が変わりました） 1件',
    '報告の更新が遅れている機関を確かめる 1件',
  ])
})

test('answers that differ, a reopening, a role of the desk and a recovery wait for another than who asked', async () => {
  await reply('colleague@firm.example', 'late')
  const { id: desk } = people.secretariat.person
  const { id: somebody } = people.bcp_contact.person
  const at = site.tools.clock()
  const asked = { asked_by: desk, asked_at: at, reason: '試験' }
  await site.done(client('secretariat'), `/situations/${drill}/reopening`, {
    id: crypto.randomUUID(),
    reason: '終結は誤り',
    text_ja: '続いています。',
    text_en: 'It goes on.',
  })
  await site.db
    .insertInto('desk_entry')
    .values({
      ...{ id: crypto.randomUUID(), person_id: somebody, invitation_id: null, roles: ['auditor'], ...asked },
      ...{ agreed_by: null, agreed_at: null, refused_by: null, refused_at: null },
    })
    .execute()
  await site.db
    .insertInto('recovery')
    .values({
      ...{ person_id: somebody, reason: '機種変更', identity_check: '電話', requested_by: desk, requested_at: at },
      ...{ expires_at: new Date(at.getTime() + 60_000), idempotency_key: crypto.randomUUID() },
      ...{ approved_by: null, approved_at: null, invitation_id: null, withdrawn_by: null, withdrawn_at: null },
    })
    .execute()
  const of = (lines: string[]) => lines.filter((line) => /食い違う|再開に同意|役割の付与|認証の復旧/.test(line))
  assert.deepEqual(of(await listed('secretariat_approver')), [
    '事務局の役割の付与に同意するか決める 1件',
    '認証の復旧を承認するか決める 1件',
    '【訓練】事案の再開に同意するか決める 1件',
  ])
  assert.deepEqual(of(await listed('secretariat')), ['食い違う回答を判断する 1件'], 'who asked does not decide')
})

test('each kind has its words in both languages, and leads to a page that its reader may open', async () => {
  for (const role of ['secretariat', 'secretariat_approver'] satisfies Role[]) {
    const html = await site.main(client(role), '/home')
    const [, list = ''] = /<section aria-labelledby="next">([\s\S]*?)<\/section>/.exec(html) ?? []
    const links = [...list.matchAll(/href="([^"]+)"/g)].map(([, path = '']) => path)
    assert.ok(links.length > 0, role)
    for (const path of links) assert.equal((await client(role).get(path)).status, 200, path)
    const english = site.client(`${client(role).cookie}; language=en`)
    const words = await site.main(english, '/home')
    const [, next = ''] = /<section aria-labelledby="next">([\s\S]*?)<\/section>/.exec(words) ?? []
    assert.match(wordsOf(next), /^Next to do/)
    for (const [, text = ''] of next.matchAll(/<a [^>]*>([^<]*)<\/a>/g)) assert.doesNotMatch(text, /[ぁ-んァ-ン一-龠]/)
  }
})
