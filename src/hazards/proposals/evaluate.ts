import type { Selectable } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { Mode, Tables } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'
import { type Actor, canonical, record } from '#ground/trail/record.ts'
import { fromStored, type Telegram } from '#hazards/telegrams/index.ts'
import { current, match, Rule, type SiteOfInstitution } from './criteria.ts'
import { describeEvent, type ProposedEvent } from './describe-event.ts'
import type { Cause, Change, StoredMatch } from './stored-match.ts'
import { type LetterTools, tellSituation } from './tell-situation.ts'

/**
 * Brings the proposal of one event up to date with its telegrams and the criteria in force. Software only proposes:
 * a decision that a person took stands, unless it was to set aside and the event now meets a criterion it did not meet then.
 * A test telegram proposes nothing; a drill proposes an exercise, because the mode is the telegram's own.
 */
export async function evaluateEvent(
  tx: Tx,
  tools: LetterTools,
  by: Actor,
  { event_key, mode, at, cause }: { event_key: string; mode: Mode; at: Date; cause?: Cause | undefined },
) {
  if (mode === 'test') return
  await holdEvent(tx, { event_key, mode })

  const all = await telegramsOf(tx, event_key, mode)
  const telegrams = current(all)
  const came = cause?.telegram
  const is_overtaken = all.some(({ code, control_at }) => came && code === came.code && control_at > came.control_at)
  await propose(tx, tools, by, {
    event_key,
    mode,
    at,
    matches: await matchAll(tx, telegrams, at),
    change: came ? changeBy(came) : byCriteria,
    is_revision: came !== undefined && came.info_kind !== 'issued' && !is_overtaken,
    event: describeEvent(telegrams),
    cause,
  })
}

/**
 * Makes this transaction the only one at work on an event and its proposals until it ends. Called before anything is recorded,
 * because whoever decides on a proposal holds the proposal first and then records, too.
 */
export async function holdEvent(tx: Tx, { event_key, mode }: { event_key: string; mode: Mode }) {
  await lock(tx, 'event', mode, event_key)
  await tx
    .selectFrom('proposal')
    .select('id')
    .where('event_key', '=', event_key)
    .where('mode', '=', mode)
    .orderBy('occurrence')
    .forUpdate()
    .execute()
}

/**
 * Makes, changes, withdraws or reopens the proposal of an event, and leaves a line for each; a situation that is at work on it is
 * told. Call `holdEvent` first.
 */
export async function propose(
  tx: Tx,
  tools: LetterTools,
  by: Actor,
  {
    event_key,
    mode,
    at,
    matches,
    change,
    is_revision = false,
    event,
    cause,
  }: {
    event_key: string
    mode: Mode
    at: Date
    matches: StoredMatch[]
    change: Change
    is_revision?: boolean
    event: ProposedEvent | null
    cause?: Cause | undefined
  },
) {
  const known = await tx
    .selectFrom('proposal')
    .leftJoin('situation', (join) =>
      join.on((eb) =>
        eb.or([
          eb('situation.proposal_id', '=', eb.ref('proposal.id')),
          eb('situation.id', '=', eb.ref('proposal.joined_id')),
        ]),
      ),
    )
    .selectAll('proposal')
    .select(['situation.id as situation_id', 'situation.closed_at'])
    .where('event_key', '=', event_key)
    .where('proposal.mode', '=', mode)
    .orderBy('occurrence', 'desc')
    .limit(1)
    .executeTakeFirst()
  const details = { event_key, criteria: matches.map(({ criterion_ja }) => criterion_ja) }

  if (!known || isOver(known, at)) {
    if (matches.length === 0 || !event) return
    const occurrence = (known?.occurrence ?? 0) + 1
    const { id } = await tx
      .insertInto('proposal')
      .values({
        event_key,
        mode,
        occurrence,
        ...event,
        matches: JSON.stringify(matches),
        proposed_at: at,
        evaluated_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(tx, by, at, { action: 'proposal.made', about: `/proposals/${id}`, mode, details })
    return
  }

  const before = known.matches as StoredMatch[]
  if (known.situation_id && !known.closed_at)
    await tellSituation(tx, tools, by, {
      situation_id: known.situation_id,
      proposal: known,
      at,
      before: known.withdrawn_at ? [] : before,
      matches,
      event,
      cause,
      is_revision,
    })
  const is_same =
    !known.withdrawn_at &&
    canonical(before) === canonical(JSON.parse(JSON.stringify(matches))) &&
    (!event || (event.title_ja === known.title_ja && event.event_at.getTime() === known.event_at.getTime()))
  // A correction or cancellation that changes nothing here is told all the same; what merely came again is not.
  if (is_same && !is_revision) return
  if (matches.length === 0 && known.withdrawn_at) return

  const is_newly_met = matches.some(({ criterion_id }) => !before.some((old) => old.criterion_id === criterion_id))
  const is_back = known.withdrawn_at !== null && matches.length > 0
  const reopens = known.decision === 'set_aside' && (is_newly_met || is_back)
  const withdrawn_at = matches.length === 0 ? (known.withdrawn_at ?? at) : null
  await tx
    .updateTable('proposal')
    .set({
      // What no longer matches stays readable: it is what the proposal was about.
      ...(matches.length > 0 && { matches: JSON.stringify(matches) }),
      ...(matches.length > 0 && event && event),
      evaluated_at: at,
      withdrawn_at,
      ...change,
      ...((reopens || (is_back && known.decision === null)) && { proposed_at: at }),
      ...(reopens && { decision: null, decided_by: null, decided_at: null, reason: null }),
    })
    .where('id', '=', known.id)
    .execute()
  await record(tx, by, at, {
    action: withdrawn_at ? 'proposal.withdrawn' : 'proposal.changed',
    about: `/proposals/${known.id}`,
    mode,
    details: { ...details, change: change.change_ja, reopened: reopens },
  })
}

/** An office's weather has no event id: what was decided, has ended and comes back is a new matter. */
function isOver(
  {
    event_key,
    decision,
    closed_at,
    withdrawn_at,
    evaluated_at,
  }: Pick<Selectable<Tables['proposal']>, 'event_key' | 'decision' | 'withdrawn_at' | 'evaluated_at'> & {
    closed_at: Date | null
  },
  at: Date,
): boolean {
  const is_done = decision === 'set_aside' || (decision !== null && closed_at !== null)
  const is_past = withdrawn_at !== null || at.getTime() - evaluated_at.getTime() > quiet_days * 86_400_000
  return event_key.startsWith('weather:') && is_done && is_past
}
/** A special warning is renewed several times a day; one that has not been for so long has ended, even if nobody heard so. */
const quiet_days = 3

/** The newest telegrams of an event: more than any quake has; of an office's weather, which goes on for years, what can matter. */
const telegrams_max = 200

async function telegramsOf(tx: Tx, event_key: string, mode: Mode): Promise<Telegram[]> {
  const rows = await tx
    .selectFrom('telegram')
    .select('parsed')
    .where('event_key', '=', event_key)
    .where('mode', '=', mode)
    .orderBy('control_at', 'desc')
    .limit(telegrams_max)
    .execute()
  return rows.map(({ parsed }) => fromStored(parsed))
}

/** The criteria in force, newest version of each. */
export const criteriaInForce = (tx: Tx) =>
  tx.selectFrom('criterion_now').where('is_active', '=', true).selectAll().orderBy('id').execute()

async function matchAll(tx: Tx, telegrams: Telegram[], at: Date): Promise<StoredMatch[]> {
  const criteria = await criteriaInForce(tx)
  const sites = await sitesOfInstitutions(tx, at)
  return criteria.flatMap(({ id, version, name_ja, name_en, rule }) => {
    const found = match(Rule.parse(rule), telegrams, sites)
    return found
      ? [{ ...found, criterion_id: id, criterion_version: version, criterion_ja: name_ja, criterion_en: name_en }]
      : []
  })
}

const sitesOfInstitutions = (tx: Tx, at: Date): Promise<SiteOfInstitution[]> =>
  tx
    .selectFrom('site')
    .innerJoin('institution', 'institution.id', 'site.institution_id')
    .where(isActive(at))
    .select(['site.id as site_id', 'institution.is_infrastructure', 'site.area_code'])
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.code')
    .orderBy('site.kind')
    .execute()

const kinds = inBoth({
  ja: { issued: '続報', corrected: '訂正', cancelled: '取消' },
  en: { issued: 'Follow-up', corrected: 'Correction', cancelled: 'Cancellation' },
})
const changeBy = ({ info_kind, title, code }: Telegram): Change => ({
  change_ja: `${kinds.ja[info_kind]} ${code} ${title}`,
  change_en: `${kinds.en[info_kind]}: ${code} ${title}`,
})
const byCriteria: Change = {
  change_ja: '設置基準の変更により見直しました',
  change_en: 'Looked at again because a criterion was changed',
}
