import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { draftNotice, submitNotice } from '#telling/notices/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { wordsOf } from '#tests/kit/pages.ts'
import { deskOf, openDrill, recipientsOf, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
})
after(() => site.close())

const closing = { closing_reason: '訓練の終わり', closing_ja: '終わりました。', closing_en: 'It is over.' }
const home = async () => wordsOf(await site.main(desk, '/home'))

test('what can be done no more after a closing waits no more: a notice to release, and a reply that came before it', async () => {
  const situation_id = await openDrill(site, now)
  const answer_by = new Date(now.getTime() + 3_600_000)
  const request = { kind: 'report_request', answer_wanted: 'report', situation_id, answer_by } as const
  const asking = await sendTest(site, ['SEC-010'], request)
  const [person] = await recipientsOf(site, asking.id, 'SEC-010')
  const reply = async () =>
    (
      await site.db
        .insertInto('reply')
        .values({
          ...{ channel: 'mail', message_id: `<${crypto.randomUUID()}@firm.example>`, sender: 'a@firm.example' },
          ...{
            subject: '',
            text: '停止中',
            finding: 'unclear',
            recipient_id: person!.id,
            receipt_id: person!.receipt_id,
          },
          ...{ received_at: now, settled_how: null, settled_by: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  const early = await reply()
  const by = await deskOf(site)
  const { id } = await draftNotice(site.tools, by, testDraft({ mode: 'exercise', situation_id }))
  await submitNotice(site.tools, by, { id, version: 1, seen: await seenNow(site.tools, id) })
  assert.match(await home(), /【訓練】承認待ちの通知を確かめる/)
  assert.match(await home(), /【訓練】読み取れない返信を確かめる/)
  const acts = async (reply_id: string) => {
    const page = await (await desk.get('/replies')).text()
    const form = new RegExp(`action="/replies/${reply_id}/settlement"([\\s\\S]*?)</form>`).exec(page)?.[1] ?? ''
    return { words: wordsOf(form), as: [...form.matchAll(/<button[^>]* value="([^"]*)"/g)].map(([, as]) => as) }
  }
  assert.deepEqual((await acts(early)).as, ['normal', 'alternative', 'text', 'set_aside'])

  now = new Date(now.getTime() + 60_000)
  assert.equal((await closeAt(desk, `/situations/${situation_id}`, closing)).status, 303)
  assert.doesNotMatch(await home(), /承認待ちの通知|読み取れない返信/)
  // It is still there to be read, with the one press that is left.
  const left = await acts(early)
  assert.deepEqual(left.as, ['set_aside'])
  assert.match(left.words, /回答の受付は終わりました/)
  await site.done(desk, `/replies/${early}/settlement`, { as: 'set_aside' })
  // What comes after the closing nobody has read yet.
  now = new Date(now.getTime() + 60_000)
  const late = await reply()
  assert.match(await home(), /【訓練】読み取れない返信を確かめる/)
  assert.deepEqual((await acts(late)).as, ['set_aside'])
})
