import { type Answerer, answerByReport } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode, Via } from '#ground/db/tables.ts'
import { statusWords } from '#ground/market/words.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type ChainEnd, isOpen, lockChain, readChainEnd } from './chain-end.ts'
import { reportOf } from './file-report.ts'
import { overall } from './overall.ts'
import { updateMinutes } from './report-fields.ts'
import { allNormal, nothingKnown, onAlternative } from './report-form.ts'

/** What a few words say: all is normal, all that it does runs on the alternative, or that not all is normal, and how in words alone. */
export type SaidShortly = { how: 'normal' | 'alternative' | 'not_normal'; text: string }

/**
 * Files what an institution said without the form: by one press behind a link, by a reply, or by phone to the secretariat.
 * "Not normal" with a text alone leaves every condition, the damage, the plan and the command centre unknown: nothing is guessed
 * from words. It answers every request to report that was open for that institution then. It holds from `at`, when it was said; what is newer stands, so
 * whoever calls has held this against it. Whether they may is the caller's to know.
 */
export async function fileReplyReport(
  tx: Tx,
  { later }: Pick<Tools, 'later'>,
  { at, now }: { /** When it was said. */ at: Date; now: Date },
  said: SaidShortly & { institution_id: string; situation_id: string; mode: Mode; idempotency_key: string },
  by: Answerer,
  via: Exclude<Via, 'portal'>,
): Promise<{ id: string } | { failed: 'closed' }> {
  const { institution_id, situation_id, mode, how, text, idempotency_key } = said
  const scope = { situation_id, mode }
  await lockChain(tx, institution_id, scope)
  const end = await readChainEnd(tx, institution_id, scope)
  if (!isOpen(end, scope)) return { failed: 'closed' }
  const minutes = updateMinutes(end.situation)
  const row = reportOf(
    end.functions,
    { ...formOf[how](minutes), text: remarksOf(end, { how, text }), idempotency_key },
    at,
  )
  const is_on_behalf = 'person' in by && by.is_on_behalf
  const report = await tx
    .insertInto('report')
    .values({
      ...row,
      ...{ institution_id, situation_id, mode, via, is_on_behalf, idempotency_key },
      supersedes: end.current?.id ?? null,
      reported_by: 'person' in by ? by.person.id : null,
      recipient_id: 'recipient_id' in by ? by.recipient_id : null,
      reported_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const answered = await answerByReport(tx, now, { id: report.id, institution_id, situation_id, mode }, by, via, {
    said_at: at,
  })
  await record(tx, 'person' in by ? by.person : { program: 'answers' }, now, ...answered, {
    action: is_on_behalf ? 'report.filed-for' : 'report.filed',
    about: `/situations/${situation_id}`,
    mode,
    details: { report_id: report.id, institution_id, overall: overall(row), bcp: row.bcp, via },
  })
  await later(tx, 'proposals.evaluate', {})
  return report
}

const formOf = { normal: allNormal, alternative: onAlternative, not_normal: nothingKnown }

/** Who has no function of the market that could be on the alternative has said so all the same. */
const remarksOf = ({ functions }: Pick<ChainEnd, 'functions'>, { how, text }: SaidShortly): string =>
  how === 'alternative' && functions.length === 0
    ? [statusWords.ja.conditions.alternative, text].filter(Boolean).join('\n')
    : text
