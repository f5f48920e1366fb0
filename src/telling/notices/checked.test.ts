import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hiddenIn, noticeForm, writeNotice, written } from '#tests/kit/notice.ts'
import { audienceForm } from '#tests/kit/samples/telling.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let approver: Client

before(async () => {
  site = await testSite({ clock: () => new Date('2027-01-15T03:00:00Z') })
  author = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())

const idOf = (path: string) => path.split('/')[2] ?? ''
const stateOf = async (path: string) =>
  (await site.db.selectFrom('notice').where('id', '=', idOf(path)).select('state').executeTakeFirstOrThrow()).state
const receipts = (path: string) =>
  site.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice_id', '=', idOf(path))
    .select('code')
    .orderBy('code')
    .execute()
const submitted = async (change: Record<string, string> = {}) => {
  const path = await written(await writeNotice(author, noticeForm({ everyone: '', ...change })))
  await site.done(author, `${path}/submission`, await fields(author, `${path}/check`, `${path}/submission`))
  return path
}
const fields = async (client: Client, page: string, action: string) =>
  hiddenIn(await (await client.get(page)).text(), action)
const firm = (code: string) =>
  site.db.selectFrom('institution').where('code', '=', code).selectAll().executeTakeFirstOrThrow()

test('N-8 a group that is widened between the check and the press is not released: the new check says who came, at once', async () => {
  const group = (await site.done(author, '/audiences', audienceForm({ everyone: '', institutions: 'CSD' }))).replace(
    /\?.*/,
    '',
  )
  const path = await submitted({ label: 'red', groups: group.split('/')[2] ?? '' })
  const pressed = await fields(approver, path, `${path}/release`)
  const edit = await fields(author, `${group}/edit`, group)
  const wider = audienceForm({ ...edit, everyone: '', institutions: 'SEC-001' })
  await site.done(author, group, wider)

  const refused = await approver.post(`${path}/release`, pressed)
  const page = await refused.text()
  assert.equal(refused.status, 409)
  const [bank, joined] = [await firm('CSD'), await firm('SEC-001')]
  assert.match(page, /確認したあとに変わりました。通知は送られていません/)
  assert.match(page, new RegExp(`加わった機関（1）：${joined.name_ja}`))
  assert.match(page, new RegExp(`外れた機関（1）：${bank.name_ja}`))
  assert.match(page, /加わった担当者（\d+）：/)
  assert.equal(await stateOf(path), 'submitted')
  assert.deepEqual(await receipts(path), [])
  assert.doesNotMatch(
    await (await (await site.signIn('bcp@sokyu.example')).get(`/inbox/${idOf(path)}`)).text(),
    /対策本部を設置しました/,
  )

  // What is shown now is what the next press releases; before it, everyone who opens the check is told what moved.
  assert.match(await site.main(author, path), /作成または承認の依頼のときから変わりました/)
  await site.done(approver, `${path}/release`, hiddenIn(page, `${path}/release`))
  assert.deepEqual(await receipts(path), [{ code: 'SEC-001' }])
})

/** Each changes one thing of what a check shows, and how the page names it. */
const changes: Record<string, { change: () => Promise<unknown>; said: RegExp }> = {
  'a contact who came': {
    change: async () =>
      site.db
        .insertInto('contact')
        .values({ institution_id: (await firm('SEC-002')).id, rank: 7, name_ja: '架空 新人', name_en: 'New Kaku' })
        .execute(),
    said: /加わった担当者（1）：架空 新人/,
  },
  'a contact who left': {
    change: () =>
      site.db
        .updateTable('contact')
        .set({ removed_at: new Date('2027-01-15T02:59:00Z') })
        .where('name_ja', '=', '架空 新人')
        .execute(),
    said: /外れた担当者（1）：架空 新人/,
  },
  'an address whose mail came back': {
    change: async () => {
      const { id } = await site.db
        .selectFrom('contact_address')
        .where('institution_id', '=', (await firm('SEC-002')).id)
        .where('removed_at', 'is', null)
        .select('id')
        .limit(1)
        .executeTakeFirstOrThrow()
      await site.db
        .updateTable('contact_address')
        .set({ quarantined_at: new Date('2027-01-15T02:59:00Z'), quarantine_reason: '戻った' })
        .where('id', '=', id)
        .execute()
    },
    said: /届け方が変わった担当者（1）：/,
  },
  'another contact who is first': {
    change: async () => {
      const { id } = await firm('SEC-002')
      const rank = (from: number, to: number) =>
        site.db.updateTable('contact').set({ rank: to }).where('institution_id', '=', id).where('rank', '=', from)
      for (const [from, to] of [
        [1, 99],
        [2, 1],
        [99, 2],
      ] as const)
        await rank(from, to).where('removed_at', 'is', null).execute()
    },
    said: /届け方が変わった担当者（2）：/,
  },
  'another ladder': {
    change: async () => {
      const ladder = await site.db
        .selectFrom('ladder_now')
        .where('severity', '=', 'urgent')
        .where('scope', '=', 'all')
        .select('version')
        .executeTakeFirstOrThrow()
      const { id: made_by } = await site.accountOf('secretariat')
      const steps = [{ after_minutes: 0, to: 'all', channels: ['mail'] }]
      await site.db
        .insertInto('ladder')
        .values({
          ...{ severity: 'urgent', scope: 'all', version: ladder.version + 1, steps: JSON.stringify(steps) },
          ...{ made_by, made_at: new Date('2027-01-15T02:59:00Z') },
        })
        .execute()
    },
    said: /加わった段階（1）：0分・担当者全員・メール[\s\S]*なくなった段階/,
  },
  'another name of the sender': {
    change: () =>
      site.db.updateTable('institution').set({ name_ja: '架空改名協会' }).where('code', '=', 'ASSOC').execute(),
    said: /文面または添付、発信者の表示が変わりました/,
  },
}
for (const [what, { change, said }] of Object.entries(changes))
  test(`N-8 ${what} between the check and the press: refused, with what it is; neither put forward nor released`, async () => {
    const draft = await written(await writeNotice(author, noticeForm({ everyone: '', institutions: 'SEC-002' })))
    const put = await fields(author, `${draft}/check`, `${draft}/submission`)
    const path = await submitted({ institutions: 'SEC-002' })
    const pressed = await fields(approver, path, `${path}/release`)
    await change()
    for (const [client, at, form] of [
      [author, `${draft}/submission`, put],
      [approver, `${path}/release`, pressed],
    ] as const) {
      const refused = await client.post(at, form)
      assert.equal(refused.status, 409)
      assert.match(await refused.text(), said)
    }
    assert.deepEqual([await stateOf(draft), await stateOf(path)], ['draft', 'submitted'])
    await site.done(approver, `${path}/release`, await fields(approver, path, `${path}/release`))
  })

test('N-8 a withdrawal reaches whom the first reached, and a contact who came meanwhile is told before it goes out', async () => {
  const first = await submitted({ institutions: 'SEC-003' })
  await site.done(approver, `${first}/release`, await fields(approver, first, `${first}/release`))
  const withdrawal = (await site.done(author, `${first}/withdrawal`, {})).replace(/\/check$/, '')
  await site.done(
    author,
    `${withdrawal}/submission`,
    await fields(author, `${withdrawal}/check`, `${withdrawal}/submission`),
  )
  const pressed = await fields(approver, withdrawal, `${withdrawal}/release`)
  await site.db
    .insertInto('contact')
    .values({ institution_id: (await firm('SEC-003')).id, rank: 7, name_ja: '架空 後任' })
    .execute()
  const refused = await approver.post(`${withdrawal}/release`, pressed)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /加わった担当者（1）：架空 後任/)
})

test('N-8 of a group that is changed while the release runs, either the old or the refusal comes out, never another audience', async () => {
  const group = (
    await site.done(
      author,
      '/audiences',
      audienceForm({ name_ja: '競争', name_en: 'Race', everyone: '', institutions: 'CSD' }),
    )
  ).replace(/\?.*/, '')
  const path = await submitted({ groups: group.split('/')[2] ?? '' })
  const pressed = await fields(approver, path, `${path}/release`)
  const edit = await fields(author, `${group}/edit`, group)
  const [released] = await Promise.all([
    approver.post(`${path}/release`, pressed),
    author.post(group, audienceForm({ ...edit, name_ja: '競争', name_en: 'Race' })),
  ])
  assert.deepEqual(await receipts(path), released.status === 303 ? [{ code: 'CSD' }] : [])
  assert.ok([303, 409].includes(released.status))
})

test('a check keeps ids and digests, no name and no address', async () => {
  const kept = await site.db.selectFrom('notice_check').select('parts').execute()
  assert.ok(kept.length > 3)
  assert.doesNotMatch(JSON.stringify(kept), /@|架空|[ぁ-んァ-ヶ一-龠]/)
})

test('N-8 an institution that climbs the other of two ladders since the check: refused, and it is said who', async () => {
  const { id: made_by } = await site.accountOf('secretariat')
  const ladder = { severity: 'urgent', version: 1, made_by, made_at: new Date('2027-01-15T02:59:00Z') } as const
  for (const [scope, to] of [
    ['infrastructure', 'all'],
    ['participants', 'primary'],
  ] as const) {
    const steps = JSON.stringify([{ after_minutes: 0, to, channels: ['mail'] }])
    await site.db
      .insertInto('ladder')
      .values({ ...ladder, scope, steps })
      .execute()
  }
  const path = await submitted({ everyone: 'yes' })
  const pressed = await fields(approver, path, `${path}/release`)
  await site.db.updateTable('institution').set({ kind: 'special_member' }).where('code', '=', 'EXC-1').execute()
  const refused = await approver.post(`${path}/release`, pressed)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /届け方が変わった担当者（\d+）：/)
})
