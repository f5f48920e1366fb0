import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** A process that cannot hand over while another just did is alone with its trouble: the channel is not lost. */
const alone_s = 10
/** That all is well is noted this often at most. */
const noted_s = 5

type Needed = Pick<Tools, 'db' | 'clock'>

/**
 * In which way a channel fails us. lost: nothing can be handed over. doubt: message after message went out whole and no answer came.
 * slow: the other side has been silent for a while, and may yet take what is in hand.
 */
export type Trouble = 'slow' | 'doubt' | 'lost'
const worse: readonly Trouble[] = ['slow', 'doubt', 'lost']

/** Notes that a channel fails us. One line of the trail a change, however many processes find it; what is worse replaces what is less. */
export async function noteTrouble({ db, clock }: Needed, channel: ChannelName, trouble: Trouble, problem: string) {
  const at = clock()
  const known = await stateOf(db, channel)
  const less = worse.slice(0, worse.indexOf(trouble))
  const stands = known?.problem != null && !less.includes(known.trouble)
  if (stands || isFresh(known?.handed_over_at, at, alone_s)) return
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      insert into channel_state as known (channel, problem, trouble, since, checked_at)
      values (${channel}, ${problem}, ${trouble}, ${at}, ${at})
      on conflict (channel) do update set problem = excluded.problem, trouble = excluded.trouble,
        since = case when known.problem is null then excluded.since else known.since end, checked_at = excluded.checked_at
        where known.problem is null or known.trouble = any(${less}::text[])
      returning channel`.execute(tx)
    if (rows.length > 0)
      await record(tx, { program: 'deliveries' }, at, {
        action: 'channel.lost',
        about: '/home',
        details: { channel, trouble, problem },
      })
  })
}

/**
 * Notes that a channel works, because something was handed over, or because its other side said that it would take it. What never
 * answers a whole message may well greet: of that only a message that was taken is a proof.
 */
export async function noteWell({ db, clock }: Needed, channel: ChannelName, { is_sent }: { is_sent: boolean }) {
  const at = clock()
  const known = await stateOf(db, channel)
  if (known?.problem === null && isFresh(known.checked_at, at, noted_s)) return
  if (known?.problem != null && known.trouble === 'doubt' && !is_sent) return
  const handed_over_at = is_sent ? at : (known?.handed_over_at ?? null)
  if (known?.problem == null) {
    // Nobody has to be told that all is as well as before.
    await sql`
      insert into channel_state as known (channel, problem, since, checked_at, handed_over_at)
      values (${channel}, null, ${at}, ${at}, ${handed_over_at})
      on conflict (channel) do update set checked_at = excluded.checked_at, handed_over_at = excluded.handed_over_at
        where known.problem is null`.execute(db)
    return
  }
  await db.transaction().execute(async (tx) => {
    const back = await tx
      .updateTable('channel_state')
      .set({ problem: null, since: at, checked_at: at, handed_over_at })
      .where('channel', '=', channel)
      .where('problem', 'is not', null)
      .returning('channel')
      .executeTakeFirst()
    if (back)
      await record(tx, { program: 'deliveries' }, at, {
        action: 'channel.back',
        about: '/home',
        details: { channel, lost_at: known.since.toISOString() },
      })
  })
}

const stateOf = (db: Needed['db'], channel: ChannelName) =>
  db.selectFrom('channel_state').selectAll().where('channel', '=', channel).executeTakeFirst()

const isFresh = (moment: Date | null | undefined, at: Date, seconds: number) =>
  moment != null && at.getTime() - moment.getTime() < seconds * 1000
