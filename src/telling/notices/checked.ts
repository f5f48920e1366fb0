import { createHash } from 'node:crypto'
import { goesAgain, stampsNow } from '#delivery/deliveries/index.ts'
import { lockDirectory } from '#directory/contacts/index.ts'
import { channelsOf } from '#ground/channels/available.ts'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { canonical } from '#ground/trail/record.ts'
import { lockRights } from '#people/roles/index.ts'
import { lockGroups } from '#telling/audience/index.ts'
import { lockLadders } from '#telling/ladders/index.ts'
import { addressedBy } from './addressed-by.ts'
import { readToRender } from './send-out.ts'

/**
 * All that a check shows and a release does, in parts that can be compared: ids and digests, never names or addresses. Devices are
 * left out: whoever switches notifications on is the same person, reached as before.
 */
export type Checked = {
  institutions: string[]
  /** By the id of a contact: what names the addresses that take something, whether they are first, and their ladder. */
  people: Record<string, string>
  /** The ladders of those addressed, as they are climbed. */
  steps: LadderStep[]
  /** Names which of them each institution climbs, also one without contacts. */
  climbs: string
  channels: ChannelName[]
  /** Of a correction or a withdrawal: the contacts whom the first went to, who get it at once. */
  reached?: string[]
  /** Names every word and file of it, in both languages, with what it is about and who sends it. */
  said: string
}

type OfNotice = { id: string; replaces_id: string | null; audience: unknown; severity: NoticeSeverity }
type CheckTools = Pick<Tools, 'config' | 'origin'>

/** What a release of this moment would do; the institutions are those whom it would reach, `to_render` what its texts are made of. */
export async function checkedNow(db: Database | Tx, { config, origin }: CheckTools, notice: OfNotice, at: Date) {
  const institution_ids = await addressedBy(db, notice, at)
  const [{ people, steps, climbers }, to_render, files, again] = await Promise.all([
    stampsNow(db, notice.severity, institution_ids),
    readToRender(db, notice.id, { origin, config, at }),
    db
      .selectFrom('notice_attachment')
      .where('notice_id', '=', notice.id)
      .select(['file_name', 'digest'])
      .orderBy('id')
      .execute(),
    notice.replaces_id ? goesAgain(db, notice.replaces_id, institution_ids) : null,
  ])
  const { at: _, ...said } = to_render
  const checked: Checked = {
    institutions: [...institution_ids].sort(),
    people: Object.fromEntries(people.map(({ contact_id, reach }) => [contact_id, named(reach).slice(0, 16)])),
    steps,
    climbs: named(climbers.sort((one, other) => (one.id < other.id ? -1 : 1))),
    channels: channelsOf(config),
    ...(again && { reached: again.to }),
    said: named({ said, files }),
  }
  const asked = climbers.filter(({ is_asked }) => is_asked).length
  return { institution_ids, asked, checked, digest: named(checked), to_render, left_out: again?.left_out ?? [] }
}

const named = (what: unknown) => createHash('sha256').update(canonical(what)).digest('hex')

/**
 * Keeps whom a notice is for, and by which ladder, as they are until the end of the transaction: what is compared is what is
 * stamped. Before anything of the notice is locked that others hold while they wait for one of these: nobody does.
 */
export async function holdAudience(tx: Tx, { severity }: Pick<OfNotice, 'severity'>) {
  await lockRights(tx)
  await lockDirectory(tx)
  await lockLadders(tx, severity)
  await lockGroups(tx)
}

/** Writes down what a notice would do, for whoever is told later what has changed since. */
export async function keepCheck(tx: Tx, tools: CheckTools, notice: OfNotice, at: Date) {
  const { checked, digest } = await checkedNow(tx, tools, notice, at)
  const kept = { digest, parts: JSON.stringify(checked), kept_at: at }
  await tx
    .insertInto('notice_check')
    .values({ notice_id: notice.id, ...kept })
    .onConflict((conflict) => conflict.column('notice_id').doUpdateSet(kept))
    .execute()
}
