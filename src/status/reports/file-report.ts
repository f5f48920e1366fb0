import { answerByReport, isUnseen } from '#delivery/answers/index.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { FunctionCode } from '#ground/db/tables.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'
import { must, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { alternativeOf } from './alternative.ts'
import { type ChainEnd, isOpen, lockChain, readChainEnd } from './chain-end.ts'
import { saidAt } from './freshness.ts'
import { overall } from './overall.ts'
import type { Scope } from './queries.ts'
import type { ReportForm, ReportSaid } from './report-form.ts'
import { judgeWritten, type Writing } from './writing.ts'

export type Filed =
  | { id: string; reported_at: Date }
  | { failed: 'closed' | 'changed' | 'other_person' | 'too_old' | 'ahead' }
  | { failed: 'conflict'; report_id: string }

/**
 * Files what an institution says of itself; it supersedes what it said before and edits nothing.
 * The same key again, from the same person about the same, gives the report that was filed then.
 * The same key with other words is no repeat: it is refused, so that nothing said is taken for said already.
 * What had to wait for a connection holds from when it was written: it does not pass over what was said since, nor answer a text that was
 * corrected since.
 * Somebody of the secretariat may file what another institution, `on_behalf_of`, says by phone; it is marked so everywhere.
 */
export async function fileReport(
  { db, clock, later }: Tools,
  by: Person,
  { situation_id, mode, written_at, written_by, written_upon, ...form }: Scope & ReportForm & Writing,
  on_behalf_of?: string,
): Promise<Filed> {
  const is_on_behalf = on_behalf_of !== undefined
  must(by, is_on_behalf ? 'report.file-for' : 'report.file')
  const institution_id = on_behalf_of ?? by.institution_id
  const via = is_on_behalf ? 'call' : 'portal'
  const scope = { situation_id, mode }
  const at = clock()
  if (written_by && written_by !== by.id) return { failed: 'other_person' }

  return db.transaction().execute(async (tx) => {
    await lockChain(tx, institution_id, scope)
    const end = await readChainEnd(tx, institution_id, scope, form.idempotency_key)
    const { known, current, functions } = end
    if (known && (known.reported_by !== by.id || known.institution_id !== institution_id))
      throw new NotAllowed(`${by.id} sent a key that is in use`)
    const said = reportOf(functions, form, known ? saidAt(known) : (written_at ?? at))
    if (known) return isSame(known, { ...scope, ...said }) ? filed(known) : { failed: 'changed' }
    if (!isOpen(end, scope)) return { failed: 'closed' }
    const failed = judgeWritten(written_at, at)
    if (failed) return { failed }
    if (current && !current.is_void && isUnseen(seenAs(current), by, { written_at, written_upon }, at))
      return { failed: 'conflict', report_id: current.id }

    const report = await tx
      .insertInto('report')
      .values({
        ...said,
        institution_id,
        situation_id,
        mode,
        supersedes: current?.id ?? null,
        reported_by: by.id,
        via,
        is_on_behalf,
        reported_at: at,
        // A clock that runs a little ahead of ours has not written it after it arrived.
        written_at: written_at && written_at > at ? at : (written_at ?? null),
        idempotency_key: form.idempotency_key,
      })
      // Someone else's transaction may hold the key without our having seen it above.
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning(['id', 'bcp', 'reported_at'])
      .modifyEnd(keptPlan)
      .executeTakeFirst()
    if (!report) throw new NotAllowed(`${by.id} sent a key that is in use`)

    const answered = situation_id
      ? await answerByReport(
          tx,
          at,
          { id: report.id, institution_id, situation_id, mode },
          { person: by, is_on_behalf },
          via,
          { read_at: written_at ?? at },
        )
      : []
    await record(tx, by, at, ...answered, {
      action: is_on_behalf ? 'report.filed-for' : 'report.filed',
      about: situation_id ? `/situations/${situation_id}` : '/board',
      mode,
      details: {
        report_id: report.id,
        overall: overall(said),
        bcp: report.bcp,
        ...(is_on_behalf && { institution_id }),
        ...(written_at && { written_at: written_at.toISOString() }),
      },
    })
    await later(tx, 'proposals.evaluate', {})
    return filed(report)
  })
}

const filed = ({ id, reported_at }: { id: string; reported_at: Date }): Filed => ({ id, reported_at })

const seenAs = (report: { id: string; reported_by: string | null; reported_at: Date; written_at: Date | null }) => ({
  ...{ id: report.id, said_by: report.reported_by, said_at: saidAt(report) },
})

/** The row that a form becomes: only functions that the institution has, and what it was not asked is unknown. */
export function reportOf<Form extends ReportSaid>(
  own: readonly FunctionCode[],
  { idempotency_key: _, next_update_minutes, ...form }: Form,
  at: Date,
) {
  const conditions = functionCodes.map((code) => [code, own.includes(code) ? (form[code] ?? 'unknown') : null])
  return {
    ...alternativeOf({
      ...form,
      ...(Object.fromEntries(conditions) as Pick<ReportForm, (typeof functionCodes)[number]>),
    }),
    next_update_at: new Date(at.getTime() + next_update_minutes * 60_000),
  }
}

type Row = NonNullable<ChainEnd['known']>
const said = [
  ...functionCodes,
  ...damageFields,
  'situation_id',
  'mode',
  'bcp',
  'command_centre',
  'alternative_from',
  'alternative_other',
  'text',
  'label',
] as const
const times = ['resumption_at', 'normal_at', 'next_update_at'] as const

const isSame = (known: Row, form: Pick<Row, (typeof said)[number] | (typeof times)[number]>) =>
  said.every((name) => known[name] === form[name]) &&
  times.every((name) => known[name]?.getTime() === form[name]?.getTime())
