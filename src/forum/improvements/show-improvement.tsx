import type { Context } from 'hono'
import type { Database } from '#ground/db/database.ts'
import { differencesOf } from '#ground/register/history.tsx'
import { readItem } from '#ground/register/items.ts'
import { mayOf } from '#ground/register/may-of.ts'
import type { PartAgain } from '#ground/register/part-routes.tsx'
import { partsOf } from '#ground/register/parts.ts'
import { type Candidate, peopleWith } from '#ground/register/people.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { comparedOf, fieldWords } from './field-words.ts'
import { owner_roles } from './improvement.ts'
import { ImprovementPage } from './improvement-page.tsx'
import { type ImprovementVersion, situationOf, versionsOf } from './queries.ts'
import type { StepAgain } from './step-part.tsx'

type Again = {
  step?: StepAgain
  part?: PartAgain
  code?: 409 | 422
  /** The version that was seen by who was overtaken. */
  seen?: number | undefined
}

/** The page of an improvement, as it is or with what was sent and could not be taken. */
export async function showImprovement(c: Context<AppEnv>, id: string, { step, part, code = 422, seen }: Again = {}) {
  const by = readerOf(c)
  const { db, clock } = c.var.tools
  const item = await readItem(db, by, 'improvement', id)
  const versions = await versionsOf(db, id)
  const [now] = versions
  const before = seen === undefined ? undefined : versions.find(({ version }) => version === seen)
  const may_edit = mayOf(by, 'edit', item)
  return page(
    c,
    <ImprovementPage
      item={item}
      versions={versions}
      parts={await partsOf(db, by, item)}
      situation={await situationOf(db, now.about)}
      people={may_edit ? await candidates(db, now) : []}
      may_edit={may_edit}
      may_comment={mayOf(by, 'comment', item)}
      shows_all={c.req.query('all') === 'yes'}
      step={step}
      part={part}
      newer={
        seen === undefined
          ? undefined
          : differencesOf(before && comparedOf(before), comparedOf(now), fieldWords(c.var.language, clock(), versions))
      }
    />,
    step || part ? code : 200,
  )
}

/** Who can be asked to see to it; whoever does already stays to be chosen, though their role has ended. */
export async function candidates(db: Database, now?: ImprovementVersion): Promise<Candidate[]> {
  const people = await peopleWith(db, owner_roles)
  if (!now?.owner_person_id || now.owner_ja === null || people.some(({ id }) => id === now.owner_person_id))
    return people
  const { owner_person_id: id, owner_ja: name_ja, owner_en: name_en } = now
  return [...people, { id, name_ja, name_en, institution_ja: '—', institution_en: '—' }]
}
