import {
  type District,
  kinds,
  kindWords,
  listDistricts,
  memberships,
  membershipWords,
} from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import { type Language, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { areaByCode, areas, prefectures } from '#ground/market/areas.ts'
import { markets, statusWords } from '#ground/market/words.ts'
import { type Audience, bodies } from './audience.ts'
import { audienceWords } from './words.ts'

type Name = { name_ja: string; name_en: string }
/** The names of what an audience holds only by id or code. */
export type AudienceNames = {
  groups: (Name & { id: string; removed_at: Date | null })[]
  institutions: (Name & { code: string })[]
  districts: District[]
}

export async function readAudienceNames(
  db: Database,
  { groups, institutions, without, supervisors, districts }: Audience,
): Promise<AudienceNames> {
  const codes = [...institutions, ...without, ...supervisors]
  return {
    groups:
      groups.length === 0
        ? []
        : await db
            .selectFrom('audience_group_now')
            .where('id', 'in', groups)
            .select(['id', 'name_ja', 'name_en', 'removed_at'])
            .orderBy('name_ja')
            .execute(),
    districts: districts.length === 0 ? [] : await listDistricts(db),
    institutions:
      codes.length === 0
        ? []
        : await db
            .selectFrom('institution')
            .where('code', 'in', codes)
            .select(['code', 'name_ja', 'name_en'])
            .orderBy('code')
            .execute(),
  }
}

/** What somebody chose, in words: not who that is today, which `AudiencePreview` shows. */
export function AudienceSaid({ audience, names }: { audience: Audience; names: AudienceNames }) {
  const words = useTexts(audienceWords)
  const kindTexts = useTexts(kindWords)
  const classTexts = useTexts(membershipWords)
  const { markets: marketTexts } = useTexts(statusWords)
  const { language } = useReading()
  const ofCodes = (codes: readonly string[]) =>
    codes.map((code) => {
      const institution = names.institutions.find((one) => one.code === code)
      return institution ? named(language, institution) : code
    })
  const nameOfCodes = (rows: AudienceNames['districts'], codes: readonly string[]) =>
    codes.map((code) => {
      const row = rows.find((one) => one.code === code)
      return row ? named(language, row) : code
    })
  const parts = {
    kinds: kinds.filter((kind) => audience.kinds.includes(kind)).map((kind) => kindTexts[kind]),
    markets: markets.filter((market) => audience.markets.includes(market)).map((market) => marketTexts[market]),
    bodies: bodies.filter((body) => audience.bodies.includes(body)).map((body) => words.body[body]),
    memberships: memberships.filter((one) => audience.memberships.includes(one)).map((one) => classTexts[one]),
    districts: nameOfCodes(names.districts, audience.districts),
    supervisors: ofCodes(audience.supervisors),
    areas: areaNames(language, audience.areas),
    groups: names.groups.map((group) => {
      const name = named(language, group)
      return group.removed_at ? words.removed(name) : name
    }),
    institutions: ofCodes(audience.institutions),
    only_kinds: kinds.filter((kind) => audience.only_kinds.includes(kind)).map((kind) => kindTexts[kind]),
    only_memberships: memberships
      .filter((one) => audience.only_memberships.includes(one))
      .map((one) => classTexts[one]),
    without: ofCodes(audience.without),
  }
  const items = [
    ...(audience.everyone ? [{ term: words.audience, value: words.everyone }] : []),
    ...(Object.keys(parts) as (keyof typeof parts)[])
      .filter((part) => parts[part].length > 0)
      .map((part) => ({ term: words[part], value: parts[part].join(words.and) })),
  ]
  // Two lines one below the other are easily read as both at once.
  const narrowed = [audience.without, audience.only_kinds, audience.only_memberships]
  const is_added = items.length - narrowed.filter(({ length }) => length > 0).length > 1
  return (
    <>
      {is_added && <p>{words.any}</p>}
      <SummaryList items={items} />
    </>
  )
}

/** A prefecture by its name when all of it is meant, else the areas by theirs. */
const areaNames = (language: Language, codes: readonly string[]): string[] =>
  prefectures.flatMap((prefecture) => {
    const within = areas.filter(({ prefecture_code }) => prefecture_code === prefecture.code)
    const meant = within.filter(({ code }) => codes.includes(code))
    return meant.length === within.length
      ? [named(language, prefecture)]
      : meant.map(({ code }) => areaByCode.get(code)?.name ?? code)
  })
