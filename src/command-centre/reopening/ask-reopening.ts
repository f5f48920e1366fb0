import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { partedLanguages } from '#public/publication/index.ts'
import { closed_kept_days } from '#public/site/index.ts'
import { waitingReopening } from './queries.ts'
import { type ReopeningForm, usualWords } from './reopening-form.ts'
import { tellDesk } from './tell-desk.ts'

export type Refused = 'open' | 'too_old' | 'waiting' | 'languages'

/**
 * Asks to open a situation again that was closed by mistake, and writes to those who can agree. Nothing changes until one of them
 * does. The same form again is the same request.
 */
export async function askReopening(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  situation_id: string,
  form: ReopeningForm,
  { may_part }: { may_part: boolean },
): Promise<{ id: string } | { failed: Refused }> {
  must(by, 'situation.reopen')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const situation = await tx
      .selectFrom('situation')
      .where('id', '=', situation_id)
      .selectAll()
      .forUpdate()
      .executeTakeFirst()
    if (!situation) throw new NotFound(`situation ${situation_id}`)
    const { mode, closed_at, closed_by, closing_reason } = situation
    const waiting = await waitingReopening(tx, situation_id)
    if (waiting?.id === form.id) return { id: waiting.id }
    if (waiting) return { failed: 'waiting' }
    if (!closed_at || closing_reason === null) return { failed: 'open' }
    // What the public page has let go of is not there to be put right.
    if (at.getTime() - closed_at.getTime() >= closed_kept_days * 86_400_000) return { failed: 'too_old' }
    if (partedLanguages(usualWords, form) && !may_part) return { failed: 'languages' }
    await tx
      .insertInto('reopening')
      .values({ ...form, situation_id, mode, closed_at, closed_by, closing_reason, asked_by: by.id, asked_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'situation.reopening-asked',
      about: `/situations/${situation_id}`,
      mode,
      details: { reason: form.reason },
    })
    await tellDesk(tx, tools, by, at, { situation, reason: form.reason })
    return { id: form.id }
  })
}
