import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Gives the pages of a pack to who may have them, and notes who took it; undefined when there is no such pack. */
export async function takePack({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string) {
  must(by, 'pack.take')
  return db.transaction().execute(async (tx) => {
    const pack = await tx.selectFrom('pack').selectAll().where('id', '=', id).executeTakeFirst()
    if (!pack) return undefined
    await record(tx, by, clock(), {
      action: 'pack.taken',
      about: '/pack',
      details: { pack_id: id, pages: pack.pages, sha256: pack.digest.toString('hex') },
    })
    return pack
  })
}
