import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { readRoundTally } from '#delivery/answers/index.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { answersOfReceipt, openDrill, receiptOf, recipientsOf, repliesOf, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { takeMailReply } from './take-mail-reply.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
let desk: TestSite['nobody']
let reporter: { id: string; institution_id: string }
let code: string
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  reporter = await site.accountOf('bcp_contact')
  const firms = site.db.selectFrom('institution').where('id', '=', reporter.institution_id)
  code = (await firms.select('code').executeTakeFirstOrThrow()).code
})
after(() => site.close())

type Asking = Awaited<ReturnType<typeof ask>>

/** The firm is asked to report, in a situation of its own. */
async function ask() {
  const situation_id = await openDrill(site, now)
  return { situation_id, ...(await asking({ kind: 'report_request', situation_id })) }
}
/** The asking is corrected. */
const correct = (
  { situation_id, id }: { situation_id: string; id: string },
  text_ja = '15時時点の状況を報告してください',
) => asking({ kind: 'correction', replaces_id: id, situation_id, text_ja })
async function asking(draft: Parameters<typeof sendTest>[2]) {
  const answer_by = new Date(now.getTime() + 3_600_000)
  const { id } = await sendTest(site, [code], { answer_wanted: 'report', answer_by, ...draft })
  const [person] = await recipientsOf(site, id, code)
  const { round_id } = await site.db
    .selectFrom('notice')
    .where('id', '=', id)
    .select('round_id')
    .executeTakeFirstOrThrow()
  return { id, person: person!, round_id: round_id ?? '' }
}
/** A reply that no program can read; gives its id. */
async function reply({ person: { mail, token } }: Asking, text = '本店が停電') {
  const head = `From: ${mail}\r\nMessage-ID: <${crypto.randomUUID()}@x>\r\nContent-Type: text/plain; charset=utf-8`
  const to = `reply+${token}@market.example`
  await takeMailReply(site.tools, { from: mail, to }, Buffer.from(`${head}\r\n\r\n${text}\r\n`))
  return (await repliesOf(site)).toSorted((a, b) => +a.received_at - +b.received_at).at(-1)!.id
}
const settle = async (id: string) => {
  const answer = await desk.post(`/replies/${id}/settlement`, { as: 'text', upon: '' })
  assert.equal(answer.headers.get('location'), '/replies?told=done')
}
const howOf = async ({ person }: Pick<Asking, 'person'>) => (await receiptOf(site, person.receipt_id)).closed_how
const fileOffline = async ({ situation_id }: Asking, written_at: Date) => {
  const by = (await readPerson(site.db, reporter.id))!
  const form = { ...allNormal(120), idempotency_key: crypto.randomUUID() }
  const writing = { written_at, written_by: by.id, written_upon: null }
  const filed = await fileReport(site.tools, by, { situation_id, mode: 'exercise', ...form, ...writing })
  if ('failed' in filed) assert.fail(filed.failed)
}

test('a reply that is settled after two corrections is an answer to its round, as of when it came, and to neither correction', async () => {
  const first = await ask()
  pass(1)
  const came = now
  const id = await reply(first)
  pass(1)
  const second = await correct(first)
  pass(1)
  const third = await correct({ ...first, id: second.id }, '16時時点の状況を報告してください')
  pass(5)
  await settle(id)
  assert.deepEqual([await howOf(first), await howOf(second), await howOf(third)], ['answered', 'ended', null])
  const answers = await answersOfReceipt(site, first.person.receipt_id)
  assert.deepEqual(
    answers.map(({ is_first, is_on_behalf, answered_at }) => [is_first, is_on_behalf, answered_at]),
    [[true, true, came]],
  )
  const { asked, answered, missing, wanted, again } = await readRoundTally(site.db, first.round_id, now)
  assert.deepEqual(
    { asked, answered, missing, wanted, again },
    { asked: 1, answered: 1, missing: 0, wanted: 1, again: 1 },
  )
  const round = await site.read(desk, `/rounds/${first.round_id}`)
  assert.match(round, /1機関のうち1機関が回答しました/)
  assert.match(await site.read(desk, `/notices/${third.id}`), /1機関のうち0機関が回答しました/)
  assert.match(JSON.stringify((await site.trailOf(`/notices/${first.id}`)).at(-1)), /notice\.answered-for/)
})

test('what is settled after its round was closed stands as a report; the round stays counted as at its closing', async () => {
  const first = await ask()
  pass(1)
  const id = await reply(first)
  pass(1)
  await site.done(desk, `/rounds/${first.round_id}/close`)
  pass(1)
  await settle(id)
  assert.equal(await howOf(first), 'ended')
  const answers = await answersOfReceipt(site, first.person.receipt_id)
  assert.deepEqual(
    answers.map(({ is_first, given }) => [is_first, given]),
    [[false, 'report']],
  )
  assert.equal((await readRoundTally(site.db, first.round_id, now)).answered, 0)
})

test('N-15 a report written without a connection before the correction answers what its writer had read, and not the corrected text', async () => {
  const first = await ask()
  pass(2)
  const written_at = now
  pass(1)
  const second = await correct(first)
  pass(5)
  await fileOffline(first, written_at)
  assert.deepEqual([await howOf(first), await howOf(second)], ['answered', null])
  // That it is late or in time is counted by when it arrived.
  assert.deepEqual((await answersOfReceipt(site, first.person.receipt_id))[0]?.answered_at, now)
  assert.match(await site.read(desk, `/notices/${second.id}`), /1機関のうち0機関が回答しました/)
  await fileOffline(first, now)
  assert.equal(await howOf(second), 'answered')
})
