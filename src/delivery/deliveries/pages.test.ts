import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Person } from '#ground/rights/person.ts'
import { keptChannel, releaseTest } from '#tests/kit/deliveries.ts'
import { mainOf } from '#tests/kit/pages.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { noteTrouble, noteWell } from './channel-state.ts'
import { deliverDue } from './deliver.ts'
import { takeSteps } from './take-steps.ts'

let site: TestSite
let desk: TestSite['nobody']
let person: Person
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  const { id, name_ja, name_en, institution_id } = await site.accountOf('secretariat')
  person = { id, name_ja, name_en, institution_id, roles: ['secretariat'] }
})
after(() => site.close())

/** A notice of which the first mail was refused, of the second nobody knows, and the others arrived. */
async function sentNotice() {
  const id = await releaseTest(site.tools, person, {
    ...{ mode: 'exercise', answer_wanted: 'acknowledge', severity: 'important' },
  })
  await takeSteps(site.tools, ['mail'])
  let number = 0
  const mail = keptChannel('mail', () => {
    number++
    if (number === 1) return { kind: 'refused', answer: '550 no such mailbox' }
    return number === 2 ? { kind: 'perhaps', answer: 'ECONNRESET' } : {}
  })
  await deliverDue(site.tools, mail.channel)
  return id
}
const rowsOf = (notice_id: string) =>
  site.db.selectFrom('delivery').selectAll().where('notice_id', '=', notice_id).orderBy('step').execute()
const read = async (client: TestSite['nobody'], at: string, code = 200) => {
  const answer = await client.get(at)
  assert.equal(answer.status, code, at)
  return mainOf(await answer.text())
}

test('S0-21 the list shows every message, those that need a look first, and is filtered by state', async () => {
  const id = await sentNotice()
  const all = await read(desk, `/notices/${id}/deliveries`)
  const [failed = -1, perhaps = -1, sent = -1] = ['550 no such mailbox', 'ECONNRESET', '>taken'].map((said) =>
    all.indexOf(said),
  )
  assert.ok(failed > 0 && failed < perhaps && perhaps < sent)
  const some = await read(desk, `/notices/${id}/deliveries?state=failed`)
  assert.ok(some.includes('550 no such mailbox') && !some.includes('ECONNRESET'))
  const nothing = await read(desk, `/notices/${id}/deliveries?state=stopped&channel=mail&page=99`)
  assert.match(nothing, /配信はありません/)
  await read(desk, `/notices/${id}/deliveries?state=%27&channel=x&page=-1`)
  await read(await site.as('bcp_contact'), `/notices/${id}/deliveries`, 403)
  await read(desk, `/notices/${randomUUID()}/deliveries`, 404)
})

test('one message shows what was sent, when, and the answer of the other side, but not the link that answers', async () => {
  const id = await sentNotice()
  const [failed] = (await rowsOf(id)).filter(({ state }) => state === 'failed')
  const shown = await read(desk, `/deliveries/${failed?.id}`)
  for (const said of [
    `${failed?.address}`,
    `${failed?.message_id.slice(1, -1)}`,
    '550 no such mailbox',
    '【訓練】',
    '拒否されました',
  ])
    assert.ok(shown.includes(said), said)
  assert.match(shown, /\/a\/…/)
  assert.doesNotMatch(shown, /\/a\/[0-9a-z]{26}/)
  await read(await site.as('bcp_contact'), `/deliveries/${failed?.id}`, 403)
  await site.readings.settled()
  const other = (await rowsOf(id)).find(({ institution_id }) => institution_id !== person.institution_id)
  await read(desk, `/deliveries/${other?.id}`)
  await site.readings.settled()
  const seen = await site.db.selectFrom('reading').where('about', 'like', '/deliveries/%').select('about').execute()
  assert.ok(seen.length > 0)
})

test('what was not sent because its notice was replaced says so in the language of its reader, and not as a failure', async () => {
  const id = await releaseTest(site.tools, person, { mode: 'exercise', answer_wanted: 'acknowledge' })
  await takeSteps(site.tools, ['mail'])
  await releaseTest(site.tools, person, { mode: 'exercise', kind: 'withdrawal', replaces_id: id })
  const page = await read(desk, `/notices/${id}/deliveries`)
  assert.match(page, /通知が訂正または取消されたため、送りませんでした/)
  assert.doesNotMatch(page, /replaced by another notice|data-look="stopped"/)
  const newer = /href="(\/notices\/[0-9a-f-]{36})"/.exec(
    (await read(desk, `/notices/${id}`)).split('この通知は取り消されました')[1] ?? '',
  )
  assert.match(await read(desk, newer?.[1] ?? ''), /<h1>取消：/)
})

test('S0-30 a red text is not for an auditor, who still sees that it went out', async () => {
  const id = await releaseTest(site.tools, person, { mode: 'exercise', label: 'red', text_ja: '秘密の本文' })
  await takeSteps(site.tools, ['mail'])
  await deliverDue(site.tools, keptChannel('mail').channel)
  const row = (await rowsOf(id)).find(({ institution_id }) => institution_id !== person.institution_id)
  const shown = await read(await site.as('auditor'), `/deliveries/${row?.id}`)
  assert.ok(shown.includes(row?.address ?? 'nothing'))
  assert.doesNotMatch(shown, /秘密の本文/)
  assert.match(await read(desk, `/deliveries/${row?.id}`), /秘密の本文/)
})

test('a resend goes to the failures only, once for one press, and never to whom it reached or who has answered', async () => {
  const id = await sentNotice()
  const before = await rowsOf(id)
  const shown = await read(desk, `/notices/${id}/deliveries`)
  assert.match(shown, /送信に失敗した1件に送り直す/)
  assert.match(shown, /到達不明の1件に送り直す/)
  const empty = await desk.post(`/notices/${id}/resend`, { idempotency_key: randomUUID() })
  assert.equal(empty.status, 422)
  assert.equal((await (await site.as('auditor')).post(`/notices/${id}/resend`, {})).status, 403)

  const press = { failed: 'yes', idempotency_key: randomUUID() }
  const answers = await Promise.all([1, 2, 3].map(() => desk.post(`/notices/${id}/resend`, press)))
  for (const answer of answers)
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `/notices/${id}/deliveries?resent=1`])
  const other = await desk.post(`/notices/${id}/resend`, { ...press, idempotency_key: randomUUID() })
  assert.match(other.headers.get('location') ?? '', /resent=0/, 'it is on its way already')
  const added = (await rowsOf(id)).filter((row) => !before.some((known) => known.id === row.id))
  const [failed] = before.filter(({ state }) => state === 'failed')
  assert.deepEqual(
    added.map(({ address, step, state }) => [address, step, state]),
    [[failed?.address, 1000, 'waiting']],
  )
  assert.notEqual(added[0]?.message_id, failed?.message_id)
  const again = keptChannel('mail')
  await deliverDue(site.tools, again.channel)
  assert.deepEqual(
    again.messages.map(({ address }) => address),
    [failed?.address],
  )
  const lines = (await site.trail()).filter(
    ({ action, about }) => action === 'delivery.resent' && about === `/notices/${id}`,
  )
  assert.deepEqual(
    lines.map(({ details, mode }) => [details.resent, details.failed, mode]),
    [
      [1, 1, 'exercise'],
      [0, 0, 'exercise'],
    ],
  )

  await site.db
    .updateTable('receipt')
    .set({ closed_at: new Date(), closed_how: 'answered', next_step_at: null })
    .where('notice_id', '=', id)
    .execute()
  const perhaps = await desk.post(`/notices/${id}/resend`, { perhaps: 'yes', idempotency_key: randomUUID() })
  assert.match(perhaps.headers.get('location') ?? '', /resent=0/)
})

test('a lost channel stands on the home page of the desk with what it means and since when; what is not set up is no alarm', async () => {
  const quiet = await read(desk, '/home')
  assert.doesNotMatch(quiet, /で送れません/)
  await noteTrouble(site.tools, 'mail', 'lost', 'ECONNREFUSED 127.0.0.1')
  const id = await releaseTest(site.tools, person, { mode: 'exercise' })
  await takeSteps(site.tools, ['mail'])
  const shown = await read(desk, '/home')
  assert.match(shown, /メールで送れません/)
  assert.match(shown, /ECONNREFUSED 127\.0\.0\.1/)
  const { length } = await rowsOf(id)
  assert.ok(shown.includes(`${length}件が待っています`))
  assert.doesNotMatch(shown, /SMSで送れません/)
  assert.doesNotMatch(await read(await site.as('bcp_contact'), '/home'), /メールで送れません/)
  await noteWell(site.tools, 'mail', { is_sent: true })
  assert.doesNotMatch(await read(desk, '/home'), /メールで送れません/)
})
