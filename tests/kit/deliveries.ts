import { sql } from 'kysely'
import type { deliverDue } from '#delivery/deliveries/deliver.ts'
import { takeSteps } from '#delivery/deliveries/take-steps.ts'
import type { Channel, ChannelName, Message } from '#ground/channels/channel.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import type { Mode } from '#ground/db/tables.ts'
import { type Outcome, openTransport } from '#ground/mail/transport.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { trailLines } from '#ground/trail/queries.ts'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { testDatabase } from './database.ts'
import { type TestSmtp, testSmtp } from './mail.ts'
import { seenNow, testDraft } from './notices.ts'
import { testMarket } from './rounds.ts'
import { testTools } from './tools.ts'

type TestNotice = Partial<NoticeDraft> & { mode: Mode }

/** Drafts and puts forward a notice; to everybody at once and without an answer, if nothing else is said. What is given releases it. */
export async function submitTest(tools: Tools, by: Person, said: TestNotice, { is_checked = false } = {}) {
  const { id } = await draftNotice(tools, by, testDraft({ answer_wanted: 'none', ...said }))
  const submitted = await submitNotice(tools, by, { id, version: 1, seen: await seenNow(tools, id) })
  if ('failed' in submitted) throw new Error(submitted.failed)
  // Whoever releases has read the check; that is not a part of the press.
  const checked = is_checked ? await seenNow(tools, id) : null
  return async () => {
    const override_reason = 'nobody else could be reached'
    const seen = checked ?? (await seenNow(tools, id))
    const released = await releaseNotice(tools, by, { id, version: 1, seen, mode: said.mode, override_reason })
    if ('failed' in released) throw new Error(released.failed)
    return id
  }
}

export const releaseTest = async (tools: Tools, by: Person, said: TestNotice) => (await submitTest(tools, by, said))()

/** A channel that keeps what it was given, and answers as told. */
export function keptChannel(name: ChannelName, answer: (message: Message) => Partial<Outcome> = () => ({})) {
  const messages: Message[] = []
  const channel: Channel = {
    name,
    lanes: 2,
    async send(message) {
      const outcome: Outcome = { kind: 'sent', answer: 'taken', is_server_lost: false, ...answer(message) }
      if (outcome.kind === 'sent') messages.push(message)
      return outcome
    },
    close: () => {},
  }
  return { channel, messages }
}

/**
 * A market of three institutions with two contacts each, on a database of its own, a clock to set, and real mail servers.
 * `clean` closes what a test opened and ends what it left.
 */
export async function deliveryBed(firms = 2) {
  const store = await testDatabase()
  const market = await testMarket(store.db, firms)
  const open: { close(): unknown }[] = []
  const bed = {
    store,
    db: store.db,
    market,
    ...testTools(store.db),
    async smtp(behaviour?: Parameters<typeof testSmtp>[0]): Promise<TestSmtp> {
      const server = await testSmtp(behaviour)
      open.push(server)
      return server
    },
    mailTo(url: string): Channel {
      const transport = openTransport({ smtp_url: url, mail_from: 'noroshi@market.example' })
      open.push(transport)
      return mailChannel(transport)
    },
    /** A notice to all contacts of the market at once, if nothing else is said, on its way. */
    async tell(mode: Mode, said: Partial<NoticeDraft> = {}, channels: ChannelName[] = ['mail']) {
      // An address that an earlier test had refused was stopped; here everyone can be reached again.
      await store.db
        .updateTable('contact_address')
        .set({ quarantined_at: null, quarantine_reason: null, refused_at: null, refusal: null })
        .execute()
      const id = await releaseTest(bed.tools, market.desk, { mode, ...said })
      await takeSteps(bed.tools, channels)
      return id
    },
    rowsOf: (notice_id: string) =>
      store.db.selectFrom('delivery').selectAll().where('notice_id', '=', notice_id).orderBy('address').execute(),
    lines: (notice_id: string) => trailLines(store.db, { about: `/notices/${notice_id}`, limit: 20 }),
    /** As a worker leaves them that claimed them and was killed, so long ago. */
    leave: (notice_id: string, { seconds_ago, takeovers = 0 }: { seconds_ago: number; takeovers?: number }) =>
      sql`update delivery set state = 'sending', attempts = 1, claims = 1, takeovers = ${takeovers},
        tries = '[{"claim": 1, "kind": "begun", "at": "2027-01-15T00:00:00.000Z"}]',
        claimed_until = clock_timestamp() + make_interval(secs => ${10 - seconds_ago})
        where notice_id = ${notice_id}`.execute(store.db),
    async clean() {
      for (const each of open.splice(0).reverse()) await each.close()
      Object.assign(bed, testTools(store.db))
      await sql`update receipt set next_step_at = null`.execute(store.db)
      await sql`update channel_state set problem = null, handed_over_at = null, suspect_since = null, suspect_why = null`.execute(
        store.db,
      )
      await sql`update delivery set queued_at = queued_at - interval '1 day'`.execute(store.db)
      await sql`update delivery set state = 'stopped' where state in ('waiting', 'sending')`.execute(store.db)
    },
    close: () => store.close(),
  }
  return bed
}

export const counts = (batch: Awaited<ReturnType<typeof deliverDue>>) =>
  Object.fromEntries(Object.entries(batch).filter(([name, value]) => name !== 'claimed' && value))
