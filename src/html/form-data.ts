import type { ZodError } from 'zod'
import type { Problems } from './forms.tsx'

/** A posted form; a body that is none counts as an empty form, so that it is answered like one. */
const readForm = async (from: Request | FormData): Promise<FormData> =>
  from instanceof FormData ? from : await from.formData().catch(() => new FormData())

/** Without the one character that no keyboard types and no PostgreSQL keeps. */
const withoutNull = (text: string) => text.replaceAll('\0', '')

/** The text fields of a posted form. Of a repeated name the last counts; see `formLists`. */
export async function formValues(from: Request | FormData): Promise<Record<string, string>> {
  const form = await readForm(from)
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, withoutNull(value)]] : [])),
  )
}

/** The text fields of a posted form, each as the list of all its values: for check boxes. To use both, pass `await request.formData()`. */
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
