import { listDistricts, listSupervisors } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import { areaByCode, prefectures } from '#ground/market/areas.ts'
import { areasShaken, shakenSteps } from './areas-shaken.ts'
import { listGroups } from './groups.ts'
import { withPlaces } from './members.ts'

/**
 * What a form lets choose from, each with how many institutions it stands for at that moment. With a situation, the areas
 * that its earthquake shook; `group_id`: the group that is itself being edited and is not offered.
 */
export async function readAudienceChoices(
  db: Database,
  at: Date,
  { situation_id, group_id }: { situation_id?: string | undefined; group_id?: string | undefined } = {},
) {
  const [places, groups, shaken, districts, supervisors] = await Promise.all([
    withPlaces(db, at).selectFrom('place').selectAll().orderBy('code').execute(),
    listGroups(db, at),
    situation_id ? areasShaken(db, situation_id) : [],
    listDistricts(db),
    listSupervisors(db),
  ])
  const count = (holds: (place: (typeof places)[number]) => boolean) => places.filter(holds).length
  return {
    institutions: places.map(({ code, kind, name_ja, name_en, sought }) => ({ code, kind, name_ja, name_en, sought })),
    groups: groups.filter(({ id }) => id !== group_id),
    shaken: shakenSteps(shaken, places),
    prefectures: prefectures.map(({ code, name_ja, name_en }) => ({
      ...{ code, name_ja, name_en },
      institutions: count(({ areas }) => areas.some((area) => areaByCode.get(area)?.prefecture_code === code)),
    })),
    districts: districts.map((one) => ({
      ...one,
      institutions: count(({ district_code }) => district_code === one.code),
    })),
    supervisors: supervisors
      .map((one) => ({ ...one, institutions: count(({ supervisor_code }) => supervisor_code === one.code) }))
      .filter(({ institutions }) => institutions > 0),
    sizes: {
      kind: Object.fromEntries(
        Map.groupBy(places, ({ kind }) => kind)
          .entries()
          .map(([kind, of]) => [kind, of.length]),
      ),
      membership: (membership: string) => count((place) => place.membership === membership),
      market: (market: string) => count(({ markets }) => markets.some((one) => one === market)),
      body: (body: string) => count(({ bodies }) => bodies.some((one) => one === body)),
    },
  }
}

export type AudienceChoices = Awaited<ReturnType<typeof readAudienceChoices>>
