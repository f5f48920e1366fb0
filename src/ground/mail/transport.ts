import type { Readable } from 'node:stream'
import { createTransport, type NodemailerError } from 'nodemailer'
import type { Config } from '#ground/config/config.ts'
import type { Mode } from '#ground/db/tables.ts'

export type Mail = {
  /** With its angle brackets; the same over every attempt. */
  message_id: string
  mode: Mode
  date: Date
  to: { name: string; address: string }
  subject: string
  text: string
  html?: string
  /** Where the server reports what became of it (the envelope's sender); the address that mails come from when left out. */
  return_path?: string
  /** Where a reply goes; to the sender when left out. */
  reply_to?: string
}

/**
 * What came of one attempt, with the server's answer in its own words.
 * sent: the server took it. deferred: not this mail now, perhaps later. refused: never.
 * perhaps: the whole mail went out, but the connection was lost before the server answered.
 * held: the server could not be used, and nothing of this mail reached it.
 */
export type Outcome = {
  kind: 'sent' | 'deferred' | 'refused' | 'perhaps' | 'held'
  answer: string
  /** True when the server itself could not be used, so that the next mail would fare no better. */
  is_server_lost: boolean
}

export type MailTransport = {
  send(mail: Mail): Promise<Outcome>
  /** Greets the server and signs in, no more; what it said against that, or null. */
  check(): Promise<string | null>
  close(): void
}

/** How many mails are handed over at the same time, each on a connection that is kept for the next. */
export const connections_max = 10
const answer_length_max = 500

/** Hands mails to the SMTP server at `smtp_url`. Never throws for a mail: what happened is its outcome. */
export function openTransport({
  smtp_url,
  mail_from,
  mode = 'demo',
}: Pick<Config, 'smtp_url' | 'mail_from'> & Partial<Pick<Config, 'mode'>>): MailTransport {
  if (!smtp_url) return noServer
  const must_encrypt = mustEncrypt(smtp_url, mode)
  const mailer = createTransport({
    pool: true,
    // Who stands between us and the server could hide that it offers encryption: then nothing goes out, no password either.
    url: must_encrypt ? encrypted(smtp_url) : smtp_url,
    maxConnections: connections_max,
    maxMessages: 1000,
    // Attempts are counted and spaced by us alone.
    maxRequeues: 0,
    connectionTimeout: 5000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Read from when the server asks for the mail; its last byte is read just before the dot that ends it.
  const bodies = new Map<string, Readable>()
  mailer.use('stream', (mail, done) => {
    const { messageId } = mail.data
    mail.message.processFunc((input) => {
      if (messageId) bodies.set(messageId, input as Readable)
      return input
    })
    done()
  })
  return {
    async send({ message_id, mode, return_path = mail_from, reply_to, ...mail }) {
      if (!isMailbox(mail.to.address)) return { kind: 'refused', answer: 'not a mail address', is_server_lost: false }
      try {
        const { response } = await mailer.sendMail({
          ...mail,
          messageId: message_id,
          from: { name: 'Noroshi', address: mail_from },
          ...(reply_to && { replyTo: reply_to }),
          envelope: { from: return_path, to: [mail.to.address] },
          headers: { ...by_machine, 'X-Noroshi-Mode': mode },
        })
        return { kind: 'sent', answer: shortened(response ?? ''), is_server_lost: false }
      } catch (error) {
        return outcomeOf(inWords(error as NodemailerError, must_encrypt), reached(bodies.get(message_id)))
      } finally {
        bodies.delete(message_id)
      }
    },
    check: () =>
      mailer.verify().then(
        () => null,
        (error: NodemailerError) => answerOf(inWords(error, must_encrypt)),
      ),
    close: () => mailer.close(),
  }
}

/**
 * Written by a machine (RFC 3834), and to be answered by none: absences and receipts would come by the thousand (Exchange knows the
 * second header only). What could not be delivered is to come back, and is not among those.
 */
const by_machine = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
}

/** Off this machine, in production or with a password, mails go encrypted or not at all. */
export function mustEncrypt(smtp_url: string, mode: Config['mode']): boolean {
  const { hostname, password, protocol } = new URL(smtp_url)
  const is_here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'smtp:' && !is_here && (mode === 'production' || password !== '')
}

/** The address with encryption asked for, whatever else is written behind it. */
function encrypted(smtp_url: string) {
  const url = new URL(smtp_url)
  for (const name of ['ignoreTLS', 'opportunisticTLS']) url.searchParams.delete(name)
  url.searchParams.set('requireTLS', 'true')
  return url.href
}

const no_server = 'SMTP_URL is not set'
/** A process that knows no mail server leaves the mails to those that do. */
const noServer: MailTransport = {
  send: async () => ({ kind: 'held', answer: no_server, is_server_lost: true }),
  check: async () => no_server,
  close: () => {},
}

/** How much of a mail the server has perhaps seen. */
type Reached = 'nothing' | 'part' | 'all'
const reached = (body: Readable | undefined): Reached =>
  body?.readableEnded ? 'all' : body?.readableDidRead ? 'part' : 'nothing'

const not_encrypted =
  'the server offers no encryption (STARTTLS): let it, or set SMTP_URL=smtps://… of one that does; nothing was sent in clear text'
/** Where encryption was asked for in vain, what to do about it stands before what the server said. */
const inWords = (error: NodemailerError, must_encrypt: boolean): NodemailerError =>
  must_encrypt && error.command === 'STARTTLS'
    ? Object.assign(error, { response: `${not_encrypted} (${answerOf(error)})`, responseCode: undefined })
    : error

const answerOf = (error: NodemailerError) => shortened(error.response ?? `${error.code ?? 'error'}: ${error.message}`)

function outcomeOf(error: NodemailerError, reached: Reached): Outcome {
  const answer = answerOf(error)
  // Words without a number are no answer: what became of the mail is not known.
  const is_unreadable = error.response !== undefined && error.responseCode === undefined
  const is_about_this_mail = !is_unreadable && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
  // A server that says no while greeting, at sign-in or to our own address is set up wrongly or overloaded;
  // that is not the fault of this mail.
  const is_about_sender = is_about_this_mail && error.command === 'MAIL FROM' && error.responseCode !== undefined
  if (is_about_this_mail && !is_about_sender) {
    const is_for_good = error.responseCode === undefined || error.permanent === true
    return { kind: is_for_good ? 'refused' : 'deferred', answer, is_server_lost: error.responseCode === 421 }
  }
  if (reached === 'all' && error.responseCode === undefined) return { kind: 'perhaps', answer, is_server_lost: false }
  return { kind: reached === 'nothing' ? 'held' : 'deferred', answer, is_server_lost: true }
}

/** One mailbox and nothing that could mean another, a group or a header. */
const isMailbox = (address: string) => /^[^\s\p{Cc}<>()[\],;:"\\@]+@[^\s\p{Cc}<>()[\],;:"\\@]+$/u.test(address)

const shortened = (answer: string) => answer.replace(/\s+/g, ' ').trim().slice(0, answer_length_max)
