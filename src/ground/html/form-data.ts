import type { ZodError } from 'zod'
import { BodyRefused } from './body-refused.ts'
import type { Problems } from './forms.tsx'

/** Ten times what the longest form of a market of 500 institutions has. Millions would keep everyone else waiting for minutes. */
export const fields_max = 5000

/** A posted form. A body that is none counts as an empty form, so that it is answered like one; one with more fields than any is refused. */
export async function readForm(from: Request | FormData): Promise<FormData> {
  if (from instanceof FormData) return from
  const type = from.headers.get('content-type') ?? ''
  // Read by ourselves: why it cannot be read must reach the page.
  const bytes = await bytesOf(from)
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    if (countOf(bytes, '&') >= fields_max) throw new BodyRefused('fields', fields_max)
    const form = new FormData()
    for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) form.append(name, value)
    return form
  }
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type)?.slice(1).find(Boolean)
  if (!boundary) return new FormData()
  // One stands before each part, and one behind the last.
  if (countOf(bytes, `--${boundary}`) > fields_max + 1) throw new BodyRefused('fields', fields_max)
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => new FormData())
}

async function bytesOf({ body }: Request): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  // Left as it is when it fails: the connection is still needed to say so.
  if (body) for await (const chunk of body.values({ preventCancel: true })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** How often a text stands in the bytes, counted no further than is asked about. */
function countOf(bytes: Buffer, text: string): number {
  const wanted = Buffer.from(text)
  let count = 0
  for (let at = bytes.indexOf(wanted); at >= 0 && count <= fields_max + 1; at = bytes.indexOf(wanted, at + 1)) count++
  return count
}

/** Without the one character that no keyboard types and no PostgreSQL keeps. */
const withoutNull = (text: string) => text.replaceAll('\0', '')

/** The text fields of a posted form. Of a repeated name the last counts; see `formLists`. */
export async function formValues(from: Request | FormData): Promise<Record<string, string>> {
  const form = await readForm(from)
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, withoutNull(value)]] : [])),
  )
}

/** The text fields of a posted form, each as the list of all its values: for check boxes. To use both, pass what `readForm` gives. */
export async function formLists(from: Request | FormData): Promise<Record<string, string[]>> {
  const lists = new Map<string, string[]>()
  for (const [name, value] of await readForm(from)) {
    const list = lists.get(name) ?? []
    if (typeof value === 'string') list.push(withoutNull(value))
    lists.set(name, list)
  }
  return Object.fromEntries(lists)
}

/** The first message of each field, in the order the form asks; a message that is a key of `words` becomes that text. */
export function problemsOf(error: ZodError, words: Record<string, string> = {}): Problems {
  const problems: Problems = {}
  for (const { path, message } of error.issues)
    problems[String(path[0])] ??= (Object.hasOwn(words, message) ? words[message] : words.other) ?? message
  return problems
}
