import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { modeWords } from '#ground/html/modes.ts'
import type { CapMessage, FunctionState } from './snapshot.ts'

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
export const publisherNames = inBoth({ ja: '証券市場BCP 事務局', en: 'Securities Market BCP Secretariat' })

/** Whether there is a command centre, where the public reads it. */
export const centreWords = inBoth({
  ja: { none: '設置していません（情報収集）', set_up: '設置中', dissolved: '廃止' },
  en: { none: 'None is set up (information is gathered)', set_up: 'Set up', dissolved: 'Dissolved' },
})

/** The same as a sentence of a message: that one is set up, its being an emergency says. */
export const centreSentences = inBoth({
  ja: { none: '対策本部は設置していません（情報収集）。', set_up: '', dissolved: '対策本部は廃止しました。' },
  en: {
    none: 'No command centre is set up; information is gathered.',
    set_up: '',
    dissolved: 'The command centre was dissolved.',
  },
})

/** What a CAP message type means here: an all clear is a Cancel of what was said before. */
const capKindWords = inBoth({
  ja: { Alert: '第一報', Update: '続報', Cancel: '終結' },
  en: { Alert: 'First report', Update: 'Update', Cancel: 'All clear' },
})

export const correctionWords = inBoth({
  ja: {
    correction: '訂正',
    corrected: '訂正済み',
    title: (title: string) => `訂正：${title}`,
    corrects: (what: string) => `この情報は、${what}の内容を訂正するものです。`,
    was_corrected: (time: string, where: string) =>
      `この内容は誤りがあったため、${time}に訂正されました。正しい内容：${where}`,
    and: '、',
  },
  en: {
    correction: 'Correction',
    corrected: 'corrected',
    title: (title: string) => `Correction: ${title}`,
    corrects: (what: string) => `This corrects what was said in ${what}.`,
    was_corrected: (time: string, where: string) =>
      `There was an error in this; it was corrected at ${time}. What is right: ${where}`,
    and: ', ',
  },
})

/** What a message is, in a word: a correction is never just an update. */
export const messageWord = ({ cap_kind, corrects }: Pick<CapMessage, 'cap_kind' | 'corrects'>, language: Language) =>
  corrects.length > 0 ? correctionWords[language].correction : capKindWords[language][cap_kind]

/** What the last word about a market's BCP is. */
export const stepWords = inBoth({
  ja: { not_activated: '発動していない', activated: '発動', lifted: '解除' },
  en: { not_activated: 'Not activated', activated: 'Activated', lifted: 'Lifted' },
})

/** Of how many institutions something is true, of those that have the function in the market. */
export const partOf = inBoth({
  ja: (concerned: number, total: number) => `${total}機関中${concerned}機関`,
  en: (concerned: number, total: number) => `${concerned} of ${total} institutions`,
})

/** Of how many institutions a condition is the word, when it is not of all that have the function; else nothing. */
export const partWords = ({ concerned, total }: Pick<FunctionState, 'concerned' | 'total'>, language: Language) =>
  concerned < total ? partOf[language](concerned, total) : ''
