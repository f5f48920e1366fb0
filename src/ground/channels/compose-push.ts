import { createHash } from 'node:crypto'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import type { Message, Severity } from './channel.ts'

/** What the service worker of a browser is sent (src/client/show-notification.ts). */
export type PushContent = {
  title: string
  body: string
  /** A path of this site, which a click opens. */
  path: string
  mode: Message['mode']
  notice_id: string
  /** The same for the same notice: a repeat replaces what is shown. */
  tag: string
  is_urgent: boolean
  at: string
}

/** Push services take 4096 bytes at the least, encryption and padding included. */
export const push_bytes_max = 3000
const [title_length_max, body_length_max, path_bytes_max] = [100, 300, 900]

/** How long a push service keeps a message for a device that is away. */
const hours_kept: Record<Severity, number> = { urgent: 12, important: 24, routine: 48 }
const urgencies: Record<Severity, string> = { urgent: 'high', important: 'normal', routine: 'low' }

/** The headers by which a push service knows how long, how fast, and instead of what (RFC 8030, 5.2 to 5.4). */
export const pushHeaders = ({ severity, notice_id }: Pick<Message, 'severity' | 'notice_id'>) => ({
  ttl: String(hours_kept[severity] * 3600),
  urgency: urgencies[severity],
  topic: topicOf(notice_id),
})

/** Names a notice in 32 letters that are safe in a URL, and tells a push service nothing about it. */
const topicOf = (notice_id: string) => createHash('sha256').update(notice_id).digest('base64url').slice(0, 32)

/** What a device shows of a message, in at most 3000 bytes. A drill or a test says so first. Pure. */
export function composePush(message: Message, origin: string): Buffer {
  const { mode, notice_id, severity, date } = message
  const content: PushContent = {
    title: cut(marked(mode, message.subject), title_length_max),
    body: cut(message.text, body_length_max),
    path: ownPath(message.link, origin),
    mode,
    notice_id: notice_id.slice(0, 64),
    tag: topicOf(notice_id),
    is_urgent: severity === 'urgent',
    at: date.toISOString(),
  }
  return Buffer.from(JSON.stringify(content))
}

/** Whoever wrote the subject may have marked it already. */
const marked = (mode: Message['mode'], subject: string) =>
  mode !== 'actual' && subject.startsWith(`【${modeWords.ja[mode]}】`) ? subject : markedTitle('ja', mode, subject)

/** One line of whole letters: each takes at most four bytes. */
function cut(text: string, length_max: number): string {
  const letters = [
    ...text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  ]
  return letters.length <= length_max ? letters.join('') : `${letters.slice(0, length_max - 1).join('')}…`
}

/** A link elsewhere, or one that does not fit, is left out: the start page shows what is open. */
function ownPath(link: string | null, origin: string): string {
  const url = link === null ? null : URL.parse(link, origin)
  const path = url?.origin === origin ? `${url.pathname}${url.search}${url.hash}` : ''
  return path !== '' && !path.startsWith('//') && Buffer.byteLength(path) <= path_bytes_max ? path : '/home'
}
