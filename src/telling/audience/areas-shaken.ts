import type { Database } from '#ground/db/database.ts'
import { shakenAreas, telegramsOfEvent } from '#hazards/proposals/index.ts'
import {
  fromStored,
  type Intensity,
  intensities,
  intensityRank,
  type ReportedIntensity,
  reaches,
  type ShakenArea,
} from '#hazards/telegrams/index.ts'

/** The areas that the telegrams still in force report as shaken by the event of a situation, strongest first; none without telegrams. */
export async function areasShaken(db: Database, situation_id: string): Promise<ShakenArea[]> {
  const proposal = await db
    .selectFrom('situation')
    .innerJoin('proposal', 'proposal.id', 'situation.proposal_id')
    .where('situation.id', '=', situation_id)
    .select(['event_key', 'proposal.mode', 'proposed_at', 'decision', 'withdrawn_at'])
    .executeTakeFirst()
  if (!proposal) return []
  const telegrams = await telegramsOfEvent(db, proposal)
  const strongest = new Map<string, ShakenArea>()
  for (const area of shakenAreas(telegrams.map(({ parsed }) => fromStored(parsed)))) {
    const known = strongest.get(area.code)
    if (!known || rank(area.intensity) > rank(known.intensity)) strongest.set(area.code, area)
  }
  return [...strongest.values()].sort(
    (one, other) => rank(other.intensity) - rank(one.intensity) || one.code.localeCompare(other.code),
  )
}

const rank = (intensity: ReportedIntensity) => intensityRank(intensity)

/** All areas shaken at least so, and the institutions with a site in one of them. `missing`: areas from which a value as high may still come. */
export type ShakenStep = { at_least: Intensity; areas: string[]; missing: number; institutions: number }

/**
 * One step for each intensity at which more institutions are reached than at the one above, strongest first. An area from which
 * nothing has arrived counts as shaken that much where 5- or more is feared: it may be the worst of all.
 */
export function shakenSteps(
  shaken: readonly ShakenArea[],
  places: readonly { areas: readonly string[] }[],
): ShakenStep[] {
  const steps: ShakenStep[] = []
  for (const at_least of [...intensities].reverse()) {
    const found = shaken.filter((area) => reaches(area, at_least) !== 'no')
    const codes = new Set(found.map(({ code }) => code))
    const institutions = places.filter(({ areas }) => areas.some((area) => codes.has(area))).length
    if (institutions > (steps.at(-1)?.institutions ?? 0))
      steps.push({
        at_least,
        areas: [...codes].sort(),
        missing: found.filter((area) => reaches(area, at_least) === 'possibly').length,
        institutions,
      })
  }
  return steps
}
