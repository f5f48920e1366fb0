import { createHash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { inboundKey, isSignedWith } from '#ground/channels/inbound-key.ts'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { FileRefusal } from '#ground/db/tables/file-intake.ts'
import type { Mode, Tables } from '#ground/db/tables.ts'
import { type Language, languages } from '#ground/html/language.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { canonical, record } from '#ground/trail/record.ts'
import { recordRefusal } from '#ground/trail/record-refusal.ts'
import type { StandingReport } from '#status/reports/index.ts'
import { fileNetworkReport, parseReport, readAsked, readStandingReport, updateMinutes } from '#status/reports/index.ts'
import { wasAsked } from '#status/situations/index.ts'
import { currentKey } from './current-key.ts'
import { type InboundReport, parseFile } from './parse-file.ts'
import { refusedSaid, takenSaid } from './said-words.ts'

export type InboundFile = Selectable<Tables['inbound_file']>
type Came = {
  id: string
  name: string
  institution: { id: string; code: string }
  content: Uint8Array | 'not_a_file' | 'too_large'
}
type Judged =
  | { report_id: string; scope: Scope; stands: StandingReport }
  | {
      reason: FileRefusal
      scope?: Scope | undefined
      mode?: Mode | undefined
      problems?: Record<Language, string[]>
      stands?: StandingReport
    }
type Scope = { situation_id: string; mode: Mode }

/**
 * Takes what stands in a claimed file as the report of its institution, or refuses it by name with nothing changed. Once for each
 * claim, however often it is tried, and what says the same once for each institution. Throws while it cannot be written down.
 */
export async function takeFile(
  tools: Pick<Tools, 'db' | 'clock' | 'later' | 'config'>,
  { id, name, institution, content }: Came,
): Promise<InboundFile> {
  const at = tools.clock()
  return tools.db.transaction().execute(async (tx) => {
    await lock(tx, 'inbound-file', institution.id)
    const before = await tx.selectFrom('inbound_file').where('id', '=', id).selectAll().executeTakeFirst()
    if (before) return before
    const parsed = typeof content === 'string' ? { failed: content } : parseFile(content)
    const said = 'failed' in parsed ? (typeof content === 'string' ? name : content) : canonical(parsed.report)
    const digest = createHash('sha256').update(said).digest('hex')
    const judged: Judged =
      'failed' in parsed ? { reason: parsed.failed } : await judge(tx, tools, at, parsed, { id, institution, digest })
    const is_taken = 'report_id' in judged
    const file = await tx
      .insertInto('inbound_file')
      .values({
        ...{ id, name, digest, institution_id: institution.id, taken_at: at },
        outcome: is_taken ? 'taken' : 'refused',
        reason: is_taken ? null : judged.reason,
        mode: judged.scope?.mode ?? ('mode' in judged ? judged.mode : undefined) ?? null,
        situation_id: judged.scope?.situation_id ?? null,
        report_id: is_taken ? judged.report_id : null,
        stands_id: is_taken ? null : (judged.stands?.id ?? null),
        ...(is_taken ? takenSaid(judged.stands, at) : refusedSaid(judged.reason, { ...judged, at })),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const details = { file: name, institution_id: institution.id }
    const line = { about: '/drop', mode: file.mode }
    if (is_taken)
      await record(tx, { program: 'answers' }, at, {
        ...line,
        action: 'drop.taken',
        details: { ...details, report_id: file.report_id },
      })
    else
      await recordRefusal(tx, { program: 'answers' }, at, {
        ...line,
        action: 'drop.refused',
        details: { ...details, reason: judged.reason },
        of: { institution_id: institution.id },
      })
    return file
  })
}

/** Whether it is theirs, new, and about something that is asked; then it is held against what stands. */
async function judge(
  tx: Tx,
  tools: Pick<Tools, 'later' | 'config'>,
  at: Date,
  { report, signature, institution_code, head, values }: InboundReport,
  { id, institution, digest }: { id: string; institution: Came['institution']; digest: string },
): Promise<Judged> {
  const mode = head?.mode
  if (institution_code !== institution.code) return { reason: 'other_institution', mode }
  const key = await currentKey(tx, institution.id)
  if (!key?.is_on) return { reason: 'no_key', mode }
  const { generation } = key
  if (!isSignedWith(inboundKey(tools.config.secret, { institution_id: institution.id, generation }), report, signature))
    return { reason: 'not_signed', mode }
  if (await isTakenBefore(tx, institution.id, digest)) return { reason: 'doubled', mode }
  if (!head) return { reason: 'not_valid', problems: noHead }
  const scope = await scopeOf(tx, institution.id, head)
  if (!scope) return { reason: 'not_asked', mode }
  if (scope.mode !== mode) return { reason: 'wrong_mode', mode }

  const { functions, situation } = await readAsked(tx, institution.id, scope.situation_id)
  const asked = { functions, event_at: situation?.event_at ?? null, now: at, update_minutes: updateMinutes(situation) }
  const posted = { values: { ...writtenBy(values), idempotency_key: id }, lists: {} }
  const [ja, en] = languages.map((language) => parseReport(language, posted, asked))
  if (!ja || !en || 'problems' in ja || 'problems' in en) {
    const listed = (each: typeof ja) => Object.values(each && 'problems' in each ? each.problems : {})
    return { reason: 'not_valid', scope, problems: { ja: listed(ja), en: listed(en) } }
  }
  const { said_at, upon = null } = head
  const filed = await fileNetworkReport(tx, tools, at, {
    ...{ ...ja.form, ...scope, institution_id: institution.id, said_at, upon },
  })
  if ('failed' in filed)
    return { reason: filed.failed, scope, ...(filed.failed === 'conflict' && { stands: filed.stands }) }
  const stands = await readStandingReport(tx, institution.id, scope)
  if (!stands) throw new Error('a report that was filed stands')
  return { report_id: filed.id, scope, stands }
}

const noHead = {
  ja: ['mode（actual・exercise・test）と said_at（時差付きの日時）を入れてください'],
  en: ['Give mode (actual, exercise or test) and said_at (a time with its offset)'],
}

/** What a page writes about itself, no file says. */
function writtenBy({ written_at: _, written_by: __, written_upon: ___, ...values }: Record<string, string>) {
  return values
}

const isTakenBefore = async (tx: Tx, institution_id: string, digest: string) =>
  (await tx
    .selectFrom('inbound_file')
    .where('institution_id', '=', institution_id)
    .where('digest', '=', digest)
    .where('outcome', '=', 'taken')
    .select('id')
    .executeTakeFirst()) !== undefined

/** The situation that a request to this institution is about, or the one that it names itself. */
async function scopeOf(
  tx: Tx,
  institution_id: string,
  { notice_id, situation_id }: Pick<NonNullable<InboundReport['head']>, 'notice_id' | 'situation_id'>,
): Promise<Scope | null> {
  if (notice_id) {
    const asked = await tx
      .selectFrom('receipt')
      .innerJoin('notice', 'notice.id', 'receipt.notice_id')
      .where('receipt.institution_id', '=', institution_id)
      .where('notice.id', '=', notice_id)
      .where('notice.answer_wanted', '=', 'report')
      .select(['notice.situation_id', 'notice.mode'])
      .executeTakeFirst()
    return asked?.situation_id ? { situation_id: asked.situation_id, mode: asked.mode } : null
  }
  if (!situation_id) return null
  // A gathering is for those alone whom it asked; to others it is not there.
  const situation = await tx
    .selectFrom('situation')
    .where('id', '=', situation_id)
    .where((eb) => eb.or([eb('centre_set_up_at', 'is not', null), wasAsked(sql`${institution_id}::uuid`)]))
    .select('mode')
    .executeTakeFirst()
  return situation ? { situation_id, mode: situation.mode } : null
}
