import { z } from 'zod'
import { toCivilInput } from '#ground/html/civil.ts'
import { may, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type ExportedFile, fileOf, formats, type Unmappable } from './export-files.ts'
import { contactTable, type Exported, institutionTable } from './export-tables.ts'
import { readDirectory } from './read-directory.ts'

export const contents = ['both', 'institutions', 'contacts'] as const

export const ExportForm = z
  .object({ format: z.enum(formats, 'format'), contents: z.enum(contents, 'contents') })
  .refine(({ format, contents }) => format === 'xlsx' || contents !== 'both', {
    path: ['contents'],
    error: 'one_table',
  })
export type ExportForm = z.output<typeof ExportForm>

/** What this person may take with them: everything, the own institution, or nothing. */
export const exportScope = (by: Person): 'all' | 'own' | null =>
  may(by, 'directory.export') ? 'all' : may(by, 'institution.edit-own') || may(by, 'contact.edit-own') ? 'own' : null

/** The directory as a file in the columns of the import, so that importing it again changes nothing. What was taken is in the trail. */
export async function exportDirectory(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  form: ExportForm,
): Promise<ExportedFile | { unmappable: Unmappable }> {
  const scope = exportScope(by)
  if (!scope) throw new NotAllowed(`${by.id} may not directory.export`)
  const at = clock()
  const day = toCivilInput(at).slice(0, 10)

  return db.transaction().execute(async (tx) => {
    const directory = await readDirectory(tx, scope === 'own' ? by.institution_id : undefined)
    const named = await tx.selectFrom('institution').select(['id', 'code']).execute()
    const codes = new Map(named.map(({ id, code }) => [id, code]))
    const tables: Exported[] = [
      ...(form.contents === 'contacts' ? [] : [institutionTable(directory, codes)]),
      ...(form.contents === 'institutions' ? [] : [contactTable(directory)]),
    ]
    const file = await fileOf(form.format, tables, day)
    if ('unmappable' in file) return file
    await record(tx, by, at, {
      action: 'directory.exported',
      about: scope === 'own' ? `/institutions/${by.institution_id}` : '/institutions',
      details: {
        scope,
        format: form.format,
        ...Object.fromEntries(tables.map(({ kind, lines }) => [kind, lines.length])),
      },
    })
    return file
  })
}
