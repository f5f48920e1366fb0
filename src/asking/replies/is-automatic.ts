import type { Email } from 'postal-mime'

/** Subjects under which vacation replies come from programs that do not say so in a header (RFC 3834 asks them to). */
const subjects =
  /^\s*[【［[（(＜<「]?\s*(自動返信|自動応答|自動配信|不在(通知|のお知らせ|連絡)|休暇(のお知らせ|のため)|(auto(matic)?[- ]?(reply|response)|out of (the )?office|auto)\b)/i
const headers = [
  'x-autoreply',
  'x-autorespond',
  'x-auto-response',
  'x-autoresponder',
  'list-id',
  'x-loop',
  'x-noroshi-mode',
]

/**
 * Whether a machine wrote it: such a mail is never an answer, and is never answered, or two machines would write to each other for
 * ever. A mail with no one to write back to is one of them.
 */
export function isAutomatic(mail: Pick<Email, 'headers' | 'subject'>, envelope_from: string): boolean {
  const of = (name: string) =>
    mail.headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase()
  const submitted = of('auto-submitted')
  return (
    envelope_from === '' ||
    /^(mailer-daemon|postmaster)@/i.test(envelope_from) ||
    (submitted !== undefined && !submitted.startsWith('no')) ||
    /^(bulk|junk|list|auto_reply)\b/.test(of('precedence') ?? '') ||
    headers.some((name) => of(name) !== undefined) ||
    /^multipart\/report\b/.test(of('content-type') ?? '') ||
    subjects.test((mail.subject ?? '').normalize('NFKC'))
  )
}
