import type { ZodError } from 'zod'
import type { Problems } from './forms.tsx'

/** Ten times what the longest form of a market of 500 institutions has. Millions would keep everyone else waiting for minutes. */
const fields_max = 5000

/** A posted form. A body that is none, or has more fields than any form, counts as an empty form, so that it is answered like one. */
export async function readForm(from: Request | FormData): Promise<FormData> {
  if (from instanceof FormData) return from
  const is_plain = /^application\/x-www-form-urlencoded\b/i.test(from.headers.get('content-type') ?? '')
  if (!is_plain) return from.formData().catch(() => new FormData())
  const form = new FormData()
  const text = await from.text()
  if (countOf(text, '&') >= fields_max) return form
  for (const [name, value] of new URLSearchParams(text)) form.append(name, value)
  return form
}

function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++
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
  const form = await readForm(from)
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => [
      name,
      form.getAll(name).flatMap((value) => (typeof value === 'string' ? [withoutNull(value)] : [])),
    ]),
  )
}

/** The first message of each field, in the order the form asks; a message that is a key of `words` becomes that text. */
export function problemsOf(error: ZodError, words: Record<string, string> = {}): Problems {
  const problems: Problems = {}
  for (const { path, message } of error.issues)
    problems[String(path[0])] ??= (Object.hasOwn(words, message) ? words[message] : words.other) ?? message
  return problems
}
