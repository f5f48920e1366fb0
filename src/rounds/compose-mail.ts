import { labelNames, labelOf } from '#access/index.ts'
import { showWritten } from '#contacts/index.ts'
import type { Mode } from '#db/tables.ts'
import { timeWords } from '#html/civil.ts'
import { labelWords } from '#html/label.tsx'
import { inBoth, type Language, languages, named } from '#html/language.ts'
import { modeWords } from '#html/modes.ts'
import { mailHtml } from './mail-html.tsx'

/** What a mail that asks for a report is made of. Names as the directory has them. */
export type Letter = {
  /** The address that people type, without a path. */
  origin: string
  situation: { id: string; mode: Mode; title_ja: string; title_en: string }
  round: { text_ja: string; text_en: string; answer_by: Date; asked_at: Date }
  institution: { name_ja: string; name_en: string }
  contact: { name_ja: string; name_en: string | null }
  /** The office that asks, and where it can be called; null where the directory has no number. */
  sender: { name_ja: string; name_en: string; phone: string | null }
}

export type Composed = { subject: string; text: string; html: string }

/** One language's part of the mail, line by line: the plain text and the HTML say the same. */
export type Part = {
  language: Language
  /** Says that this is a drill or a test, first and last; null when it is real. */
  notice: string | null
  to: string[]
  about: string
  text: string
  deadline: string
  link_label: string
  help: { title: string; text: string }
  sender: string
  /** Who may read it (TLP 2.0). */
  label: string
}

const prefixes: Record<Mode, string> = { actual: '【緊急】', exercise: '【訓練】', test: '【試験】' }

const texts = inBoth({
  ja: {
    subject: (deadline: string) => `状況報告のお願い（${deadline}まで）`,
    person: (name: string) => `${name} 様`,
    about: (title: string) => `「${title}」について、貴機関の状況の報告をお願いします。`,
    deadline: (time: string) => `回答期限：${time}`,
    link: '状況を報告する（サインインが必要です）',
    help: 'リンクを開けないとき',
    call: (office: string, phone: string) => `${office}へ電話で報告してください：${phone}`,
    no_phone: (office: string) => `緊急連絡網に定めた番号で、${office}へ電話で報告してください。`,
    no_reply: 'このメールに返信しても報告にはなりません。',
    sender: (office: string) => `送信元：${office} 事務局（証券市場BCPポータル「狼煙」）`,
  },
  en: {
    subject: (deadline: string) => `Report requested by ${deadline}`,
    person: (name: string) => name,
    about: (title: string) => `Please report how your institution stands: "${title}".`,
    deadline: (time: string) => `Answer by: ${time}`,
    link: 'Report your status (sign-in required)',
    help: 'If the link does not open',
    call: (office: string, phone: string) => `Report by phone to ${office}: ${phone}`,
    no_phone: (office: string) => `Report by phone to ${office}, at the number in your call tree.`,
    no_reply: 'A reply to this mail is not a report.',
    sender: (office: string) => `From: the secretariat at ${office} (Noroshi, BCP portal of the securities market)`,
  },
})

/** The mail that asks one contact to report: Japanese first, then English; a drill says so first and last. Pure. */
export function composeMail(letter: Letter): Composed {
  const link = `${letter.origin}/situations/${letter.situation.id}/report`
  const parts = languages.map((language) => part(language, letter))
  const { round, situation } = letter
  const deadline = timeWords('ja', round.answer_by, round.asked_at, { with_date: true })
  const subject = `${prefixes[situation.mode]}${texts.ja.subject(deadline)}${situation.title_ja}`
  return {
    subject: oneLine(subject),
    text: `${parts.map((each) => plainText(each, link)).join('\n\n----------------------------------------\n\n')}\n`,
    html: mailHtml(oneLine(subject), parts, link),
  }
}

function part(language: Language, { situation, round, institution, contact, sender }: Letter): Part {
  const say = texts[language]
  const { mode } = situation
  const office = oneLine(named(language, sender))
  const title = oneLine(language === 'ja' ? situation.title_ja : situation.title_en)
  return {
    language,
    notice: mode === 'actual' ? null : noticeOf(language, mode),
    to: [oneLine(named(language, institution)), say.person(oneLine(named(language, contact)))],
    about: say.about(title),
    text: language === 'ja' ? round.text_ja : round.text_en,
    deadline: say.deadline(timeWords(language, round.answer_by, round.asked_at, { with_date: true })),
    link_label: say.link,
    help: {
      title: say.help,
      text: `${sender.phone ? say.call(office, oneLine(showWritten(sender.phone))) : say.no_phone(office)}\n${say.no_reply}`,
    },
    sender: say.sender(office),
    label: `${labelNames[labelOf.round]} ${labelWords[language][labelOf.round]}`,
  }
}

function noticeOf(language: Language, mode: 'exercise' | 'test') {
  const words = modeWords[language]
  return language === 'ja'
    ? `【${words[mode]}】${words[`${mode}_notice`]}`
    : `[${words[mode]}] ${words[`${mode}_notice`]}`
}

const plainText = ({ notice, to, about, text, deadline, link_label, help, sender, label }: Part, link: string) =>
  [
    notice,
    label,
    to.join('\n'),
    about,
    text,
    deadline,
    `${link_label}\n${link}`,
    `${help.title}\n${help.text}`,
    sender,
    notice,
  ]
    .filter(Boolean)
    .join('\n\n')

/** Nothing that is put into a subject or a greeting can begin a new line, and so no new header either. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()
