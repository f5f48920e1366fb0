import { takeBackAnswers } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { isOpen, lockChain, readChainEnd } from './chain-end.ts'
import { nothingKnown } from './report-form.ts'

/**
 * Takes back a report that a recipient has just filed with one press: a report of its own says again what stood before, by whom
 * and when it was said then, or, where nothing did, that nothing is said. What it had answered is open again. Refused when something newer
 * stands, or the situation has closed.
 */
export async function takeBackReport(
  tx: Tx,
  { later }: Pick<Tools, 'later'>,
  at: Date,
  { report_id, recipient_id }: { report_id: string; recipient_id: string },
): Promise<{ id: string } | { failed: 'newer' | 'closed' }> {
  const found = tx.selectFrom('report').where('id', '=', report_id).where('recipient_id', '=', recipient_id).selectAll()
  const { institution_id, situation_id, mode, supersedes } = await found.executeTakeFirstOrThrow()
  const scope = { situation_id, mode }
  await lockChain(tx, institution_id, scope)
  const end = await readChainEnd(tx, institution_id, scope)
  if (!isOpen(end, scope)) return { failed: 'closed' }
  if (end.current?.id !== report_id) return { failed: 'newer' }
  const before = supersedes
    ? await tx.selectFrom('report').where('id', '=', supersedes).selectAll().executeTakeFirstOrThrow()
    : null
  const { next_update_minutes: _, ...nothing } = nothingKnown(0)
  const said = before ?? {
    ...nothing,
    ...{ institution_id, situation_id, mode, via: 'link' as const, recipient_id, reported_by: null },
    ...{ is_on_behalf: false, reported_at: at, written_at: null, next_update_at: at, is_void: true },
  }
  const report = await tx
    .insertInto('report')
    .values({
      ...said,
      id: undefined,
      supersedes: report_id,
      takes_back: report_id,
      taken_back_at: at,
      idempotency_key: crypto.randomUUID(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const answers = await tx.selectFrom('answer').where('report_id', '=', report_id).select('id').execute()
  if (answers.length > 0)
    await takeBackAnswers(
      tx,
      at,
      recipient_id,
      answers.map(({ id }) => id),
    )
  await record(tx, { program: 'answers' }, at, {
    action: 'report.taken-back',
    about: situation_id ? `/situations/${situation_id}` : '/board',
    mode,
    details: { report_id, institution_id, restored_id: before && !before.is_void ? before.id : null },
  })
  await later(tx, 'proposals.evaluate', {})
  return report
}
