import { areaByCode, prefectureByCode } from '#ground/market/areas.ts'
import { areasAtCoast } from '#ground/market/coasts.ts'
import { intensityRank, reaches, type Telegram, tsunamiGrades } from '#hazards/telegrams/index.ts'
import { current } from './current.ts'
import type { Found, FoundArea, FoundSite, Match, Rule, SiteOfInstitution } from './rule.ts'

export { current, shakenAreas } from './current.ts'
export { type FoundArea, type FoundSite, type Match, Rule, type SiteOfInstitution } from './rule.ts'

/** What one criterion finds in the current telegrams of one event; null: it does not match. Pure. */
export function match(rule: Rule, telegrams: Telegram[], sites: SiteOfInstitution[]): Match | null {
  if (new Set(telegrams.map(({ mode }) => mode)).size > 1) throw new Error('telegrams of different modes were mixed')
  const held = current(telegrams).reverse()
  switch (rule.kind) {
    case 'intensity_at_sites':
      return atSites(rule, held, counted(sites, rule.institutions))
    case 'intensity_in_area':
      return inArea(rule, held, sites)
    case 'tsunami':
      return tsunami(rule, held, sites)
    case 'nankai': {
      const telegram = held.find(({ body }) => body.kind === 'nankai' && rule.codes.includes(body.info_code))
      return telegram ? found(rule, telegram, [], []) : null
    }
    case 'weather_special':
      return weather(rule, held, counted(sites, rule.institutions))
    case 'eruption':
      return eruption(rule, held, sites)
    case 'command_centre_set_up':
    case 'judgement':
      return null
  }
}

type Of<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>
/** An area together with the codes of the areas (細分区域) whose sites lie in it. */
type Wide = { area: FoundArea; covers: (area_code: string) => boolean }

const counted = (sites: SiteOfInstitution[], which: 'infrastructure' | 'any') =>
  sites.filter(({ is_infrastructure }) => which === 'any' || is_infrastructure)

function shakenAtLeast(at_least: Of<'intensity_in_area'>['at_least'], held: Telegram[]) {
  for (const telegram of held) {
    if (telegram.body.kind !== 'earthquake' || telegram.body.areas.length === 0) continue
    const wide = telegram.body.areas.flatMap(({ code, name, intensity, missing_in, ...rest }): Wide[] => {
      const reached = reaches({ intensity, missing_in, ...rest }, at_least)
      if (reached === 'no') return []
      const area = { ...nothing, code, name, intensity, missing_in, is_possible: reached === 'possibly' }
      return [{ area, covers: (area_code) => area_code === code }]
    })
    return { telegram, wide: wide.sort((one, other) => gravity(other.area) - gravity(one.area)) }
  }
  return null
}

function atSites(rule: Of<'intensity_at_sites'>, held: Telegram[], sites: SiteOfInstitution[]) {
  const shaken = shakenAtLeast(rule.at_least, held)
  return shaken && whereSitesAre(rule, shaken.telegram, shaken.wide, sites)
}

function inArea(rule: Of<'intensity_in_area'>, held: Telegram[], sites: SiteOfInstitution[]) {
  const shaken = shakenAtLeast(rule.at_least, held)
  const wide = shaken?.wide.filter(({ area }) => area.code === rule.area_code) ?? []
  return shaken && wide.length > 0 ? found(rule, shaken.telegram, wide, sites) : null
}

function tsunami(rule: Of<'tsunami'>, held: Telegram[], sites: SiteOfInstitution[]) {
  const least = tsunamiGrades.indexOf(rule.at_least)
  for (const telegram of held) {
    if (telegram.body.kind !== 'tsunami' || telegram.body.areas.length === 0) continue
    const wide = telegram.body.areas
      .filter(({ grade }) => tsunamiGrades.indexOf(grade) >= least)
      .map(({ code, name, grade, max_height }): Wide => {
        const near = new Set(areasAtCoast(name))
        return {
          area: { ...nothing, code, name, grade, words: max_height },
          covers: (area_code) => near.has(area_code),
        }
      })
      .sort((one, other) => gravity(other.area) - gravity(one.area))
    // The newest that says what is in force; an older one says what was.
    return wide.length > 0 ? found(rule, telegram, wide, sites) : null
  }
  return null
}

function weather(rule: Of<'weather_special'>, held: Telegram[], sites: SiteOfInstitution[]) {
  for (const telegram of held) {
    if (telegram.body.kind !== 'weather') continue
    const { in_force } = telegram.body
    // 東京地方 rather than 東京都: a warning for far islands alone is told from one for the city.
    const level = (['primary', 'prefecture', 'group', 'municipality'] as const).find((each) =>
      in_force.some((warning) => warning.level === each),
    )
    const wide = in_force
      .filter((warning) => warning.level === level)
      .map(({ area_code, area_name, kind_name }): Wide => {
        const prefecture = prefectureByCode.get(area_code.slice(0, 2))
        const name = level === 'prefecture' ? area_name : `${prefecture?.name_ja ?? ''} ${area_name}`.trim()
        return { area: { ...nothing, code: area_code, name, words: kind_name }, covers: inPrefecture(area_code) }
      })
    const hit = whereSitesAre(rule, telegram, wide, sites)
    if (hit) return hit
  }
  return null
}

function eruption(rule: Of<'eruption'>, held: Telegram[], sites: SiteOfInstitution[]) {
  for (const telegram of held) {
    if (telegram.body.kind !== 'volcano') continue
    const { volcano_name, areas } = telegram.body
    const wide = areas.map(
      ({ code, name }): Wide => ({
        area: { ...nothing, code, name, words: volcano_name },
        covers: inPrefecture(code),
      }),
    )
    return found(rule, telegram, wide, sites)
  }
  return null
}

/** A criterion that needs somebody to have a site there: areas without one are left out, and without any it is not met. */
function whereSitesAre(rule: Rule, telegram: Telegram, wide: Wide[], sites: SiteOfInstitution[]): Match | null {
  const with_sites = wide.filter(({ covers }) => sites.some(({ area_code }) => covers(area_code)))
  return with_sites.length > 0 ? found(rule, telegram, with_sites, sites) : null
}

function found(
  rule: Rule,
  { code, serial, control_at, title }: Telegram,
  wide: Wide[],
  sites: SiteOfInstitution[],
): Match {
  return {
    kind: rule.kind,
    telegram: { code, serial, control_at: control_at.toISOString(), title },
    is_possible: wide.length > 0 && wide.every(({ area }) => area.is_possible),
    areas: wide.map(({ area }) => area),
    sites: sites.flatMap((site): FoundSite[] => {
      // The gravest comes first, and a site is named once.
      const area = wide.find(({ covers }) => covers(site.area_code))?.area
      if (!area) return []
      const { intensity, grade, words, is_possible } = area
      const { site_id, area_code } = site
      return [{ site_id, report_id: null, area_code, intensity, grade, words, is_possible }]
    }),
  }
}

const nothing = { intensity: null, grade: null, words: null, missing_in: [], is_possible: false }

const inPrefecture = (code: string) => (area_code: string) =>
  areaByCode.get(area_code)?.prefecture_code === code.slice(0, 2)

const gravity = ({ intensity, grade, is_possible }: Found): number =>
  (intensity ? intensityRank(intensity) : 0) + (grade ? tsunamiGrades.indexOf(grade) : 0) - (is_possible ? 100 : 0)
