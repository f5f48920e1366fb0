import type { Hazard } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'

/**
 * The reasons that one press gives, with what they fill in: kind, name, and for a command centre the criterion (by its line of the
 * source). The words stand here alone. Whoever changes some counts `reasons_version` up: what is kept names the version.
 */
export const reasons_version = 1

type Words = { ja: string; en: string }
export type OpeningReason = {
  code: string
  hazard: Hazard
  basis?: 'S0-59' | 'S0-60' | 'S0-61'
  says: Words
  title: Words
}

export const openingReasons = {
  gathering: [
    {
      code: 'storm',
      hazard: 'weather',
      says: {
        ja: '台風・大雨・洪水による影響の有無を確かめるため',
        en: 'To learn what a typhoon, heavy rain or a flood has done',
      },
      title: { ja: '台風・大雨による影響の確認', en: 'Effects of a typhoon or heavy rain' },
    },
    {
      code: 'small_quake',
      hazard: 'earthquake',
      says: {
        ja: '設置基準に当たらない地震による影響の有無を確かめるため',
        en: 'To learn what an earthquake below the criteria has done',
      },
      title: { ja: '地震による影響の確認', en: 'Effects of an earthquake' },
    },
    {
      code: 'outage',
      hazard: 'system_failure',
      says: {
        ja: 'システム障害・通信障害による影響の広がりを確かめるため',
        en: 'To learn how far a failure of systems or networks reaches',
      },
      title: { ja: 'システム障害による影響の確認', en: 'Effects of a system failure' },
    },
    {
      code: 'utilities',
      hazard: 'other',
      says: {
        ja: '停電・断水・交通の停止による影響の有無を確かめるため',
        en: 'To learn what a failure of power, water or transport has done',
      },
      title: { ja: '停電・断水・交通障害による影響の確認', en: 'Effects of a failure of utilities' },
    },
    {
      code: 'peacetime',
      hazard: 'other',
      says: { ja: '平時にBCP関連情報を集約するため', en: 'To gather information on business continuity in peacetime' },
      title: { ja: '平時のBCP関連情報の集約', en: 'Business-continuity information in peacetime' },
    },
  ],
  command_centre: [
    {
      code: 'quake',
      hazard: 'earthquake',
      basis: 'S0-59',
      says: {
        ja: '大きな地震があり、市場慣行の継続が困難と見込まれるため',
        en: 'A large earthquake: market practice seems difficult to continue',
      },
      title: { ja: '大規模地震への対応', en: 'Large earthquake' },
    },
    {
      code: 'outage',
      hazard: 'system_failure',
      basis: 'S0-59',
      says: {
        ja: '市場インフラの障害があり、市場慣行の継続が困難と見込まれるため',
        en: 'A failure of market infrastructure: market practice seems difficult to continue',
      },
      title: { ja: '市場インフラの障害への対応', en: 'Failure of market infrastructure' },
    },
    {
      code: 'infrastructure',
      hazard: 'other',
      basis: 'S0-60',
      says: {
        ja: '取引所・清算・決済の機関等が対策本部を設置し、市場横断の対応が必要なため',
        en: 'An infrastructure institution set up its own, and the whole market must respond',
      },
      title: { ja: '関係機関の対策本部設置への対応', en: 'Command centre at an infrastructure institution' },
    },
    {
      code: 'law',
      hazard: 'other',
      basis: 'S0-61',
      says: {
        ja: '法律にもとづく国等の対策本部が設置されたため',
        en: 'A headquarters of the government was set up by law',
      },
      title: { ja: '国等の対策本部設置への対応', en: 'Headquarters set up by law' },
    },
  ],
  dissolution: [
    {
      code: 'continued',
      hazard: 'other',
      says: {
        ja: '市場横断の対応は終わり、状況の確認だけを続けるため',
        en: 'The market needs no common response any more; only the state is followed',
      },
      title: { ja: '', en: '' },
    },
    {
      code: 'resumed',
      hazard: 'other',
      says: {
        ja: '関係機関の業務が再開し、復旧の確認だけを続けるため',
        en: 'Infrastructure is at work again; only the recovery is followed',
      },
      title: { ja: '', en: '' },
    },
  ],
} as const satisfies Record<string, readonly OpeningReason[]>
export type ReasonsOf = keyof typeof openingReasons

const reasonOf = (of: ReasonsOf, code: string | undefined): OpeningReason | undefined =>
  openingReasons[of].find((each) => each.code === code)

type Values = Record<string, string>
type Criterion = { id: string; version: number; basis: string }

/** What a form says once the reason that was pressed has filled what was left empty; a person's own words go before the list's. */
export function filledByReason(
  of: ReasonsOf,
  { reason_code: _, ...values }: Values,
  language: Language,
  criteria: readonly Criterion[] = [],
): Values {
  const chosen = reasonOf(of, values.reason_choice)
  if (!chosen) return values
  const own = values.reason?.trim()
  const criterion = criteria.find(({ basis }) => basis === chosen.basis)
  return {
    ...values,
    reason: [chosen.says[language], own].filter(Boolean).join('\n'),
    reason_code: codeOf(of, chosen),
    hazard: values.hazard || chosen.hazard,
    // A Japanese name of somebody's own has no English one from a list.
    ...(!values.title_ja?.trim() && { title_ja: chosen.title.ja, title_en: values.title_en || chosen.title.en }),
    ...(!values.criterion && criterion && { criterion: `${criterion.id}:${criterion.version}` }),
  }
}

const codeOf = (of: ReasonsOf, { code }: OpeningReason) => `${of}.${code}.${reasons_version}`
