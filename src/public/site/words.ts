import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { modeWords } from '#ground/html/modes.ts'

/** Said in full wherever the mark before a title might be overlooked (S0-28); nothing when it is real. */
export const disclaimer = (language: Language, mode: Mode) =>
  mode === 'actual' ? '' : modeWords[language][`${mode}_notice`]

export const hazardWords = inBoth({
  ja: {
    earthquake: '地震',
    tsunami: '津波',
    weather: '気象災害',
    volcano: '火山噴火',
    terror: 'テロ',
    system_failure: 'システム障害',
    cyber: 'サイバー攻撃',
    epidemic: '感染症',
    other: 'その他',
  },
  en: {
    earthquake: 'Earthquake',
    tsunami: 'Tsunami',
    weather: 'Severe weather',
    volcano: 'Volcanic eruption',
    terror: 'Terror',
    system_failure: 'System failure',
    cyber: 'Cyber attack',
    epidemic: 'Epidemic',
    other: 'Other',
  },
})

/** The name under which the public reads: page titles, feeds and messages. */
export const siteNames = inBoth({ ja: '証券市場の緊急時情報', en: 'Securities market emergency information' })
export const publisherNames = inBoth({ ja: '証券市場BCP対策本部 事務局', en: 'Securities Market BCP Secretariat' })

/** What a CAP message type means here: an all clear is a Cancel of what was said before. */
export const capKindWords = inBoth({
  ja: { Alert: '第一報', Update: '続報', Cancel: '終結' },
  en: { Alert: 'First report', Update: 'Update', Cancel: 'All clear' },
})
