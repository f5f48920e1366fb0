import { sql } from 'kysely'
import type { Tx } from '#db/database.ts'
import type { Mode } from '#db/tables.ts'
import { fromStored, type Telegram } from '#hazards/index.ts'
import { type Actor, canonical, record } from '#trail/index.ts'
import { current, type Match, match, Rule, type SiteOfInstitution } from './criteria.ts'
import { describeEvent } from './describe-event.ts'

/** One criterion that an event meets, as it was when last evaluated; this is what `proposal.matches` holds. */
export type StoredMatch = Omit<Match, 'telegram'> & {
  /** Null when it was institutions' own reports that met the criterion. */
  telegram: Match['telegram'] | null
  criterion_id: string
  criterion_version: number
  criterion_ja: string
  criterion_en: string
}

/**
 * Brings the proposal of one event up to date with its telegrams and the criteria in force. Software only proposes:
 * a decision that a person took stands, unless it was to set aside and the event now meets a criterion it did not meet then.
 * A test telegram proposes nothing; a drill proposes an exercise, because the mode is the telegram's own.
 */
export async function evaluateEvent(
  tx: Tx,
  by: Actor,
  { event_key, mode, at, cause }: { event_key: string; mode: Mode; at: Date; cause?: Telegram | undefined },
) {
  if (mode === 'test') return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${mode} ${event_key}`}, 0))`.execute(tx)

  const telegrams = current(await telegramsOf(tx, event_key, mode))
  const matches = await matchAll(tx, telegrams)
  await propose(tx, by, {
    event_key,
    mode,
    at,
    matches,
    note: cause ? noteOf(cause) : null,
    isRevision: cause !== undefined && cause.info_kind !== 'issued',
    event: describeEvent(telegrams),
  })
}

export type ProposedEvent = {
  hazard: 'earthquake' | 'tsunami' | 'weather' | 'volcano' | 'other' | 'system_failure'
  event_at: Date
  title_ja: string
  title_en: string
}

/** Makes, changes, withdraws or reopens the proposal of an event, and leaves a line for each. */
export async function propose(
  tx: Tx,
  by: Actor,
  {
    event_key,
    mode,
    at,
    matches,
    note,
    isRevision = false,
    event,
  }: {
    event_key: string
    mode: Mode
    at: Date
    matches: StoredMatch[]
    note: string | null
    isRevision?: boolean
    event: ProposedEvent | null
  },
) {
  const known = await tx
    .selectFrom('proposal')
    .selectAll()
    .where('event_key', '=', event_key)
    .where('mode', '=', mode)
    .forUpdate()
    .executeTakeFirst()
  const details = { event_key, criteria: matches.map(({ criterion_ja }) => criterion_ja) }

  if (!known) {
    if (matches.length === 0 || !event) return
    const { id } = await tx
      .insertInto('proposal')
      .values({ event_key, mode, ...event, matches: JSON.stringify(matches), proposed_at: at, evaluated_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(tx, by, at, { action: 'proposal.made', about: `/proposals/${id}`, mode, details })
    return
  }

  const before = known.matches as StoredMatch[]
  const isSame = canonical(before) === canonical(JSON.parse(JSON.stringify(matches))) && !known.withdrawn_at
  // A correction or cancellation that changes nothing here is told all the same; what merely came again is not.
  if (isSame && !isRevision) return
  if (matches.length === 0 && known.withdrawn_at) return

  const isNewlyMet = matches.some(({ criterion_id }) => !before.some((old) => old.criterion_id === criterion_id))
  const reopens = known.decision === 'set_aside' && isNewlyMet
  const withdrawn_at = matches.length === 0 ? (known.withdrawn_at ?? at) : null
  await tx
    .updateTable('proposal')
    .set({
      // What no longer matches stays readable: it is what the proposal was about.
      ...(matches.length > 0 && { matches: JSON.stringify(matches) }),
      ...(matches.length > 0 && event && event),
      evaluated_at: at,
      withdrawn_at,
      change_note: note ?? known.change_note,
      ...(reopens && { decision: null, decided_by: null, decided_at: null, reason: null }),
    })
    .where('id', '=', known.id)
    .execute()
  await record(tx, by, at, {
    action: withdrawn_at ? 'proposal.withdrawn' : 'proposal.changed',
    about: `/proposals/${known.id}`,
    mode,
    details: { ...details, note, reopened: reopens },
  })
}

async function telegramsOf(tx: Tx, event_key: string, mode: Mode): Promise<Telegram[]> {
  const rows = await tx
    .selectFrom('telegram')
    .select('parsed')
    .where('event_key', '=', event_key)
    .where('mode', '=', mode)
    .orderBy('control_at')
    .execute()
  return rows.map(({ parsed }) => fromStored(parsed))
}

async function matchAll(tx: Tx, telegrams: Telegram[]): Promise<StoredMatch[]> {
  const criteria = await tx
    .selectFrom('criterion')
    .distinctOn('id')
    .selectAll()
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()
  const sites = await sitesOfInstitutions(tx)
  return criteria
    .filter(({ is_active }) => is_active)
    .flatMap(({ id, version, name_ja, name_en, rule }) => {
      const found = match(Rule.parse(rule), telegrams, sites)
      return found
        ? [{ ...found, criterion_id: id, criterion_version: version, criterion_ja: name_ja, criterion_en: name_en }]
        : []
    })
}

const sitesOfInstitutions = (tx: Tx): Promise<SiteOfInstitution[]> =>
  tx
    .selectFrom('site')
    .innerJoin('institution', 'institution.id', 'site.institution_id')
    .where('institution.active_to', 'is', null)
    .select([
      'institution.id as institution_id',
      'institution.name_ja as institution_name_ja',
      'institution.name_en as institution_name_en',
    ])
    .select(['institution.is_infrastructure', 'site.kind as site_kind', 'site.address', 'site.area_code'])
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.code')
    .orderBy('site.kind')
    .execute()

/** What the telegram that caused a change was, for the people who saw the proposal before. */
function noteOf({ info_kind, title, code }: Telegram): string {
  const kinds = { issued: '続報', corrected: '訂正', cancelled: '取消' }
  return `${kinds[info_kind]} ${code} ${title}`
}
