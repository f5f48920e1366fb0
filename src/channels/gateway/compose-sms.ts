import type { Mode } from '#db/tables.ts'
import { modeWords } from '#html/modes.ts'
import type { Severity } from '../channel.ts'
import { cleanText, markOf, partsOf, sms_parts_max } from './sms-text.ts'

export type SmsContent = {
  mode: Mode
  severity?: Severity
  subject: string
  /** What tells this recipient's reply from all others; null: a reply by SMS is not taken in. */
  reply_code: string | null
  /** Where to answer without signing in; null when no answer is wanted. */
  link: string | null
  /** Who it is from, as the directory calls them. */
  sender: string
}

/** `left_out`: what did not fit any more, in the order in which it was given up; the subject ends with … then. */
export type Sms = { text: string; parts: string[]; left_out: ('english' | 'sender' | 'subject')[] }

const urgency: Record<Severity, string> = { urgent: '【緊急】', important: '【重要】', routine: '' }

/**
 * The SMS of a notice, Japanese first, in four parts at most. The mark of the mode, the subject, how to answer and the
 * link are always in it; English and the sender's name give way first, then the end of the subject.
 */
export function composeSms({ mode, severity = 'urgent', subject, reply_code, link, sender }: SmsContent): Sms {
  const mark = mode === 'actual' ? urgency[severity] : markOf(mode)
  const english = [
    mode === 'actual' ? '' : `${modeWords.en[mode]}.`,
    reply_code ? `Reply "1 ${reply_code}" to confirm.` : '',
  ]
  const whole = {
    subject: oneLine(subject),
    answer: reply_code ? `「1 ${reply_code}」と返信で確認` : '',
    link: link ?? '',
    english: english.filter(Boolean).join(' '),
    sender: oneLine(sender),
  }
  const write = (lines: Partial<typeof whole>) => {
    const { subject, ...rest } = { ...whole, ...lines }
    return cleanText([`${mark}${subject}`, ...Object.values(rest)].filter(Boolean).join('\n'))
  }
  const fits = (text: string) => partsOf(text).parts.length <= sms_parts_max

  const left_out: Sms['left_out'] = []
  let text = write({})
  const dropped: Partial<typeof whole> = {}
  for (const line of ['english', 'sender'] as const) {
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
  return { text, parts: partsOf(text).parts, left_out }
}

/** No subject of this many characters can fit, in whatever alphabet. */
const length_max = sms_parts_max * 160

const oneLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')
