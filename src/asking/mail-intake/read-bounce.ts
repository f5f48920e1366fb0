import type { Email } from 'postal-mime'
import { parseMail } from '#ground/mail/parse-mail.ts'

/**
 * What a mail to a return path says (RFC 3464). failed: it will never arrive. delayed: it may still. other: delivered,
 * relayed or expanded. no_report: not a delivery status notification at all.
 */
type Bounce = {
  finding: 'failed' | 'delayed' | 'other' | 'no_report'
  /** Such as 5.1.1 (RFC 3463). */
  status_code: string | null
  /** What the last server said, in its own words. */
  diagnostic: string | null
}
/** A report, and what it means beside its finding. */
export type BounceRead = Bounce & {
  /** Nobody tries any longer, whatever the reason was: this one message has not arrived. */
  is_over: boolean
  /** Whose mailbox it is about: behind a group's or a forwarded address, another one than we wrote to. */
  final_recipient: string | null
  /** How it begins, where a mail server seems to say that something failed and it cannot be read; else null. */
  unclear: string | null
}

const nothing: BounceRead = {
  ...{ finding: 'no_report', status_code: null, diagnostic: null },
  ...{ is_over: false, final_recipient: null, unclear: null },
}
const said_length_max = 2000
/** The fields about the one recipient stand at the beginning. */
const fields_length_max = 64 * 1024
/** Of words for people, as much as may hold what a mail system has to say. */
const words_length_max = 10_000

/** Reads a mail of any shape; what is not surely a report changes nothing, whatever it looks like. */
export async function readBounce(mail: Uint8Array): Promise<BounceRead> {
  const parsed = await parseMail(mail, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' })
  const type = parsed?.headers.find(({ key }) => key === 'content-type')?.value ?? ''
  // Gateways wrap a report in a mail of theirs, and some programs forget its type: the part itself tells what it is, unless the
  // mail says that it reports something else.
  const reported = /;\s*report-type\s*=\s*"?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'delivery-status'
  const is_report = /^multipart\//i.test(type) && reported.endsWith('delivery-status')
  const status = parsed?.attachments.find(({ mimeType }) =>
    ['message/delivery-status', 'message/global-delivery-status'].includes(mimeType.toLowerCase()),
  )
  if (!is_report || !status || typeof status.content !== 'string') return readPlain(parsed)

  // The first group of fields is about the mail, each further one about a recipient; we send to one recipient at a time.
  const groups = status.content
    .slice(0, fields_length_max)
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map(fieldsOf)
  const recipient = groups.find((fields) => fields.has('action') && fields.has('final-recipient'))
  if (!recipient) return unclearOr(nothing, parsed)
  const action = recipient.get('action')?.toLowerCase().replace(/\s.*$/, '')
  const status_code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(recipient.get('status') ?? '')?.[0] ?? null
  const diagnostic =
    recipient
      .get('diagnostic-code')
      ?.replace(/^[\w-]+\s*;\s*/, '')
      .replaceAll('\0', '')
      .slice(0, 500) ?? null
  // A report that calls itself failed but names a passing trouble is none to stop an address for.
  const is_for_good = action === 'failed' && status_code?.startsWith('5.') === true
  return {
    finding: is_for_good ? 'failed' : action === 'delayed' || action === 'failed' ? 'delayed' : 'other',
    status_code,
    diagnostic,
    is_over: action === 'failed',
    final_recipient: mailboxOf(recipient.get('final-recipient') ?? ''),
    unclear: null,
  }
}

/** `rfc822; <somebody@firm.example>`, with and without the angles. */
const mailboxOf = (field: string) => /^(?:rfc822|utf-8)\s*;\s*<?([^\s<>]+)>?/i.exec(field)?.[1]?.toLowerCase() ?? null

/** From here on the mail that came back is repeated. */
const copy =
  /^(?:[^\S\n]|[>*=_-])*(original message|below this line|copy of (the|your) message|here is a copy|元のメッセージ|原文|以下.*(元の|送信)メール)/im
const mail_systems = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)(@|$)/i
const failing_subjects =
  /undeliver|failure notice|delivery (status|failure|has failed)|mail delivery|returned mail|could not be delivered|配[信送]でき|配[信送]不能|配[信送]エラー|不達|未達|送信でき|送信エラー|届きません/i
const mailbox_length_max = 320
/** What stands between two of these may be a mailbox. */
const around_mailboxes = /[\s<>():;,"]+/
/** Of a line that tells why: the number with which a server refuses for good, at its beginning or after a mailbox. */
const refusing = /(?:^|[\s>:(#])5\d\d[\s:-]|\b5\.\d{1,3}\.\d{1,3}\b/

/**
 * Reports without fields. qmail's begin with fixed words and name each recipient before the reason (QSBMF); Exim's have a header of
 * their own; others are believed where a mail system itself names a mailbox and, on that line or the next two, refuses it by
 * number. What such a system says otherwise is unclear, and for a person to read.
 */
function readPlain(mail: Email | null): BounceRead {
  const text = (mail?.text ?? '').replaceAll('\r', '').trimStart()
  const paragraphs = text.split(/\n\n+/, 10)
  const about = paragraphs[0]?.startsWith('Hi. This is ')
    ? paragraphs.find((each) => /^<[^<>]+>:\n/.test(each))
    : undefined
  const [, recipient, reason = mail?.subject ?? ''] = /^<([^<>]+)>:\n(.*)$/s.exec(about ?? '') ?? []
  const named = recipient ?? mail?.headers.find(({ key }) => key === 'x-failed-recipients')?.value.trim()
  if (named) return overFor(named, reason)
  const stated = isOfMailSystem(mail) ? statedIn(text.slice(0, words_length_max).split(copy, 1)[0] ?? '') : undefined
  return stated ? overFor(stated.recipient, stated.reason) : unclearOr(nothing, mail)
}

/** It will not arrive any more; where the reason says so by its number, for good. */
const overFor = (recipient: string, reason: string): BounceRead => ({
  finding: refusing.test(reason) ? 'failed' : 'no_report',
  status_code: /\b5\.\d{1,3}\.\d{1,3}\b/.exec(reason)?.[0] ?? null,
  diagnostic: reason.replaceAll('\0', '').replaceAll(/\s+/g, ' ').trim().slice(0, 500),
  is_over: true,
  final_recipient: recipient.toLowerCase(),
  unclear: null,
})

const isOfMailSystem = (mail: Email | null) => mail_systems.test(mail?.from?.address ?? mail?.from?.name ?? '')

function statedIn(text: string): { recipient: string; reason: string } | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  for (const [at, line] of lines.entries()) {
    const recipient = mailboxIn(line)
    if (!recipient) continue
    const after = [line.slice(line.indexOf(recipient) + recipient.length), ...lines.slice(at + 1, at + 3)]
    const reason = after.find((each) => refusing.test(each))
    if (reason) return { recipient, reason: reason.replace(/^[>:\s]+/, '') }
  }
  return undefined
}

/** The first mailbox of a line. A mailbox is told by its parts: one expression for all of it takes for ever on lines made for that. */
function mailboxIn(line: string): string | undefined {
  const words = line.split(around_mailboxes).map((word) => word.replace(/\.$/, ''))
  return words.find((word) => {
    const at = word.lastIndexOf('@')
    const dot = word.lastIndexOf('.')
    return at > 0 && dot > at + 1 && dot < word.length - 1 && word.length <= mailbox_length_max
  })
}

/** Of what a mail system says, or what calls itself a failure, and nobody could read, how it begins. */
function unclearOr(read: BounceRead, mail: Email | null): BounceRead {
  if (!isOfMailSystem(mail) && !failing_subjects.test(mail?.subject ?? '')) return read
  const text = (mail?.text ?? '').slice(0, words_length_max).split(copy, 1)[0] ?? ''
  const said = `${mail?.subject ?? ''}\n${text}`.replaceAll(/[\0\r]/g, '').trim()
  return { ...read, unclear: said.slice(0, said_length_max).toWellFormed() || '?' }
}

/** Header fields by name in lower case, folded lines joined (RFC 5322); of a repeated one the first. */
function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of group.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}
