import type { Database } from '#ground/db/database.ts'
import type { NoticeKind } from '#ground/db/tables.ts'
import { type Audience, keptAudience, membersOf } from '#telling/audience/index.ts'

/** What of a situation stands against a notice in it: that there is no command centre to speak, or whom a gathering is for. */
export async function situationOf(db: Database, id: string) {
  const found = await db
    .selectFrom('situation')
    .where('id', '=', id)
    .select(['mode', 'closed_at', 'audience', 'centre_set_up_at', 'centre_dissolved_at'])
    .executeTakeFirst()
  if (!found) return null
  const { audience, centre_set_up_at, centre_dissolved_at, ...situation } = found
  return {
    ...situation,
    has_centre: centre_set_up_at !== null && centre_dissolved_at === null,
    /** Whom a gathering is for; null: the whole market. */
    asks: centre_set_up_at === null ? keptAudience(audience) : null,
  }
}

/** Whether any of these institutions is none of those whom a gathering is for: it asks and tells no others. */
export async function isOutside(db: Database, within: Audience, ids: readonly string[], at: Date): Promise<boolean> {
  const meant = new Set((await membersOf(db, within, at).execute()).map(({ id }) => id))
  return ids.some((id) => !meant.has(id))
}

/** Why a notice that was put forward must not go out in its situation as that stands now; null: nothing is against it. */
export async function againstRelease(
  db: Database,
  notice: { kind: NoticeKind; situation_id: string | null; replaces_id: string | null },
  ids: readonly string[],
  at: Date,
): Promise<'no_centre' | 'outside' | null> {
  const situation = notice.situation_id && !notice.replaces_id ? await situationOf(db, notice.situation_id) : null
  if (!situation) return null
  if (notice.kind === 'command_centre' && !situation.has_centre) return 'no_centre'
  return situation.asks && (await isOutside(db, situation.asks, ids, at)) ? 'outside' : null
}
