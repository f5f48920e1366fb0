import { judgeVersion } from '#ground/db/next-version.ts'
import { mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockPoint } from './lock-point.ts'
import type { PlaceForm } from './point-form.ts'

/** Says from where an institution works now, and since when. The same press twice is heard once. */
export async function movePlace(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  institution_id: string,
  { version: seen, place, note, since }: PlaceForm,
): Promise<{ done: true; failed?: undefined } | { failed: 'outdated' }> {
  mustIn(by, 'contact-point.edit', institution_id)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockPoint(tx, institution_id)
    const known = await tx.selectFrom('institution').where('id', '=', institution_id).select('id').executeTakeFirst()
    if (!known) throw new NotFound(`institution ${institution_id}`)
    const newest = await tx
      .selectFrom('work_place_now')
      .where('institution_id', '=', institution_id)
      .selectAll()
      .executeTakeFirst()
    // Where no time is said, it is that of the press: a second one is no other time.
    const judged = judgeVersion(newest, { place, note, ...(since && { since }) }, { seen, by })
    if (judged.is === 'same') return { done: true }
    if (judged.is !== 'next') return { failed: 'outdated' }
    const { version } = judged
    const is_on_behalf = by.institution_id !== institution_id
    await tx
      .insertInto('work_place')
      .values({ institution_id, version, place, note, since: since ?? at, is_on_behalf, made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'contact-point.moved',
      about: `/contact-points/${institution_id}`,
      details: { institution_id, version, place, note, since: (since ?? at).toISOString(), on_behalf: is_on_behalf },
    })
    return { done: true }
  })
}
