import { wordsOf } from './pages.ts'
import { invitationFields } from './samples/people.ts'
import type { TestSite } from './site.ts'

type Client = TestSite['nobody']

/** A filled-in invitation: 架空 花子 as the contact of the firm SEC-001, unless said otherwise. */
export const invitationForm = (changes: Record<string, string | string[]> = {}) => {
  const form = new URLSearchParams()
  const fields = { ...invitationFields(), ...changes }
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each)
  return form
}

export const sendForm = (client: Client, at: string, form: URLSearchParams) =>
  client.send('POST', at, form, { 'sec-fetch-site': 'same-origin' })

/** What the page shows once: the code, and the path of the entrance. */
export function shownOn(html: string): { code: string; path: string; id: string } {
  const code = /[A-Z]{4}-[A-Z]{4}-[A-Z]{4}/.exec(html)?.[0]
  const path = /\/invitations\/[0-9a-f-]{36}/.exec(html)?.[0]
  if (!code || !path) throw new Error(`no code on the page: ${textOf(html).slice(0, 500)}`)
  return { code, path, id: path.slice('/invitations/'.length) }
}

export const textOf = wordsOf

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** Lets time go by, in which those who are signed in go on working. */
export async function keepWorking(site: TestSite, now: number) {
  const at = new Date(now)
  await site.db
    .updateTable('session')
    .set({ started_at: at, seen_at: at, confirmed_at: at })
    .where('method', '=', 'password')
    .execute()
}
