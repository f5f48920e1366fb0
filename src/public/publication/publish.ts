import { must, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { PublicSituation, ToPublish } from '#public/site/index.ts'
import { statesAt } from '#status/activations/index.ts'
import { currentReports } from '#status/board/index.ts'
import { readSituation } from '#status/situations/index.ts'
import { type Doubts, doubtsAbout } from './doubts.ts'
import { digestOf, draftOf } from './draft.ts'
import { type Parted, partedLanguages } from './languages.tsx'
import type { PublicationForm } from './publication-form.ts'
import { inTurn, latestSnapshot, pictureAfter, publishSnapshot } from './publish-snapshot.ts'

export type Published = { id: string } | { failed: 'closed' | 'changed' | 'languages' | 'gathering' }

/**
 * Tells the public exactly what was checked (提供, S0-11). If a report or another publication has changed what it would read
 * since then, nothing is published and the check is shown again; nor is it when the two languages part and nobody said that
 * they may, nor a gathering that nobody chose expressly. The same key again is the same publication.
 */
export async function publish(
  { db, clock, origin }: Tools,
  by: Person,
  situation_id: string,
  form: PublicationForm,
  { seen, idempotency_key, may_part }: { seen: string; idempotency_key: string; may_part: boolean },
): Promise<Published> {
  must(by, 'publication.publish')
  return db.transaction().execute(async (tx) => {
    // The situation first, then the turn: who closes a situation holds it, too, and then waits for the turn.
    await tx.selectFrom('situation').select('id').where('id', '=', situation_id).forUpdate().execute()
    const situation = await readSituation(tx, situation_id)
    await inTurn(tx, situation.mode)
    const at = clock()
    const same = await tx
      .selectFrom('publication')
      .select(['id', 'situation_id', 'published_by'])
      .where('idempotency_key', '=', idempotency_key)
      .executeTakeFirst()
    if (same && (same.situation_id !== situation_id || same.published_by !== by.id))
      throw new NotAllowed(`${by.id} sent a key that is in use`)
    if (same) return { id: same.id }
    if (situation.closed_at) return { failed: 'closed' }
    if (!situation.centre_set_up_at && !form.of_gathering) return { failed: 'gathering' }

    const rows = await currentReports(tx, { situation_id, mode: situation.mode, now: at })
    const bcps = await statesAt(tx, situation.mode, at)
    const told = draftOf(situation, { rows, bcps }, form, at)
    const before = await latestSnapshot(tx, situation.mode)
    if (seenDigest(before.number, told, form) !== seen) return { failed: 'changed' }
    const known = before.situations.find(({ id }) => id === situation_id) ?? null
    if (partedLanguages(known, told) && !may_part) return { failed: 'languages' }
    const id = await publishSnapshot(tx, by, told, {
      at,
      origin,
      is_correction: form.is_correction,
      institutions: form.institutions,
      idempotency_key,
    })
    return { id }
  })
}

/** The number of the publication that a check was made against; null if what was sent is no check of ours. */
export const seenNumber = (seen: string) => (/^\d{1,9}-/.test(seen) ? Number.parseInt(seen, 10) : null)

/** What a check was made against: the publication before it, and all that the public would read after it. */
const seenDigest = (number: number, told: ToPublish, { is_correction }: PublicationForm) =>
  `${number}-${is_correction ? 'correction' : 'update'}-${digestOf(told)}`

/** The publication as it would be, without publishing: before, after, and the name of what is seen. */
export async function preview(
  { db, clock, origin }: Tools,
  by: Person,
  situation_id: string,
  form: PublicationForm,
): Promise<{
  before: PublicSituation | null
  after: PublicSituation
  parted: Parted | null
  doubts: Doubts
  seen: string
}> {
  must(by, 'publication.publish')
  const at = clock()
  const situation = await readSituation(db, situation_id)
  const rows = await currentReports(db, { situation_id, mode: situation.mode, now: at })
  const bcps = await statesAt(db, situation.mode, at)
  const told = draftOf(situation, { rows, bcps }, form, at)
  const latest = await latestSnapshot(db, situation.mode)
  const after = pictureAfter(latest, told, { at, origin, is_correction: form.is_correction })
  const before = latest.situations.find(({ id }) => id === situation_id) ?? null
  return {
    before,
    after,
    parted: partedLanguages(before, after),
    doubts: doubtsAbout(after, rows, form.institutions),
    seen: seenDigest(latest.number, told, form),
  }
}
