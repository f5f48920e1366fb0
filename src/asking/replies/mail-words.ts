import type { parseMail } from '#ground/mail/parse-mail.ts'
import { htmlText } from './html-text.ts'
import { goes_on, limited, ownWords } from './own-words.ts'

/**
 * What somebody wrote themselves in a mail, in either of its forms: what its HTML says beside its plain text follows as lines of its own,
 * because whoever writes sees the HTML. Pure.
 */
export function mailWords(
  { text = '', html = '' }: Pick<NonNullable<Awaited<ReturnType<typeof parseMail>>>, 'text' | 'html'>,
  is_cut: boolean,
): string {
  const own = ownWords(readable(text))
  const shown = html ? ownWords(readable(htmlText(html))) : ''
  const said = bare(own)
  const more = text.trim()
    ? shown.split('\n').filter((line) => bare(line) !== '' && !said.includes(bare(line)))
    : [shown]
  return limited([own, ...more, is_cut ? goes_on : ''].filter((each) => each !== '').join('\n'))
}

/** Words without what only one of the two forms has. */
const bare = (words: string) => words.normalize('NFKC').replace(/[\s*_]+/g, '')

/** Old programs write Japanese in ISO-2022-JP and do not say so: its escapes are left over in what was read as something else. */
const readable = (text: string) =>
  text.includes('\x1b$') && !/[^\p{ASCII}]/u.test(text)
    ? new TextDecoder('iso-2022-jp').decode(Buffer.from(text))
    : text
