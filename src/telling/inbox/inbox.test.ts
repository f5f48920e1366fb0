import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { nobody } from '#telling/audience/index.ts'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: Person
before(async () => {
  site = await testSite()
  const { id } = await site.accountOf('secretariat')
  desk = (await readPerson(site.db, id)) as Person
})
after(() => site.close())

const firm = 'bcp@sokyu.example'
const colleague = 'admin@sokyu.example'
const elsewhere = 'bcp@soten.example'

async function release(said: Partial<NoticeDraft> & { mode?: Mode } = {}) {
  const { mode = 'exercise' } = said
  const { id } = await draftNotice(site.tools, desk, testDraft({ mode, ...said }))
  const seen = await seenNow(site.tools, id)
  await submitNotice(site.tools, desk, { id, version: 1, seen })
  const override_reason = mode === 'actual' ? 'nobody else could be reached' : null
  const released = await releaseNotice(site.tools, desk, { id, version: 1, seen, mode, override_reason })
  assert.deepEqual(released, { id })
  await takeSteps(site.tools, ['mail'])
  return id
}
const receiptOf = async (notice_id: string, mail: string) => {
  const { institution_id } = await site.db
    .selectFrom('person')
    .where('email', '=', mail)
    .select('institution_id')
    .executeTakeFirstOrThrow()
  return site.db
    .selectFrom('receipt')
    .where('notice_id', '=', notice_id)
    .where('institution_id', '=', institution_id)
    .selectAll()
    .executeTakeFirstOrThrow()
}

test('N-2 one press on the page of a notice answers for the institution, and stops its own chasing and nobody else’s', async () => {
  const id = await release({ subject_ja: '本部 <設置>' })
  const reader = await site.signIn(firm)
  const home = await (await reader.get('/home')).text()
  assert.match(home, /回答が必要な通知が1件あります/)
  const asked = await reader.get(`/notices/${id}`)
  assert.deepEqual([asked.status, asked.headers.get('location')], [303, `/inbox/${id}`])
  const page = await (await reader.get(`/inbox/${id}`)).text()
  assert.match(page, /【訓練】対策本部通知: 本部 &lt;設置&gt;/)
  assert.match(page, /この通知を確認したと伝える/)
  assert.equal((await receiptOf(id, firm)).closed_at, null, 'reading changes nothing')

  assert.equal((await reader.post(`/notices/${id}/answer`)).status, 303)
  assert.equal((await reader.post(`/notices/${id}/answer`)).status, 303)
  const receipt = await receiptOf(id, firm)
  assert.equal(receipt.closed_how, 'answered')
  assert.equal(receipt.next_step_at, null)
  const others = await receiptOf(id, elsewhere)
  assert.equal(others.closed_at, null)
  assert.ok(others.next_step_at)
  const answers = await site.db.selectFrom('answer').where('notice_id', '=', id).selectAll().execute()
  assert.equal(answers.length, 1)
  assert.equal(answers[0]?.via, 'portal')

  const seen = await (await (await site.signIn(colleague)).get(`/inbox/${id}`)).text()
  assert.match(seen, /貴機関の回答/)
  assert.match(seen, /確認しました<\/b>/)
  const lines = await site.db
    .selectFrom('trail')
    .where('about', '=', `/notices/${id}`)
    .where('action', '=', 'notice.answered')
    .select('details')
    .execute()
  assert.equal(lines.length, 1)
})

test('a choice is one of those that were offered; a colleague may add another answer, which stands beside the first', async () => {
  const id = await release({
    answer_wanted: 'choice',
    choices: [
      { ja: '参加する', en: 'We take part' },
      { ja: '参加しない', en: 'We do not' },
    ],
  })
  const reader = await site.signIn(firm)
  for (const choice of ['', '0', '3', '1.5', 'x']) {
    const refused = await reader.post(`/notices/${id}/answer`, { choice, text: '書きかけ <本文>' })
    assert.equal(refused.status, 422, choice)
    const text = await refused.text()
    assert.match(text, /<a href="#choice">回答を1つ選んでください/)
    assert.match(text, /書きかけ &lt;本文&gt;<\/textarea>/)
  }
  assert.equal((await reader.post(`/notices/${id}/answer`, { choice: '2', text: '訓練日に休業' })).status, 303)
  assert.equal((await (await site.signIn(colleague)).post(`/notices/${id}/answer`, { choice: '1' })).status, 303)
  const answers = await site.db
    .selectFrom('answer')
    .where('notice_id', '=', id)
    .select(['choice', 'is_first', 'text'])
    .orderBy('answered_at')
    .execute()
  assert.deepEqual(answers, [
    { choice: 2, is_first: true, text: '訓練日に休業' },
    { choice: 1, is_first: false, text: '' },
  ])
})

test('S0-28 what waits for real stands before every drill, on the home page and among the notices received', async () => {
  const soon = new Date(site.tools.clock().getTime() + 60_000)
  await release({ subject_ja: '訓練の会合', answer_by: soon })
  await release({ subject_ja: '実際の会合', mode: 'actual' })
  await release({ subject_ja: '訓練の続き' })
  const reader = await site.signIn(elsewhere)
  for (const at of ['/home', '/inbox']) {
    const page = (await (await reader.get(at)).text()).split('<main')[1] ?? ''
    const real = page.indexOf('実際の会合')
    assert.ok(real > 0, at)
    for (const drill of ['訓練の会合', '訓練の続き']) assert.ok(real < page.indexOf(drill), `${at}: ${drill}`)
  }
})

test('S0-30 a notice that was not sent to an institution is not there for it, nor is a draft', async () => {
  const { code } = await site.db
    .selectFrom('institution')
    .innerJoin('person', 'person.institution_id', 'institution.id')
    .where('person.email', '=', elsewhere)
    .select('institution.code')
    .executeTakeFirstOrThrow()
  const id = await release({ audience: { ...nobody, institutions: [code] } })
  const draft = await draftNotice(site.tools, desk, testDraft({ mode: 'exercise', subject_ja: '下書きの件名' }))
  const reader = await site.signIn(firm)
  for (const hidden of [id, draft.id]) {
    assert.equal((await reader.get(`/inbox/${hidden}`)).status, 404)
    assert.equal((await reader.post(`/notices/${hidden}/answer`)).status, 404)
  }
  assert.doesNotMatch(await site.main(reader, '/inbox'), /下書きの件名/)
  assert.equal((await (await site.signIn(elsewhere)).get(`/inbox/${id}`)).status, 200)
})

test('S0-28 N-8 what was corrected is struck through wherever it appears, points at the correction, and takes no answer', async () => {
  const id = await release({ subject_ja: '誤った件名' })
  const newer = await release({ kind: 'correction', replaces_id: id, subject_ja: '正しい件名' })
  const reader = await site.signIn(firm)
  const page = await (await reader.get(`/inbox/${id}`)).text()
  assert.match(page, /<s>【訓練】対策本部通知: 誤った件名<\/s>/)
  assert.match(page, new RegExp(`href="/notices/${newer}"[^>]*>訂正後の通知を読む`))
  assert.doesNotMatch(page, /この通知を確認したと伝える|<h2 id="answer">/)
  assert.equal((await reader.post(`/notices/${id}/answer`)).status, 409)
  assert.match(await (await reader.get('/inbox')).text(), /<s>【訓練】対策本部通知: 誤った件名<\/s>/)
  assert.match(await (await reader.get(`/inbox/${newer}`)).text(), /<s>誤った件名<\/s>/)
})

test('what was withdrawn is not answered in the portal either, also where it had been answered before', async () => {
  const choices = [
    { ja: '出社できます', en: 'Can come in' },
    { ja: '出社できません', en: 'Cannot come in' },
  ]
  const id = await release({ answer_wanted: 'choice', choices })
  const reader = await site.signIn(firm)
  assert.equal((await reader.post(`/notices/${id}/answer`, { choice: '1' })).status, 303)
  await release({ kind: 'withdrawal', replaces_id: id, answer_wanted: 'none' })
  const refused = await reader.post(`/notices/${id}/answer`, { choice: '2' })
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /回答を受け付けていません：この通知は訂正されたか、取り消されています/)
  const answers = await site.db.selectFrom('answer').where('notice_id', '=', id).select('choice').execute()
  assert.deepEqual(answers, [{ choice: 1 }])
})

test('a colleague’s choice that the page has not shown is not passed over; seen, it is', async () => {
  const choices = [
    { ja: '出社できます', en: 'Can come in' },
    { ja: '出社できません', en: 'Cannot come in' },
  ]
  const id = await release({ answer_wanted: 'choice', choices })
  const [one, other] = [await site.signIn(firm), await site.signIn(colleague)]
  assert.equal((await one.post(`/notices/${id}/answer`, { choice: '2', written_upon: '' })).status, 303)
  const refused = await other.post(`/notices/${id}/answer`, { choice: '1', written_upon: '' })
  const page = await refused.text()
  assert.equal(refused.status, 409)
  assert.match(page, /貴機関の別の方が回答しました/)
  const written_upon = /name="written_upon" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''
  assert.equal((await other.post(`/notices/${id}/answer`, { choice: '1', written_upon })).status, 303)
  const answers = await site.db.selectFrom('answer').where('notice_id', '=', id).select('choice').execute()
  assert.deepEqual(answers.map(({ choice }) => choice).sort(), [1, 2])
})
