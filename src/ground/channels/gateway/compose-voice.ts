import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language, languages } from '#ground/html/language.ts'
import type { Severity } from '../channel.ts'
import { cleanLine } from './sms-text.ts'
import { spokenMark } from './voice-text.ts'

export type VoiceContent = {
  mode: Mode
  severity?: Severity
  subject_ja: string
  subject_en: string
  sender: { name_ja: string; name_en: string }
  /** Whether the recipient is to answer; a call takes no answer itself. */
  is_answer_wanted: boolean
  /** The sender's number in E.164, read digit by digit; null: not said. */
  phone: string | null
}

/** A subject is read this far; who hears it has the whole one by mail. */
const subject_length_max = 150

const texts = inBoth({
  ja: {
    urgency: { urgent: '緊急のお知らせです。', important: '重要なお知らせです。', routine: '' },
    from: (office: string) => `${office}からお知らせします。`,
    more: '、以下省略',
    end: '。',
    answer: 'メールまたはショートメッセージをご確認のうえ、回答してください。この電話では回答できません。',
    call: (digits: string) => `お問い合わせは、${digits}へお電話ください。`,
  },
  en: {
    urgency: { urgent: 'This is an urgent notice.', important: 'This is an important notice.', routine: '' },
    from: (office: string) => `This is a notice from ${office}.`,
    more: ', and so on',
    end: '.',
    answer: 'Please open the mail or text message that we sent, and answer as it says. You cannot answer in this call.',
    call: (digits: string) => `For questions, call ${digits}.`,
  },
})

/** What a call says, Japanese and then English, each a paragraph; a drill says so first. The channel says it twice. */
export function composeVoice(content: VoiceContent): string {
  return languages.map((language) => paragraph(language, content)).join('\n\n')
}

function paragraph(language: Language, content: VoiceContent): string {
  const { mode, severity = 'urgent', sender, is_answer_wanted, phone } = content
  const say = texts[language]
  return [
    spokenMark(language, mode),
    mode === 'actual' ? say.urgency[severity] : '',
    say.from(cleanLine(language === 'ja' ? sender.name_ja : sender.name_en)),
    subjectOf(language, content),
    is_answer_wanted ? say.answer : '',
    phone ? say.call(digitsOf(language, phone)) : '',
  ]
    .filter(Boolean)
    .join(language === 'ja' ? '' : ' ')
}

function subjectOf(language: Language, { subject_ja, subject_en }: VoiceContent): string {
  const { more, end } = texts[language]
  const subject = cleanLine(language === 'ja' ? subject_ja : subject_en).replace(/[。.\s]+$/u, '')
  const characters = [...subject]
  const shown =
    characters.length > subject_length_max ? `${characters.slice(0, subject_length_max).join('')}${more}` : subject
  return `${shown}${end}`
}

/** Digit by digit, lest a machine reads millions; a pause between its groups. */
function digitsOf(language: Language, phone: string): string {
  const read = parsePhoneNumberFromString(phone)
  const is_at_home = language === 'ja' && read?.country === 'JP'
  const groups = (is_at_home ? read.formatNational() : (read?.formatInternational() ?? phone)).match(/\d+/g) ?? []
  const [plus, pause] = language === 'ja' ? ['プラス', '、'] : ['plus ', ', ']
  return `${is_at_home ? '' : plus}${groups.map((digits) => [...digits].join(' ')).join(pause)}`
}
