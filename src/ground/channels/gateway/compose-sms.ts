import type { Mode } from '#ground/db/tables.ts'
import { modeWords } from '#ground/html/modes.ts'
import type { Severity } from '../channel.ts'
import { cleanLine, markOf, partsOf, sms_parts_max } from './sms-text.ts'

export type SmsContent = {
  mode: Mode
  severity?: Severity
  subject: string
  /** What belongs to the subject and may be left out. */
  details?: string
  /** What tells this recipient's reply from all others; null: a reply by SMS is not taken in. */
  reply_code: string | null
  /** What a reply does; 確認 unless it is said otherwise. */
  answer_wanted?: keyof typeof answers
  /** Where to answer without signing in; null when no answer is wanted. */
  link: string | null
  /** Who it is from, as the directory calls them. */
  sender: string
}

/** `parts` as they are sent. `left_out`: what did not fit any more, in the order in which it was given up; the subject ends with … then. */
export type Sms = { text: string; parts: string[]; left_out: ('english' | 'sender' | 'details' | 'subject')[] }

/** How to answer by reply: the same words mean another thing where 1 is a report that all is normal. */
const answers = {
  acknowledge: {
    ja: (code: string) => `「1 ${code}」と返信で確認`,
    en: (code: string) => `Reply "1 ${code}" to confirm.`,
  },
  choice: {
    ja: (code: string) => `番号と${code}を返信で回答（例「1 ${code}」）`,
    en: (code: string) => `Reply number and code, as "1 ${code}".`,
  },
  report: {
    ja: (code: string) => `正常は「1 ${code}」、支障は「2 ${code} 状況」と返信で報告`,
    en: (code: string) => `Reply "1 ${code}" if all is normal, else "2 ${code}" and what is wrong.`,
  },
}

const urgency: Record<Severity, string> = { urgent: '【緊急】', important: '【重要】', routine: '' }

/**
 * The SMS of a notice, Japanese first, in four parts at most. The mark of the mode, the subject, how to answer and the
 * link are always in it; English, the sender's name and the details of the subject give way first, in this order, then the end of the subject. Where code and link are
 * blanks that are filled in for each recipient later, `asSent` fills them in with others of the same length to count by.
 */
export function composeSms(content: SmsContent, asSent: (text: string) => string = (text) => text): Sms {
  const {
    mode,
    severity = 'urgent',
    subject,
    reply_code,
    answer_wanted = 'acknowledge',
    link,
    sender,
    details = '',
  } = content
  const mark = mode === 'actual' ? urgency[severity] : markOf(mode)
  const answer = answers[answer_wanted]
  const english = [mode === 'actual' ? '' : `${modeWords.en[mode]}.`, reply_code ? answer.en(reply_code) : '']
  const whole = {
    // A subject that was marked elsewhere is not marked twice.
    subject: cleanLine(subject).replace(mark, (found, at) => (at === 0 ? '' : found)),
    details: cleanLine(details),
    answer: reply_code ? answer.ja(reply_code) : '',
    link: link ?? '',
    english: english.filter(Boolean).join(' '),
    sender: cleanLine(sender),
  }
  const write = (lines: Partial<typeof whole>) => {
    const { subject, ...rest } = { ...whole, ...lines }
    return [`${mark}${subject}`, ...Object.values(rest)].filter(Boolean).join('\n')
  }
  const fits = (text: string) => partsOf(asSent(text)).parts.length <= sms_parts_max

  const left_out: Sms['left_out'] = []
  let text = write({})
  const dropped: Partial<typeof whole> = {}
  for (const line of ['english', 'sender', 'details'] as const) {
    if (fits(text)) break
    if (whole[line] === '') continue
    dropped[line] = ''
    left_out.push(line)
    text = write(dropped)
  }
  if (!fits(text)) {
    left_out.push('subject')
    const characters = [...new Intl.Segmenter('ja').segment(whole.subject)].map(({ segment }) => segment)
    for (let length = Math.min(characters.length - 1, length_max); !fits(text); length--) {
      if (length < 1) throw new Error('The link and the way to answer leave no room for a subject in an SMS.')
      text = write({ ...dropped, subject: `${characters.slice(0, length).join('').trimEnd()}…` })
    }
  }
  return { text, parts: partsOf(asSent(text)).parts, left_out }
}

/** No subject of this many characters can fit, in whatever alphabet. */
const length_max = sms_parts_max * 160
