import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idIn } from '#tests/kit/pages.ts'
import { askTest } from '#tests/kit/rounds.ts'
import { reportForm, situationForm } from '#tests/kit/samples/status.ts'
import { firmOf } from '#tests/kit/samples.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Firm = Awaited<ReturnType<typeof firmOf>>
let now = new Date('2027-01-15T00:00:00Z')
let site: TestSite
let desk: Firm
let approver: Firm
let asked: Firm
let house: Firm
let other: Firm
const minutes = (count: number) => void (now = new Date(now.getTime() + count * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
  const people = await site.people('secretariat', 'secretariat_approver')
  desk = people.secretariat
  approver = people.secretariat_approver
  ;[asked, house, other] = [
    await firmOf(site, { code: 'SEC-002' }),
    await firmOf(site, { code: 'CCP-EQ' }),
    await firmOf(site, { code: 'SEC-001' }),
  ]
})
after(() => site.close())

const nameOf = async ({ person: { institution_id } }: Firm) =>
  (await site.db.selectFrom('institution').where('id', '=', institution_id).select('name_ja').executeTakeFirstOrThrow())
    .name_ja
/** What stands beside the name of a firm on a page of another. */
const wordOf = async (at: string, of: Firm, reader = other) => {
  const words = await site.read(reader.client, at)
  const [, line = null] = new RegExp(`${await nameOf(of)}([^、]{0,60})`).exec(words) ?? []
  return line
}
const gather = async () => {
  const path = await site.done(desk.client, '/gatherings', {
    ...{ mode: 'actual', reason_choice: 'storm', update_minutes: '60', event_at: '2027-01-15T08:30', areas: '27' },
    idempotency_key: crypto.randomUUID(),
  })
  return path.replace(/\?.*/, '')
}
const close = (path: string) =>
  site.db
    .updateTable('situation')
    .set({ closed_at: now, closing_reason: 'over' })
    .where('id', '=', idIn(path))
    .execute()
const letSee = async (how: 'name' | 'counts') => {
  const { version } = await site.db
    .selectFrom('member_view')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  await site.done(desk.client, '/member-view', {
    ...{ shows_functions: how, shows_bcp: how, shows_said_at: how, shows_next_update: how },
    ...{ reason: `協議会の決定 ${version}`, version: String(version) },
  })
  minutes(1)
  await site.done(approver.client, `/member-view/${Number(version) + 1}/agreement`)
  minutes(1)
}

test('somebody of a bureau who holds another role, too, gets no picture of all, nor leaves their own to others', async () => {
  const bureau = await site.db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('role_grant.role', '=', 'local_authority')
    .select(['person.id', 'person.email'])
    .executeTakeFirstOrThrow()
  await site.done(desk.client, `/people/${bureau.id}/roles`, { role: 'bcp_contact', reason: '兼務' })
  const client = await site.signIn(bureau.email)
  assert.equal((await client.get('/operating-status?rows=all')).status, 403)
  await site.done(other.client, '/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  assert.notEqual(await wordOf('/operating-status?rows=all', other), null)
})

test('whom a gathering asks, and what they say in it, stands nowhere for those whom it does not ask, also once it has expired', async () => {
  const path = await gather()
  const institution_ids = [asked.person.institution_id, house.person.institution_id]
  await askTest(site.db, desk.person, { situation_id: idIn(path), mode: 'actual', institution_ids, at: now })
  /** On no page does a word of theirs stand beside their names. */
  const hasNothing = async (when: string) => {
    const lines = [
      await wordOf('/operating-status?rows=all', asked),
      await wordOf('/operating-status?rows=all&view=infrastructure', house),
      await wordOf('/board?view=infrastructure', house),
    ]
    for (const line of lines) assert.doesNotMatch(line ?? '', /停止|未報告|から不明/, when)
  }
  await hasNothing('asked')
  assert.match((await wordOf('/operating-status?rows=all', asked)) ?? '', /照会なし/)
  await site.done(asked.client, `${path}/report`, reportForm({ settlement: 'stopped', next_update_minutes: '30' }))
  await site.done(house.client, `${path}/report`, reportForm({ clearing: 'stopped', next_update_minutes: '30' }))
  await hasNothing('reported')
  minutes(35)
  await hasNothing('expired')
  await close(path)
  await hasNothing('closed')
})

test('what a gathering returned to those asked is not everybody’s when a command centre is set up in it, until it is returned anew', async () => {
  const path = await gather()
  const institution_ids = [asked.person.institution_id]
  await askTest(site.db, desk.person, { situation_id: idIn(path), mode: 'actual', institution_ids, at: now })
  await site.done(asked.client, `${path}/report`, reportForm({ settlement: 'stopped', next_update_minutes: '120' }))
  await site.done(desk.client, `${path}/return`)
  await site.refused(other.client, `${path}/operating-status`, 404)
  await site.done(desk.client, `${path}/command-centre`, { reason_choice: 'quake' })
  const at = `${path}/operating-status?rows=all`
  assert.match(await site.read(other.client, at), /還元されていません/)
  assert.doesNotMatch((await wordOf(at, asked)) ?? '', /停止/)
  await site.done(desk.client, `${path}/return`)
  assert.match((await wordOf(at, asked)) ?? '', /停止/)
  await close(path)
})

test('what was counts only at a closing stays so in the standing picture, too, when the council widens it later', async () => {
  await letSee('counts')
  const { id } = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  const path = (await site.done(desk.client, '/situations', situationForm(id, now))).replace(/\?.*/, '')
  const institution_ids = [asked.person.institution_id]
  await askTest(site.db, desk.person, { situation_id: idIn(path), mode: 'actual', institution_ids, at: now })
  await site.done(asked.client, `${path}/report`, reportForm({ settlement: 'stopped', next_update_minutes: '30' }))
  await site.done(desk.client, `${path}/return`)
  await close(path)
  minutes(1)
  await letSee('name')
  for (const at of [`${path}/operating-status?rows=all`, '/operating-status?rows=all'])
    assert.doesNotMatch((await wordOf(at, asked)) ?? '', /停止/, at)
})
