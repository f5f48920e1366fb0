import { isActive } from '#directory/institutions/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { InstitutionKind } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { Rule } from './criteria.ts'
import { criteriaInForce, holdEvent, propose } from './evaluate.ts'
import type { Change, StoredMatch } from './stored-match.ts'
import type { LetterTools } from './tell-situation.ts'

/** Whose command centre counts (S0-60): where trading, clearing and settlement happen, and the central bank. */
const counted = [
  'exchange',
  'pts',
  'clearing_equities',
  'clearing_bonds',
  'depository',
  'central_bank',
] as const satisfies readonly InstitutionKind[]

/**
 * Proposes a command centre when an infrastructure institution or the central bank reports that it has set up its own (S0-60),
 * unless one is at work already. What only people can judge, whether the whole market must respond, stays with them.
 * Somebody's command centre is proposed once: what was there when a person last decided, or dissolved the market's own, is not asked again.
 */
export async function evaluateReports(tools: Pick<Tools, 'db' | 'clock'> & LetterTools) {
  const { db, clock } = tools
  await db.transaction().execute(async (tx) => {
    const at = clock()
    await lock(tx, 'proposals-of-reports')
    if (await isAtWork(tx)) return

    const waiting = await waitingProposal(tx)
    const known = ((waiting?.matches ?? []) as StoredMatch[]).flatMap(({ sites }) => sites)
    const isKnown = (id: string) => known.some(({ report_id }) => report_id === id)
    // An expired report is unknown: it proposes nothing, and takes nothing back.
    const setUp = (await commandCentres(tx, at)).filter((of) => of.next_update_at > at || isKnown(of.report_id))
    const decided_at = await lastDecision(tx)
    const [first] = setUp.filter(({ since }) => !decided_at || since > decided_at)
    const event_key = waiting?.event_key ?? (first && `reports:${first.report_id}`)
    if (!event_key) return

    await holdEvent(tx, { event_key, mode: 'actual' })
    await propose(
      tx,
      tools,
      { program: 'hazards' },
      {
        event_key,
        mode: 'actual',
        at,
        matches: first ? await matchesOf(tx, setUp) : [],
        change: byReports,
        event: first
          ? {
              hazard: 'other',
              event_at: first.since,
              // Whose it is stands in the report, which not all readers of a proposal may read.
              title_ja: '機関が対策本部を設置',
              title_en: 'An institution has set up its command centre',
            }
          : null,
      },
    )
  })
}

const byReports: Change = { change_ja: '機関の報告により更新', change_en: 'Updated by reports of institutions' }

const isAtWork = (tx: Tx) =>
  tx
    .selectFrom('situation')
    .select('id')
    .where('mode', '=', 'actual')
    .where('centre_set_up_at', 'is not', null)
    .where('centre_dissolved_at', 'is', null)
    .limit(1)
    .executeTakeFirst()

const fromReports = (tx: Tx) =>
  tx.selectFrom('proposal').where('event_key', 'like', 'reports:%').where('mode', '=', 'actual')

const waitingProposal = (tx: Tx) =>
  fromReports(tx)
    .where('decision', 'is', null)
    .select(['event_key', 'matches'])
    .orderBy('proposed_at', 'desc')
    .limit(1)
    .executeTakeFirst()

async function lastDecision(tx: Tx): Promise<Date | null> {
  const proposal = await fromReports(tx)
    .select((eb) => eb.fn.max('decided_at').as('at'))
    .executeTakeFirst()
  const situation = await tx
    .selectFrom('situation')
    .where('mode', '=', 'actual')
    .select((eb) => eb.fn.max('centre_dissolved_at').as('at'))
    .executeTakeFirst()
  const times = [proposal?.at, situation?.at].filter((at) => at instanceof Date)
  return times.length > 0 ? new Date(Math.max(...times.map((at) => at.getTime()))) : null
}

type Centre = Awaited<ReturnType<typeof commandCentres>>[number]

/** Institutions that last said that their command centre is set up, with the report that first said so, earliest first. */
async function commandCentres(tx: Tx, at: Date) {
  const last = await tx
    .selectFrom('report_now as report')
    .innerJoin('institution', 'institution.id', 'report.institution_id')
    .where('report.mode', '=', 'actual')
    .where('institution.kind', 'in', counted)
    .where(isActive(at))
    .distinctOn('report.institution_id')
    .select(['report.institution_id', 'report.command_centre', 'report.next_update_at'])
    .select(['report.id as report_id', 'report.reported_at as since'])
    .orderBy('report.institution_id')
    .orderBy('report.reported_at', 'desc')
    .execute()
  const found = []
  for (const { command_centre, ...of } of last) {
    if (command_centre !== 'set_up') continue
    const said = await tx
      .selectFrom('report')
      .where('institution_id', '=', of.institution_id)
      .where('mode', '=', 'actual')
      .where('command_centre', '=', 'set_up')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('report as other')
              .whereRef('other.institution_id', '=', 'report.institution_id')
              .where('other.mode', '=', 'actual')
              .where('other.command_centre', '=', 'not_set_up')
              .whereRef('other.reported_at', '>', 'report.reported_at')
              .select('other.id'),
          ),
        ),
      )
      .select(['id as report_id', 'reported_at as since'])
      .orderBy('reported_at')
      .limit(1)
      .executeTakeFirst()
    found.push({ ...of, ...said })
  }
  return found.sort((a, b) => a.since.getTime() - b.since.getTime())
}

async function matchesOf(tx: Tx, setUp: Centre[]): Promise<StoredMatch[]> {
  const criteria = (await criteriaInForce(tx)).filter(({ rule }) => Rule.parse(rule).kind === 'command_centre_set_up')
  return criteria.map(({ id, version, name_ja, name_en }) => ({
    kind: 'command_centre_set_up',
    telegram: null,
    is_possible: false,
    areas: [],
    sites: setUp.map(({ report_id }) => ({
      site_id: null,
      report_id,
      area_code: '',
      intensity: null,
      grade: null,
      words: null,
      is_possible: false,
    })),
    criterion_id: id,
    criterion_version: version,
    criterion_ja: name_ja,
    criterion_en: name_en,
  }))
}
