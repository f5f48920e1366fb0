import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockTemplate } from './lock-template.ts'
import { findTemplate, type Template } from './queries.ts'
import type { TemplateForm, TemplateText } from './template-form.ts'

type Saved = { code: string; failed?: undefined } | { failed: 'changed' | 'removed' }

/**
 * Makes a template (`edited` null) or a new version of one, if nobody else has meanwhile made one over the version that was seen.
 * The same press twice is heard once, and what changes nothing makes no version. Older versions stay: notices were made from them.
 */
export async function saveTemplate(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  edited: string | null,
  { version: seen, code: named, ...said }: TemplateForm,
): Promise<Saved> {
  must(by, 'template.edit')
  const at = clock()
  const code = edited ?? named ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    await lockTemplate(tx, code)
    const known = await findTemplate(tx, code)
    if (edited && !known) throw new NotFound(`template ${code}`)
    if (known?.removed_at) return { failed: 'removed' }
    if (known && saysSame(known, said) && (known.version === seen || isOwnNext(known, by, seen))) return { code }
    if ((known?.version ?? 0) !== seen) return { failed: 'changed' }
    const version = seen + 1
    await tx
      .insertInto('notice_template')
      .values({ ...said, code, version, choices: JSON.stringify(said.choices), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'template.edited',
      about: `/notice-templates/${code}`,
      details: { version, name: said.name_ja },
    })
    return { code }
  })
}

const isOwnNext = ({ made_by, version }: Template, by: Person, seen: number) =>
  made_by === by.id && version === seen + 1

const saysSame = (known: Template, said: TemplateText) =>
  Object.entries(said).every(([name, value]) => isDeepStrictEqual(known[name as keyof Template], value))
