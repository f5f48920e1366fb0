import { createHash } from 'node:crypto'
import { z } from 'zod'
import { lockDirectory } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { canonical, record } from '#ground/trail/record.ts'
import { applyPlan, detailsOf, planNow } from './import-roster.ts'
import type { Upload } from './lines.ts'
import { parseFile } from './parse-file.ts'
import { leaving } from './plan.ts'
import type { Plan } from './planned.ts'
import { type Refused, refused } from './problem.ts'

const kept_ms = 24 * 60 * 60 * 1000

/** Reads a file and keeps what it says, to be looked at; nothing of the directory changes. What cannot be applied is not kept. */
export async function keepUpload(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { name, bytes, is_complete }: { name: string; bytes: Uint8Array; is_complete: boolean },
): Promise<{ id: string } | Refused> {
  must(by, 'roster.import')
  const at = clock()
  const upload = await parseFile(bytes)
  if ('problems' in upload) return upload
  const { problems } = await planNow(db, upload, is_complete, at)
  if (problems.length > 0) return refused(problems)

  await db
    .deleteFrom('roster_upload')
    .where((eb) =>
      eb.or([
        eb('uploaded_at', '<', new Date(at.getTime() - kept_ms)),
        eb.and([eb('uploaded_by', '=', by.id), eb('applied_at', 'is', null)]),
      ]),
    )
    .execute()
  return db
    .insertInto('roster_upload')
    .values({
      file_name: [...name.replaceAll(/\p{Cc}/gu, '')].slice(-200).join(''),
      digest: createHash('sha256').update(bytes).digest('hex'),
      is_complete,
      content: JSON.stringify(upload),
      uploaded_by: by.id,
      uploaded_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export type Preview = {
  id: string
  file_name: string
  is_complete: boolean
  uploaded_at: Date
  is_applied: boolean
  plan: Plan
  /** Names what was shown: what is pressed applies this and nothing else. */
  seen: string
}

/** What a kept upload would do to the directory as it is now. */
export async function readPreview(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
): Promise<Preview> {
  must(by, 'roster.import')
  const at = clock()
  return previewOf(db, await ownUpload(db, by, id, at), at)
}

const ownUpload = async (db: Database, by: Person, id: string, at: Date) => {
  const upload = await db
    .selectFrom('roster_upload')
    .where('id', '=', id)
    .where('uploaded_by', '=', by.id)
    .where('uploaded_at', '>=', new Date(at.getTime() - kept_ms))
    .selectAll()
    .executeTakeFirst()
  if (!upload) throw new NotFound(`roster upload ${id}`)
  return upload
}
type Kept = Awaited<ReturnType<typeof ownUpload>>

const nothing: Upload = { institutions: null, contacts: null, is_compact: false }

async function previewOf(db: Database, kept: Kept, at: Date): Promise<Preview> {
  const { id, file_name, is_complete, uploaded_at, applied_at, content } = kept
  const plan = await planNow(db, (content as Upload | null) ?? nothing, is_complete, at)
  return { id, file_name, is_complete, uploaded_at, is_applied: applied_at !== null, plan, seen: seenOf(plan) }
}

/** The same for two plans that show the same, though the ids of new rows differ. */
const seenOf = ({ entries, institutions, contacts, warnings, problems }: Plan): string =>
  createHash('sha256').update(canonical({ entries, institutions, contacts, warnings, problems })).digest('base64url')

export const ApplyForm = z.object({
  seen: z.string().default(''),
  /** Ticked: the warnings have been looked at. */
  warnings: z.string().optional(),
  /** How many leave, as typed. */
  leaving: z.string().default(''),
  /** Sent by the page that asks a second time. */
  again: z.string().optional(),
})
export type ApplyForm = z.output<typeof ApplyForm>

/** Why nothing was applied: what was shown is not what would happen now, or the person has to confirm more. */
export type NotApplied = { preview: Preview; because: 'changed' | 'warnings' | 'leaving' | 'again' }

/** Applies exactly what the preview showed, all of it or nothing. A second press finds it applied and does nothing. */
export async function applyUpload(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  form: ApplyForm,
): Promise<{ done: true } | NotApplied> {
  must(by, 'roster.import')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockDirectory(tx)
    const kept = await ownUpload(tx, by, id, at)
    if (kept.applied_at) return { done: true }
    const preview = await previewOf(tx, kept, at)
    const because = missing(preview, form)
    if (because) return { preview, because }

    await applyPlan(tx, preview.plan, kept.content as Upload, at)
    await tx.updateTable('roster_upload').set({ content: null, applied_at: at }).where('id', '=', id).execute()
    const { file_name: file, digest, is_complete } = kept
    await record(tx, by, at, {
      action: 'roster.imported',
      about: '/institutions',
      details: { file, digest, is_complete, ...detailsOf(preview.plan) },
    })
    return { done: true }
  })
}

function missing({ plan, seen }: Preview, form: ApplyForm): NotApplied['because'] | null {
  if (form.seen !== seen || plan.problems.length > 0) return 'changed'
  if (plan.warnings.length > 0 && !form.warnings) return 'warnings'
  const { ask, count } = leaving(plan)
  if (ask !== 'nothing' && form.leaving.normalize('NFKC').trim() !== String(count)) return 'leaving'
  return ask === 'twice' && !form.again ? 'again' : null
}
