import { z } from 'zod'
import type { Language } from '#ground/html/language.ts'
import { csvText } from '#ground/lists/csv.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { contactColumns } from './contact-columns.ts'
import { fieldsOf, type Sought } from './query.ts'
import { allContacts } from './search.ts'
import { vcards } from './vcard.ts'

export const Format = z.enum(['vcard', 'csv'])
type File = { name: string; type: string; content: string }

/** The contacts found, as a file: all with the right to export, else those of the person's own institution. Leaves a line with the search and the count. */
export async function exportContacts(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  format: z.output<typeof Format>,
  sought: Sought,
  language: Language,
): Promise<File> {
  const at = clock()
  // Whoever may look at their colleagues' numbers may also take them along.
  const institution_id = may(by, 'directory.export') ? undefined : by.institution_id

  return db.transaction().execute(async (tx) => {
    const contacts = await allContacts(tx, by, sought, { at, institution_id })
    const institutions = new Set(contacts.map((contact) => contact.institution_id)).size
    await record(tx, by, at, {
      action: 'directory.exported',
      about: '/directory',
      details: {
        format,
        contacts: contacts.length,
        institutions,
        is_own_only: institution_id !== undefined,
        ...fieldsOf(sought),
      },
    })
    const day = at.toISOString().slice(0, 10)
    if (format === 'vcard')
      return { name: `noroshi-amber-${day}.vcf`, type: 'text/vcard; charset=utf-8', content: vcards(contacts, at) }
    const table = { columns: contactColumns(language), rows: contacts, label: () => labelOf.contact }
    return {
      name: `noroshi-amber-${day}.csv`,
      type: 'text/csv; charset=utf-8',
      content: csvText(table, at, language),
    }
  })
}
