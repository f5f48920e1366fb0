import assert from 'node:assert/strict'
import { sameOrigin } from '../site.ts'
import { improvementForm } from './forum.ts'
import type { FirmSample, Making, MarketSample } from './making.ts'
import { all, desks, desksAndAuditor, type Wing } from './wing.ts'

/** A limit as it is anyway, once it was set by hand. */
const aSetting: MarketSample = async ({ site, desk, at }) => {
  const name = 'session.confirm_minutes'
  await site.db
    .insertInto('setting')
    .values({ name, value: JSON.stringify(15), changed_by: desk.person.id, changed_at: at })
    .execute()
  return name
}
const anInstallation: MarketSample = async ({ site }) => {
  await site.db.insertInto('installation').values({ mode: 'demo', secret_mark: 'of nothing' }).execute()
  return ''
}
const aHold: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('held_sending')
    .values({ reason: 'silence', silent_since: at, held_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const aLetter: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('letter')
    .values({
      ...{ address: 'x@firm.example', subject: '架空', body: '架空', about: '/home', label: 'amber', purpose: 'test' },
      ...{ message_id: '<1@noroshi.example>', queued_at: at, next_try_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const aReading: FirmSample = async ({ site, at }, { person: { id: person_id } }) => {
  const read = { day: '2027-01-15', about: '/board', label: 'amber' as const, times: 1 }
  await site.db
    .insertInto('reading')
    .values({ ...read, person_id, first_at: at, last_at: at })
    .execute()
  return person_id
}

const aBounce: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('bounce')
    .values({ recipient: 'x@firm.example', finding: 'unknown', received_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Sends what hangs on the sample of an improvement; the form's key becomes its id. */
const hang = async ({ desk, one, send }: Making, path: string, form: Record<string, string>) => {
  const key = crypto.randomUUID()
  await send(desk.client, `/improvements/${await one('improvement')}/${path}`, { key, ...form })
  return key
}

const aComment: MarketSample = (make) => hang(make, 'comments', { comment: '架空のコメント' })

const aLink: MarketSample = async (make) => {
  const other = await make.send(make.desk.client, '/improvements', improvementForm({ title: '架空の関連' }))
  const { number } = await make.site.db
    .selectFrom('register_item')
    .where('id', '=', other)
    .select('number')
    .executeTakeFirstOrThrow()
  return hang(make, 'links', { relation: 'relates_to', to: `I-${number}` })
}

const aFile: MarketSample = async ({ desk, one }) => {
  const form = new FormData()
  const key = crypto.randomUUID()
  form.set('key', key)
  form.set('file', new File(['架空の証拠'], '架空.txt', { type: 'text/plain' }))
  const answer = await desk.client.send('POST', `/improvements/${await one('improvement')}/files`, form, sameOrigin)
  assert.equal(answer.status, 303)
  return key
}

/** Its day is long past: it is due. */
const aReview: MarketSample = async (make) => {
  await hang(make, 'reviews', { version: '0', next_on: '2027-01-15', looker_id: make.desk.person.id })
  return make.one('improvement')
}

export const ground = {
  tables: {
    bounce: { one: aBounce, seen: 'nothing' },
    held_sending: { one: aHold, seen: 'nothing' },
    installation: { one: anInstallation, seen: 'nothing' },
    letter: { one: aLetter, seen: 'nothing' },
    reading: { each: aReading, seen: 'own' },
    // Of a register, what is the market's; what an institution keeps for itself: src/ground/register/register.test.ts.
    register_comment: { one: aComment, seen: 'market' },
    register_file: { one: aFile, seen: 'market' },
    register_item: { one: ({ one }) => one('improvement'), seen: 'market' },
    register_link: { one: aLink, seen: 'market' },
    register_review: { one: aReview, seen: 'market' },
    register_review_now: { one: ({ one }) => one('register_review') },
    setting: { one: aSetting, seen: 'market' },
    trail: { each: ({ first }) => first('trail'), seen: 'own' },
  },
  pages: {
    '/live': all,
    '/trail': desksAndAuditor,
    '/trail/readings': desksAndAuditor,
  },
  forms: { '/trail/export': [...desks, 'auditor'] },
  shown: async () => [
    { name: 'trail-narrowed', path: '/trail?group=situations&from=2026-01-01T00:00', who: 'auditor' },
    { name: 'trail-nothing', path: '/trail?person=%E8%AA%B0%E3%81%A7%E3%82%82%E3%81%AA%E3%81%84', who: 'auditor' },
    { name: 'trail-wrong', path: '/trail?until=yesterday', who: 'auditor' },
  ],
  unshown: { '/live': 'a stream' },
} satisfies Wing
