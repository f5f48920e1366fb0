import PostalMime, { type Email, type PostalMimeOptions } from 'postal-mime'

/** Of a mail no more is looked at: what is an answer or a report stands before. */
const lines_max = 20_000
/** Many more than any mail has; each may begin a part, which costs much more than a line. */
const boundaries_max = 1000
const headers_bytes_max = 64 * 1024
const line_feed = 10

/** Reads a mail that a stranger wrote, in a time that grows no faster than its length; null when it is none, or made to be slow to read. */
export async function parseMail(mail: Uint8Array, options: PostalMimeOptions = {}): Promise<Email | null> {
  const looked = firstLines(Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength))
  if (!looked) return null
  return PostalMime.parse(looked, { maxNestingDepth: 20, maxHeadersSize: headers_bytes_max, ...options }).catch(
    () => null,
  )
}

function firstLines(mail: Buffer): Buffer | null {
  let boundaries = 0
  let from = 0
  for (let lines = 0; lines < lines_max; lines++) {
    if (mail[from] === 0x2d && mail[from + 1] === 0x2d && ++boundaries > boundaries_max) return null
    const end = mail.indexOf(line_feed, from)
    if (end < 0) return mail
    from = end + 1
  }
  return mail.subarray(0, from)
}

/** Whether a mail is so long that words of it may stand where nobody has looked: in its text, or in a text behind its files. */
export function isTextCut(
  mail: Uint8Array,
  { attachments }: Pick<Email, 'attachments'>,
  beyond: Beyond = 'nothing',
): boolean {
  const whole = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  const looked = firstLines(whole)
  const rest = looked ? beyondOf(whole.subarray(looked.length)) : 'nothing'
  return [rest, beyond].some((each) => each === 'part' || (each === 'words' && attachments.length === 0))
}

/** What stands in the bytes of a mail that nobody looks at: nothing, anything, or the head of another part with words. */
export type Beyond = 'nothing' | 'words' | 'part'
export function beyondOf(bytes: Buffer): Beyond {
  const rest = bytes.toString('latin1')
  if (/^content-type:\s{0,100}(text|multipart|message)\//im.test(rest)) return 'part'
  return /\S/.test(rest) ? 'words' : 'nothing'
}
