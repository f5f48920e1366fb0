import PostalMime, { type Email } from 'postal-mime'

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
}

const nothing: BounceRead = {
  ...{ finding: 'no_report', status_code: null, diagnostic: null },
  ...{ is_over: false, final_recipient: null },
}

/** Reads a mail of any shape; what is no proper report changes nothing, whatever it looks like. */
export async function readBounce(mail: Uint8Array): Promise<BounceRead> {
  const parsed = await PostalMime.parse(mail, {
    forceRfc822Attachments: true,
    maxNestingDepth: 20,
    attachmentEncoding: 'utf8',
  }).catch(() => null)
  const type = parsed?.headers.find(({ key }) => key === 'content-type')?.value ?? ''
  const is_report = /^multipart\/report\b/i.test(type) && /report-type="?delivery-status\b/i.test(type)
  const status = parsed?.attachments.find(({ mimeType }) =>
    ['message/delivery-status', 'message/global-delivery-status'].includes(mimeType.toLowerCase()),
  )
  if (!is_report || !status || typeof status.content !== 'string') return readPlain(parsed)

  // The first group of fields is about the mail, each further one about a recipient; we send to one recipient at a time.
  const groups = status.content.split(/\r?\n(?:[ \t]*\r?\n)+/).map(fieldsOf)
  const recipient = groups.find((fields) => fields.has('action') && fields.has('final-recipient'))
  if (!recipient) return nothing
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
  }
}

/** `rfc822; <somebody@firm.example>`, with and without the angles. */
const mailboxOf = (field: string) => /^(?:rfc822|utf-8)\s*;\s*<?([^\s<>]+)>?/i.exec(field)?.[1]?.toLowerCase() ?? null

/**
 * Reports without fields, of two programs that mark them so that nothing else is taken for one: qmail's, which begin with fixed words
 * and name each recipient before the reason (QSBMF), and Exim's, with a header of their own. They say that it is over, not why.
 */
function readPlain(mail: Email | null): BounceRead {
  const paragraphs = (mail?.text ?? '').replaceAll('\r', '').trimStart().split(/\n\n+/, 10)
  const about = paragraphs[0]?.startsWith('Hi. This is ')
    ? paragraphs.find((each) => /^<[^<>]+>:\n/.test(each))
    : undefined
  const [, recipient, reason = mail?.subject ?? ''] = /^<([^<>]+)>:\n(.*)$/s.exec(about ?? '') ?? []
  const final_recipient = recipient ?? mail?.headers.find(({ key }) => key === 'x-failed-recipients')?.value.trim()
  if (!final_recipient) return nothing
  const diagnostic = reason.replaceAll('\0', '').replaceAll(/\s+/g, ' ').trim().slice(0, 500)
  return { ...nothing, diagnostic, is_over: true, final_recipient: final_recipient.toLowerCase() }
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
