import { isSamlAnswer } from '#access/sso/index.ts'
import { file_bytes_max } from '#ground/files/judge-file.ts'
import { files_max } from '#telling/notices/index.ts'

const kilobyte = 1024
/** A notice of 20,000 characters is sent as 180 KB. */
export const form_bytes_max = 512 * kilobyte
/** What is sent before anybody has signed in: an address and a password, a code, the answer of a passkey. */
export const entrance_bytes_max = 64 * kilobyte
/** A provider's answer may have 128 KB, and is sent percent-encoded. */
const saml_bytes_max = 256 * kilobyte
const sms_bytes_max = 16 * kilobyte
const roster_bytes_max = 6 * 1024 * kilobyte
export const notice_bytes_max = file_bytes_max * files_max + form_bytes_max
const file_form_bytes_max = file_bytes_max + form_bytes_max

const entrances =
  /^\/(sign-in(\/(code|passkey|passkey\/options|break-glass|kept|sso))?|sign-out|language|a\/[^/]+|invitations\/[0-9a-f-]{36})$/
const writesNotice = /^\/notices(\/[^/]+)?$/
/** A file beside a thing of any register. */
const addsFile = /^\/[a-z-]+\/[^/]+\/files$/

/**
 * How many bytes a form may have: the one source of these numbers. Files are taken from who is signed in alone; their routes ask
 * the right before they read.
 */
export function bytesMaxOf(path: string, is_signed_in: boolean): number {
  if (path === '/gateway/sms') return sms_bytes_max
  if (isSamlAnswer('POST', path)) return saml_bytes_max
  if (entrances.test(path)) return entrance_bytes_max
  if (!is_signed_in) return form_bytes_max
  if (path === '/roster/import') return roster_bytes_max
  if (writesNotice.test(path)) return notice_bytes_max
  return addsFile.test(path) ? file_form_bytes_max : form_bytes_max
}
