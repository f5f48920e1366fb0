import { z } from 'zod'
import { inboundKey } from '#ground/channels/inbound-key.ts'
import { lock } from '#ground/db/lock.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { currentKey } from './current-key.ts'

const messages = inBoth({
  ja: { code: '機関のコードを入力してください', unknown: 'このコードの機関はありません' },
  en: { code: 'Enter the code of the institution', unknown: 'There is no institution of this code' },
})
export const unknownCode = (language: Language) => messages[language].unknown

/** The institution by its code, and which generation its key had on the page: 0, none. */
export const DropKeyForm = (language: Language) =>
  z.object({
    code: z.string(messages[language].code).trim().min(1, messages[language].code).max(100, messages[language].code),
    generation: z.coerce.number().int().min(0).optional(),
  })
export type DropKeyForm = z.output<ReturnType<typeof DropKeyForm>>

/**
 * Makes the key with which an institution's system signs its files, which ends the one before; or, with `is_on` false, ends the intake of its
 * files. The key is given here and nowhere else. Of two presses at once the second changes nothing.
 */
export async function setDropKey(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  by: Person,
  { code, generation, is_on }: DropKeyForm & { is_on: boolean },
): Promise<{ key: string; institution_id: string } | { ended: string } | { failed: 'unknown' | 'outdated' }> {
  must(by, 'drop.set-key')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const found = tx.selectFrom('institution').where('code', '=', code).select('id')
    const institution = await found.executeTakeFirst()
    if (!institution) return { failed: 'unknown' }
    const institution_id = institution.id
    await lock(tx, 'drop-key', institution_id)
    const before = await currentKey(tx, institution_id)
    if ((before?.generation ?? 0) !== (generation ?? 0)) return { failed: 'outdated' }
    const next = { institution_id, generation: (before?.generation ?? 0) + 1 }
    await tx
      .insertInto('drop_key')
      .values({ ...next, is_on, set_by: by.id, set_at: at })
      .execute()
    await record(tx, by, at, {
      action: is_on ? 'drop.key-set' : 'drop.key-ended',
      about: '/drop',
      details: { institution_id, generation: next.generation },
    })
    return is_on ? { key: inboundKey(config.secret, next), institution_id } : { ended: institution_id }
  })
}
