import assert from 'node:assert/strict'

/** What the helpers need of a browser: TestSite's clients have it. */
export type Asking = {
  get: (path: string) => Promise<Response>
  post: (path: string, form?: Record<string, string>) => Promise<Response>
}
type Form = Record<string, string>

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }
const decoded = (html: string) => html.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => entities[entity] ?? entity)

/** What stands between the tags, as it is read. */
export const wordsOf = (html: string): string =>
  decoded(
    html
      .replace(/<(head|script|style)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<[^>]*>/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim()

/** The page itself, with its tags: what the menu, the banners and the footer say is not on it. */
export function mainOf(html: string): string {
  const [main] = /<main\b[\s\S]*<\/main>/.exec(html) ?? []
  assert.ok(main, `no <main> in: ${wordsOf(html).slice(0, 300) || '(nothing)'}`)
  return main
}

const inTags = (html: string, pattern: RegExp) => wordsOf(pattern.exec(html)?.[0] ?? '')

/** Pages as a test asks for them: each helper says what came instead, and why, where it was something else. */
export function pagesOf({ reported = [], refusals = [] }: { reported?: unknown[]; refusals?: string[] } = {}) {
  /** What came, in a few lines: where it leads, its title, what is wrong with the form, and what the program says of it. */
  const came = (asked: string, answer: Response, html: string) =>
    [
      `${asked} was answered by ${answer.status}`,
      ...labelled({
        'to ': answer.headers.get('location') ?? '',
        'title: ': inTags(html, /<title>[\s\S]*?<\/title>/),
        'problems: ': inTags(html, /<ul class="dads-error-summary__list">[\s\S]*?<\/ul>/),
        'because: ': refusals.at(-1) ?? '',
        'reported: ': reported.map(String).join('; '),
      }),
    ].join('\n  ')
  const expect = async (asked: string, answer: Response, isRight: (answer: Response) => boolean) => {
    const html = await answer.text()
    if (!isRight(answer)) assert.fail(came(asked, answer, html))
    return html
  }
  const page = async (client: Asking, path: string) => {
    refusals.length = 0
    return expect(`GET ${path}`, await client.get(path), ({ status }) => status === 200)
  }

  return {
    /** The words of the page itself; fails unless it is there. */
    read: async (client: Asking, path: string) => wordsOf(mainOf(await page(client, path))),
    /** The page itself with its tags; fails unless it is there. */
    main: async (client: Asking, path: string) => mainOf(await page(client, path)),
    /** All of the page, its menu and title too; fails unless it is there. */
    whole: page,
    /** Sends a form that must be taken; gives the address that one is sent on to. */
    async done(client: Asking, path: string, form: Form = {}) {
      refusals.length = 0
      const answer = await client.post(path, form)
      const to = answer.headers.get('location') ?? ''
      await expect(`POST ${path}`, answer, ({ status }) => status === 303 && !to.startsWith('/sign-in'))
      return to
    },
    /** Sends a form, or without one asks for a page, and is refused in this way; gives the words of the answer. */
    async refused(client: Asking, path: string, status: number, form?: Form) {
      refusals.length = 0
      const answer = await (form ? client.post(path, form) : client.get(path))
      const asked = `${form ? 'POST' : 'GET'} ${path}`
      return wordsOf(mainOf(await expect(`${asked} (expected ${status})`, answer, (got) => got.status === status)))
    },
  }
}

const labelled = (told: Record<string, string>) =>
  Object.entries(told)
    .filter(([, words]) => words)
    .map(([label, words]) => `${label}${words.slice(0, 600)}`)

/** The id in an address that one was sent on to, such as /situations/0197…/board?filed=yes. */
export function idIn(address: string): string {
  const [id] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(address) ?? []
  assert.ok(id, `no id in ${address}`)
  return id
}
