import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { lockDirectory } from '#directory/contacts/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Problems } from '#ground/html/forms.tsx'
import type { Language } from '#ground/html/language.ts'
import { must, mustIn, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { canonical, record } from '#ground/trail/record.ts'
import { against } from './against-directory.ts'
import { changesOf, type FieldChange, needsReason } from './edit-changes.ts'
import { formMessages } from './form-messages.ts'
import { type Edited, type EditField, fieldsOf, readCode, readForm } from './institution-form.ts'

export type Form = { values: Record<string, string>; lists: Record<string, string[]> }
/** What a form would change. `seen` names the entry as it was, so that nobody overwrites what they have not seen. */
export type Checked = {
  edited: Edited
  changes: FieldChange[]
  problems: Problems
  seen: string
  fields: readonly EditField[]
}

/** An entry as the form shows it. */
export async function readEntry(db: Database, by: Person, id: string): Promise<{ code: string; entry: Edited }> {
  if (fieldsOf(by, id).length === 0) throw new NotAllowed(`${by.id} may not edit ${id}`)
  const row = await db
    .selectFrom('institution')
    .leftJoin('institution as parent', 'parent.id', 'institution.parent_id')
    .leftJoin('institution as supervisor', 'supervisor.id', 'institution.supervised_by')
    .where('institution.id', '=', id)
    .selectAll('institution')
    .select(['parent.code as parent_code', 'supervisor.code as supervisor_code'])
    .executeTakeFirst()
  if (!row) throw new NotFound(`institution ${id}`)
  const markets = await db.selectFrom('institution_market').where('institution_id', '=', id).select('market').execute()
  const functions = await db
    .selectFrom('institution_function')
    .where('institution_id', '=', id)
    .select('function_code')
    .execute()
  const sites = await db
    .selectFrom('site')
    .where('institution_id', '=', id)
    .select(['id', 'kind', 'address', 'area_code'])
    .orderBy('id')
    .execute()
  const { code, kind, name_ja, name_en, reading, lei, mic, parent_code, active_from, active_to } = row
  const { membership, district_code, registration_kind, registration_number, supervisor_code, is_asked } = row
  const lists = { markets: markets.map((one) => one.market), functions: functions.map((one) => one.function_code) }
  return {
    code,
    entry: {
      ...{ kind, name_ja, name_en, reading, lei, mic, parent_code },
      ...{ membership, district_code, registration_kind, registration_number, supervisor_code, is_asked },
      ...{ active_from, active_to, ...lists, sites },
    },
  }
}

const seenOf = (entry: Edited) => createHash('sha256').update(canonical(entry)).digest('base64url')

/** What the form would change, and what is wrong with it; writes nothing. */
export async function checkEdit(
  db: Database,
  by: Person,
  language: Language,
  id: string,
  form: Form,
): Promise<Checked> {
  const fields = fieldsOf(by, id)
  const { entry } = await readEntry(db, by, id)
  const { edited, problems } = readForm(language, fields, entry, form.values, form.lists)
  const taken = await against(db, language, id, edited, fields)
  const changes = changesOf(entry, edited)
  const reason = reasonOf(language, changes, form)
  return { edited, changes, problems: { ...taken, ...reason, ...problems }, seen: seenOf(entry), fields }
}

/** Changes an entry as it was checked. If it changed meanwhile nothing is written, and it is to be checked again. */
export async function editInstitution(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  language: Language,
  id: string,
  form: Form,
): Promise<{ done: true } | { again: Checked }> {
  mustIn(by, 'institution.edit', id)
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockDirectory(tx)
    const checked = await checkEdit(tx, by, language, id, form)
    // A second press finds everything as it wants it.
    if (checked.changes.length === 0 && Object.keys(checked.problems).length === 0) return { done: true }
    if (form.values.seen !== checked.seen || Object.keys(checked.problems).length > 0) return { again: checked }

    await write(tx, id, checked.edited)
    await record(tx, by, at, {
      action: 'institution.edited',
      about: `/institutions/${id}`,
      details: { changes: checked.changes, reason: form.values.reason?.trim() ?? '' },
    })
    return { done: true }
  })
}

export const emptyEntry = (today: string): Edited => ({
  kind: 'securities_firm',
  name_ja: '',
  name_en: '',
  reading: '',
  lei: null,
  mic: null,
  parent_code: null,
  membership: 'member',
  district_code: null,
  registration_kind: '',
  registration_number: '',
  supervisor_code: null,
  is_asked: true,
  active_from: today,
  active_to: null,
  markets: [],
  functions: [],
  sites: [],
})

/** What would be added; writes nothing. */
export async function checkNew(db: Database, by: Person, language: Language, today: string, form: Form) {
  must(by, 'institution.edit')
  const id = randomUUID()
  const fields = fieldsOf(by, id)
  const { edited, problems } = readForm(language, fields, emptyEntry(today), form.values, form.lists)
  const read = readCode(language, form.values.code ?? '')
  const code = 'code' in read ? read.code : ''
  const taken = await against(db, language, id, edited, fields)
  const known = await db.selectFrom('institution').where('code', '=', code).select('idempotency_key').executeTakeFirst()
  const is_other = known && known.idempotency_key !== form.values.idempotency_key
  const wrong = 'problem' in read ? { code: read.problem } : is_other ? { code: formMessages[language].code_taken } : {}
  return { id, code, edited, changes: changesOf(emptyEntry(''), edited), problems: { ...wrong, ...taken, ...problems } }
}

/** Adds an institution; pressing twice adds it once. */
export async function addInstitution(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  language: Language,
  form: Form & { key: string; today: string },
): Promise<{ id: string } | { problems: Problems }> {
  must(by, 'institution.edit')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockDirectory(tx)
    const first = await tx
      .selectFrom('institution')
      .where('idempotency_key', '=', form.key)
      .select('id')
      .executeTakeFirst()
    if (first) return first
    const { id, code, edited, problems } = await checkNew(tx, by, language, form.today, form)
    if (Object.keys(problems).length > 0) return { problems }

    const { kind, name_ja, name_en } = edited
    await tx.insertInto('institution').values({ id, code, kind, name_ja, name_en, idempotency_key: form.key }).execute()
    await write(tx, id, edited)
    await record(tx, by, at, {
      action: 'institution.added',
      about: `/institutions/${id}`,
      details: { code, kind, name_ja },
    })
    return { id }
  })
}

async function write(tx: Tx, id: string, edited: Edited) {
  const { parent_code, supervisor_code, markets, functions, sites, ...plain } = edited
  const idOf = async (code: string | null) =>
    code === null
      ? null
      : (await tx.selectFrom('institution').where('code', '=', code).select('id').executeTakeFirstOrThrow()).id
  await tx
    .updateTable('institution')
    .set({ ...plain, parent_id: await idOf(parent_code), supervised_by: await idOf(supervisor_code) })
    .where('id', '=', id)
    .execute()
  await tx
    .deleteFrom('institution_market')
    .where('institution_id', '=', id)
    .where('market', '!=', sql<string>`all(${markets}::text[])` as never)
    .execute()
  await tx
    .deleteFrom('institution_function')
    .where('institution_id', '=', id)
    .where('function_code', '!=', sql<string>`all(${functions}::text[])` as never)
    .execute()
  for (const market of markets)
    await tx
      .insertInto('institution_market')
      .values({ institution_id: id, market })
      .onConflict((c) => c.doNothing())
      .execute()
  for (const function_code of functions)
    await tx
      .insertInto('institution_function')
      .values({ institution_id: id, function_code })
      .onConflict((c) => c.doNothing())
      .execute()
  await writeSites(tx, id, sites)
}

async function writeSites(tx: Tx, institution_id: string, sites: Edited['sites']) {
  const had = await tx.selectFrom('site').where('institution_id', '=', institution_id).selectAll().execute()
  const kept = new Map(had.map((site) => [site.id, site]))
  const gone = had.filter(({ id }) => !sites.some((site) => site.id === id)).map(({ id }) => id)
  if (gone.length > 0) await tx.deleteFrom('site').where('id', '=', sql<string>`any(${gone}::uuid[])`).execute()
  for (const { id, ...site } of sites) {
    const before = id ? kept.get(id) : undefined
    if (!before)
      await tx
        .insertInto('site')
        .values({ institution_id, ...site })
        .execute()
    else if (canonical({ ...before, ...site }) !== canonical(before))
      await tx.updateTable('site').set(site).where('id', '=', before.id).execute()
  }
}

function reasonOf(language: Language, changes: FieldChange[], { values }: Form): Problems {
  const reason = (values.reason ?? '').trim()
  const is_missing = needsReason(changes) && reason === ''
  return is_missing || reason.length > 500 ? { reason: formMessages[language].reason } : {}
}
