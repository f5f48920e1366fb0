import { answerByReport, isLeast, isUnseen } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { isOpen, lockChain, readChainEnd } from './chain-end.ts'
import { reportOf } from './file-report.ts'
import { saidAt } from './freshness.ts'
import { overall } from './overall.ts'
import type { ReportForm } from './report-form.ts'
import { readStandingReport, type StandingReport } from './standing-report.ts'
import { judgeWritten } from './writing.ts'

type Said = ReportForm & {
  institution_id: string
  situation_id: string
  mode: Mode
  said_at: Date
  /** The report that the system knows to stand; null: it says none. */
  upon: string | null
}

/**
 * Files what an institution's own system said in a file, as whole as the form says it. It is held against what stands as the form is:
 * its own last word it passes over if it is newer, and "all is normal" alone; any other only if it names that as what it knows of.
 * Whether it speaks for the institution is the caller's to know.
 */
export async function fileNetworkReport(
  tx: Tx,
  { later }: Pick<Tools, 'later'>,
  at: Date,
  { institution_id, situation_id, mode, said_at, upon, ...form }: Said,
): Promise<
  { id: string } | { failed: 'closed' | 'too_old' | 'ahead' } | { failed: 'conflict'; stands: StandingReport }
> {
  const scope = { situation_id, mode }
  await lockChain(tx, institution_id, scope)
  const end = await readChainEnd(tx, institution_id, scope)
  if (!isOpen(end, scope)) return { failed: 'closed' }
  const failed = judgeWritten(said_at, at)
  if (failed) return { failed }
  const stands = await readStandingReport(tx, institution_id, scope)
  if (stands && !isPassedOver(stands, { said_at, upon }, at)) return { failed: 'conflict', stands }

  const said = reportOf(end.functions, form, said_at)
  const report = await tx
    .insertInto('report')
    .values({
      ...said,
      ...{ institution_id, situation_id, mode, via: 'file', idempotency_key: form.idempotency_key },
      supersedes: end.current?.id ?? null,
      reported_by: null,
      recipient_id: null,
      reported_at: at,
      // A clock that runs a little ahead of ours has not said it after it arrived.
      written_at: said_at > at ? at : said_at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const by = { system_of: institution_id }
  const answered = await answerByReport(tx, at, { id: report.id, ...scope, institution_id, situation_id }, by, 'file', {
    read_at: said_at,
  })
  await record(tx, { program: 'answers' }, at, ...answered, {
    action: 'report.filed',
    about: `/situations/${situation_id}`,
    mode,
    details: { report_id: report.id, institution_id, overall: overall(said), bcp: said.bcp, via: 'file' },
  })
  await later(tx, 'proposals.evaluate', {})
  return report
}

/** Whether it may stand in the place of what stands: nothing newer or worse gives way that it does not know of. */
function isPassedOver(stands: StandingReport, { said_at, upon }: Pick<Said, 'said_at' | 'upon'>, at: Date): boolean {
  const stood_at = saidAt(stands)
  if (upon !== stands.id && isLeast(stands) && stood_at <= said_at) return true
  const word = { id: stands.id, said_at: stood_at, said_by: stands.via === 'file' ? 'system' : 'person' }
  return !isUnseen(word, { id: 'system' }, { written_at: said_at, written_upon: upon }, at)
}
