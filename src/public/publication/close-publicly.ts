import { randomUUID } from 'node:crypto'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { PublicSituation, Snapshot, ToPublish } from '#public/site/index.ts'
import { type CentreTimes, centreTold, dissolvedAt } from './centre-told.ts'
import { inTurn, latestSnapshot, pictureAfter, publishSnapshot } from './publish-snapshot.ts'
import { lastPublication } from './queries.ts'

type Of = { id: string; mode: Mode } & CentreTimes
type Closing = { closing_ja: string; closing_en: string }
type Words = { text_ja: string; text_en: string }

/** Tells the public that a situation is over, if it was ever told of it: the CAP message cancels the earlier ones. */
export async function closePublicly(
  tx: Tx,
  by: Person,
  { at, origin, closing_ja, closing_en, ...of }: Of & Closing & { at: Date; origin: string },
) {
  await inTurn(tx, of.mode)
  const told = closedAs(await latestSnapshot(tx, of.mode), of, at, { closing_ja, closing_en })
  if (told) await publishChange(tx, by, told, { at, origin, is_correction: false })
}

/** Tells the public, if it was told of the closing, that this was a mistake: a correction of what the closing said. */
export async function reopenPublicly(
  tx: Tx,
  by: Person,
  { at, origin, text_ja, text_en, ...of }: Of & Words & { at: Date; origin: string },
) {
  await inTurn(tx, of.mode)
  const told = reopenedAs(await latestSnapshot(tx, of.mode), of, at, { text_ja, text_en })
  if (told) await publishChange(tx, by, told, { at, origin, is_correction: true })
}

export type PublicChange = { before: PublicSituation; after: PublicSituation; number: number }

/** What the public would read after the closing, without closing; null when it was never told of the situation. */
export async function previewClosing(
  { db, clock, origin }: Tools,
  of: Of,
  words: Closing,
): Promise<PublicChange | null> {
  const [latest, at] = [await latestSnapshot(db, of.mode), clock()]
  return changeTo(latest, closedAs(latest, of, at, words), { at, origin, is_correction: false })
}

/** The same of opening again; `of` as its command centre will stand then. */
export async function previewReopening(
  { db, clock, origin }: Tools,
  of: Of,
  words: Words,
): Promise<PublicChange | null> {
  const [latest, at] = [await latestSnapshot(db, of.mode), clock()]
  return changeTo(latest, reopenedAs(latest, of, at, words), { at, origin, is_correction: true })
}

type How = { at: Date; origin: string; is_correction: boolean }

function changeTo(latest: Snapshot, told: ToPublish | null, how: How): PublicChange | null {
  const before = knownAs(latest, told?.id)
  return told && before ? { before, after: pictureAfter(latest, told, how), number: latest.number } : null
}

const knownAs = (latest: Snapshot, id: string | undefined) => latest.situations.find((each) => each.id === id)

function closedAs(latest: Snapshot, of: Of, at: Date, words: Closing): ToPublish | null {
  const known = knownAs(latest, of.id)
  if (!known || known.closed_at) return null
  const [updated_at, closed_at] = [at.toISOString(), at.toISOString()]
  const centre = centreTold(dissolvedAt(of, at))
  return { ...toldAgain(known), ...words, ...centre, updated_at, closed_at, next_update_at: null }
}

function reopenedAs(latest: Snapshot, of: Of, at: Date, { text_ja, text_en }: Words): ToPublish | null {
  const known = knownAs(latest, of.id)
  if (!known?.closed_at) return null
  const open = { closed_at: null, closing_ja: null, closing_en: null }
  return { ...toldAgain(known), ...open, ...centreTold(of), text_ja, text_en, updated_at: at.toISOString() }
}

/** What follows from what was said before is made anew. */
const toldAgain = ({ earlier: _, corrected_at: __, ...told }: PublicSituation): ToPublish => told

/** Whoever was chosen to be named stays chosen. */
async function publishChange(tx: Tx, by: Person, told: ToPublish, how: How) {
  const institutions = (await lastPublication(tx as Database, told.id))?.institutions ?? []
  await publishSnapshot(tx, by, told, { ...how, institutions, idempotency_key: randomUUID() })
}
