import type { Language } from '#ground/html/language.ts'
import { areaByCode } from '#ground/market/areas.ts'
import { intensityWords, tsunamiWords } from '#hazards/telegrams/index.ts'
import type { Rule } from './criteria.ts'

/** A rule as a sentence that people can check. */
export function ruleWords(language: Language, rule: Rule): string {
  const ja = language === 'ja'
  const who =
    'institutions' in rule &&
    (rule.institutions === 'infrastructure'
      ? ja
        ? '関係機関'
        : 'an infrastructure institution'
      : ja
        ? 'いずれかの機関'
        : 'any institution')
  switch (rule.kind) {
    case 'intensity_at_sites':
      return ja
        ? `${who}の拠点がある地域で震度${intensityWords.ja[rule.at_least]}以上`
        : `Intensity ${rule.at_least} or more where ${who} has a site`
    case 'intensity_in_area': {
      const area = areaByCode.get(rule.area_code)?.name ?? rule.area_code
      return ja
        ? `${area}（${rule.area_code}）で震度${intensityWords.ja[rule.at_least]}以上`
        : `Intensity ${rule.at_least} or more in ${area} (${rule.area_code})`
    }
    case 'tsunami':
      return ja ? `${tsunamiWords.ja[rule.at_least]}以上` : `${tsunamiWords.en[rule.at_least]} or more`
    case 'nankai':
      return ja
        ? `南海トラフ地震臨時情報（コード ${rule.codes.join('・')}）`
        : `Nankai Trough information (code ${rule.codes.join(', ')})`
    case 'weather_special':
      return ja
        ? `${who}の拠点がある都道府県に気象特別警報`
        : `Weather special warning in a prefecture where ${who} has a site`
    case 'eruption':
      return ja ? '噴火速報' : 'Eruption notice'
    case 'command_centre_set_up':
      return ja
        ? 'インフラ機関または中央銀行が対策本部の設置を報告'
        : 'An infrastructure institution or the central bank reports that it set up its command centre'
    case 'judgement':
      return ja ? '人の判断による（ソフトウェアは提案しない）' : 'Judged by people (software never proposes it)'
  }
}

export const kinds = [
  'intensity_at_sites',
  'intensity_in_area',
  'tsunami',
  'nankai',
  'weather_special',
  'eruption',
  'command_centre_set_up',
  'judgement',
] as const

/** What a kind of condition is called where one is chosen. */
export const kindWords = (language: Language): Record<(typeof kinds)[number], string> =>
  language === 'ja'
    ? {
        intensity_at_sites: '拠点のある地域の震度',
        intensity_in_area: '指定した区域の震度',
        tsunami: '津波',
        nankai: '南海トラフ地震臨時情報',
        weather_special: '気象特別警報',
        eruption: '噴火速報',
        command_centre_set_up: '機関の対策本部の設置（報告）',
        judgement: '人の判断',
      }
    : {
        intensity_at_sites: 'Intensity where institutions have sites',
        intensity_in_area: 'Intensity in one area',
        tsunami: 'Tsunami',
        nankai: 'Nankai Trough information',
        weather_special: 'Weather special warning',
        eruption: 'Eruption notice',
        command_centre_set_up: "An institution's own command centre (reports)",
        judgement: 'Judgement of people',
      }
