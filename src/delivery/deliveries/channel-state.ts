import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** A process that cannot hand over while another just did is alone with its trouble: the channel is not lost. */
const alone_s = 10
/** That all is well is noted this often at most. */
const noted_s = 5

type Needed = Pick<Tools, 'db' | 'clock'>

/** Notes that a channel cannot be used. One line of the trail a change, however many processes find it. */
export async function noteLost({ db, clock }: Needed, channel: ChannelName, problem: string) {
  const at = clock()
  const known = await stateOf(db, channel)
  if (known?.problem != null || isFresh(known?.handed_over_at, at, alone_s)) return
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      insert into channel_state as known (channel, problem, since, checked_at) values (${channel}, ${problem}, ${at}, ${at})
      on conflict (channel) do update set problem = excluded.problem, since = excluded.since, checked_at = excluded.checked_at
        where known.problem is null
      returning channel`.execute(tx)
    if (rows.length > 0)
      await record(tx, { program: 'deliveries' }, at, {
        action: 'channel.lost',
        about: '/home',
        details: { channel, problem },
      })
  })
}

/** Notes that a channel works, because something was handed over, or because its other side said that it would take it. */
export async function noteWell({ db, clock }: Needed, channel: ChannelName, { is_sent }: { is_sent: boolean }) {
  const at = clock()
  const known = await stateOf(db, channel)
  if (known?.problem === null && isFresh(known.checked_at, at, noted_s)) return
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
