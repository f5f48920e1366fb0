import { type SqlBool, sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockPoint } from './lock-point.ts'
import type { PointForm } from './point-form.ts'

type Field = 'phone' | 'mail' | 'office_phone'
type Saved = { done: true; failed?: undefined } | { failed: 'outdated' } | { failed: 'personal'; fields: Field[] }

/**
 * Says how an institution is reached, as the next version; the secretariat may say it for it, and is marked so. What is a person's in the
 * call tree is refused: every member reads this. The same press twice is heard once.
 */
export async function savePoint(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  institution_id: string,
  { version: seen, ...said }: PointForm,
): Promise<Saved> {
  mustIn(by, 'contact-point.edit', institution_id)
  const at = clock()
  return db.transaction().execute(async (tx): Promise<Saved> => {
    await lockPoint(tx, institution_id)
    const known = await tx.selectFrom('institution').where('id', '=', institution_id).select('id').executeTakeFirst()
    if (!known) throw new NotFound(`institution ${institution_id}`)
    const newest = await tx
      .selectFrom('contact_point_now')
      .where('institution_id', '=', institution_id)
      .selectAll()
      .executeTakeFirst()
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { done: true }
    if (judged.is !== 'next') return { failed: 'outdated' }
    const fields = await personal(tx, institution_id, said)
    if (fields.length > 0) return { failed: 'personal', fields }
    const is_on_behalf = by.institution_id !== institution_id
    await tx
      .insertInto('contact_point')
      .values({ ...said, institution_id, version: judged.version, is_on_behalf, made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'contact-point.changed',
      about: `/contact-points/${institution_id}`,
      details: { institution_id, version: judged.version, on_behalf: is_on_behalf, changes: changesOf(newest, said) },
    })
    return { done: true }
  })
}

/** The fields that hold a person's own address: a mobile phone, or a mailbox that is not a role's. */
async function personal(tx: Tx, institution_id: string, said: Pick<PointForm, Field>): Promise<Field[]> {
  const fields: Field[] = ['phone', 'mail', 'office_phone']
  const rows = await tx
    .selectFrom('contact_address')
    .where('institution_id', '=', institution_id)
    .where('removed_at', 'is', null)
    .where('is_role_mailbox', '=', false)
    .where('means', 'in', ['mail', 'mobile', 'satellite'])
    .where(sql<SqlBool>`lower(address) = any(${fields.map((field) => said[field].split(';')[0])}::text[])`)
    .select('address')
    .execute()
  const held = new Set(rows.map(({ address }) => address.toLowerCase()))
  return fields.filter((field) => held.has(said[field].split(';')[0] ?? ''))
}
