import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { CorrectionForm, EntryForm } from './entry-form.ts'
import { lockMarket } from './lock-market.ts'
import { bodyOf, readEntry, standingOf } from './queries.ts'
import { sideOf } from './sides.ts'
import { judgeStep, type Refused } from './standing.ts'

type Put = { id: string } | { failed: Refused | 'waiting' | 'no_body' | 'criterion' | 'situation' }

/**
 * Puts forward what a market's deciding body has decided: by its own people as its own word, by the desk in its place. Nothing counts until
 * a second person of the same side confirms it. The same form again is the same entry.
 */
export async function putForward(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  market: string,
  { situation_id, criterion_version, ...form }: EntryForm,
): Promise<Put> {
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockMarket(tx, market, form.mode)
    const known = await knownAs(tx, by, form.id)
    if (known) return known
    const body = await bodyOf(tx, market)
    if (!body) return { failed: 'no_body' }
    const side = sideOf(by, body)
    if (!side) throw new NotAllowed(`${by.id} may not enter for ${market}`)
    if (await waits(tx, market, form.mode)) return { failed: 'waiting' }
    const [last] = await standingOf(tx, market, form.mode)
    const refused = judgeStep(last, form, at)
    if (refused) return { failed: refused }
    if (criterion_version !== null && !(await hasCriterion(tx, market, criterion_version)))
      return { failed: 'criterion' }
    if (situation_id !== null && !(await hasSituation(tx, situation_id, form.mode))) return { failed: 'situation' }
    const { version: body_version, body_ja, body_en } = body
    await tx
      .insertInto('activation')
      .values({
        ...{ ...form, market, situation_id, criterion_version, ...side, body_version, body_ja, body_en },
        ...{ corrects: null, put_forward_by: by.id, put_forward_at: at, outcome: null, settled_by: null },
      })
      .execute()
    const { step, decided_at, effective_at, reason } = form
    await record(tx, by, at, {
      action: 'activation.put-forward',
      about: `/activations/${form.id}`,
      mode: form.mode,
      details: {
        ...{ market, step, body_ja, on_behalf: side.is_on_behalf, decided_at, effective_at, criterion_version },
        ...{ situation_id, reason },
      },
    })
    return { id: form.id }
  })
}

/**
 * Puts forward that the last word of a market was entered in error: once confirmed it counts no more and stays readable, struck through. What
 * a body entered as its own only its own people correct.
 */
export async function putCorrection(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  wrong_id: string,
  { id, reason }: CorrectionForm,
): Promise<{ id: string } | { failed: 'waiting' | 'not_last' | 'no_body' }> {
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const { market, mode, ...wrong } = await readEntry(tx, wrong_id)
    await lockMarket(tx, market, mode)
    const known = await knownAs(tx, by, id)
    if (known) return known
    const body = await bodyOf(tx, market)
    if (!body) return { failed: 'no_body' }
    const side = sideOf(by, body)
    if (!side || !mayCorrect(by, wrong)) throw new NotAllowed(`${by.id} may not correct ${wrong_id}`)
    if (await waits(tx, market, mode)) return { failed: 'waiting' }
    const [last] = await standingOf(tx, market, mode)
    if (last?.id !== wrong_id) return { failed: 'not_last' }
    const { version: body_version, body_ja, body_en } = body
    await tx
      .insertInto('activation')
      .values({
        ...{ id, mode, market, step: 'corrected', corrects: wrong_id, ...side, body_version, body_ja, body_en, reason },
        ...{ situation_id: wrong.situation_id, criterion_version: null, decided_at: at, effective_at: at },
        ...{ put_forward_by: by.id, put_forward_at: at, outcome: null, settled_by: null },
      })
      .execute()
    await record(tx, by, at, {
      action: 'activation.put-forward',
      about: `/activations/${id}`,
      mode,
      details: { market, step: 'corrected', corrects: wrong_id, body_ja, on_behalf: side.is_on_behalf, reason },
    })
    return { id }
  })
}

/** Nobody but a body's own people says that the body's own word was an error. */
export const mayCorrect = (by: Person, wrong: { institution_id: string; is_on_behalf: boolean }) =>
  wrong.is_on_behalf || wrong.institution_id === by.institution_id

/** What this person entered under this key, pressing twice. */
async function knownAs(tx: Tx, by: Person, id: string) {
  const known = await tx
    .selectFrom('activation')
    .where('id', '=', id)
    .select(['id', 'put_forward_by'])
    .executeTakeFirst()
  if (known && known.put_forward_by !== by.id) throw new NotFound('the key of another person’s entry')
  return known && { id: known.id }
}

const waits = (tx: Tx, market: string, mode: Mode) =>
  tx
    .selectFrom('activation')
    .where('market', '=', market)
    .where('mode', '=', mode)
    .where('outcome', 'is', null)
    .select('id')
    .executeTakeFirst()

const hasCriterion = (tx: Tx, market: string, version: number) =>
  tx
    .selectFrom('activation_criterion')
    .where('market', '=', market)
    .where('version', '=', version)
    .select('version')
    .executeTakeFirst()

const hasSituation = (tx: Tx, id: string, mode: Mode) =>
  tx.selectFrom('situation').where('id', '=', id).where('mode', '=', mode).select('id').executeTakeFirst()
