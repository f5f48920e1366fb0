import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Database } from '#ground/db/database.ts'
import { ifNoOther } from '#ground/db/lock.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { telegramCodes } from './telegram.ts'

/** Takes in what a feed named; false: not now, ask again at the next poll. */
export type TakeIn = (source: string, bytes: Uint8Array) => Promise<unknown>

const feed_bytes_max = 4 * 1024 * 1024
const telegram_bytes_max = 2 * 1024 * 1024
const fetch_timeout_ms = 15_000
/** Entries older than this are not fetched: a feed that is polled for the first time names days of them. */
const entry_hours_max = 24
const fetches_per_poll_max = 60

/** Polls every feed once and takes in each new telegram. A feed that fails is noted with its reason and tried again next time. */
export async function pollFeeds({ db, clock, config }: Tools, takeIn: TakeIn, timeout_ms = fetch_timeout_ms) {
  await ifNoOther(db, 'feed-poll', async () => {
    for (const url of config.feeds) await pollFeed(db, clock, url, takeIn, timeout_ms)
  })
}

async function pollFeed(db: Database, clock: () => Date, url: string, takeIn: TakeIn, timeout_ms: number) {
  const known = await db.selectFrom('feed').select('last_modified').where('url', '=', url).executeTakeFirst()
  const note = (is_heard: boolean, said: { last_modified?: string | null; problem: string | null }) => {
    const tried_at = clock()
    const set = { ...said, tried_at, ...(is_heard && { succeeded_at: tried_at }) }
    return db
      .insertInto('feed')
      .values({ url, last_modified: null, ...set })
      .onConflict((conflict) => conflict.column('url').doUpdateSet(set))
      .execute()
  }
  try {
    const answer = await fetchOnce(url, feed_bytes_max, timeout_ms, known?.last_modified)
    if (answer === 'unchanged') return await note(true, { problem: null })
    if (answer.bytes.length > feed_bytes_max) throw new Refusal(`larger than ${feed_bytes_max} bytes`)

    const entries = readEntries(answer.bytes).filter(({ href, updated }) => isWanted(href, updated, url, clock()))
    const missing = await unfetched(
      db,
      entries.map(({ href }) => href),
    )
    const problems: string[] = []
    for (const href of missing.slice(0, fetches_per_poll_max)) {
      try {
        const telegram = await fetchOnce(href, telegram_bytes_max, timeout_ms)
        if (telegram === 'unchanged') continue
        await takeIn(href, telegram.bytes)
        await noteFetched(db, href, clock())
      } catch (error) {
        problems.push(`${href}: ${words(error)}`)
        // A server that says "not there" will say so again; asking once more is not welcome.
        if (error instanceof Refusal && error.is_final) await noteFetched(db, href, clock())
      }
    }
    // Without the date, so that what is still missing is looked for again.
    const is_complete = problems.length === 0 && missing.length <= fetches_per_poll_max
    await note(true, {
      last_modified: is_complete ? answer.last_modified : null,
      problem: problems.length > 0 ? problems.slice(0, 3).join(' / ') : null,
    })
  } catch (error) {
    await note(false, { problem: words(error) })
  }
}

/** Telegrams of a kind we read, on the feed's own host, not too old. */
function isWanted(href: string, updated: Date | null, feed: string, now: Date): boolean {
  if (!URL.canParse(href) || new URL(href).origin !== new URL(feed).origin) return false
  if (updated && now.getTime() - updated.getTime() > entry_hours_max * 3_600_000) return false
  return telegramCodes.some((code) => href.includes(`_${code}_`) || href.endsWith(`_${code}.xml`))
}

const noteFetched = (db: Database, url: string, fetched_at: Date) =>
  db
    .insertInto('fetched')
    .values({ url, fetched_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

async function unfetched(db: Database, urls: string[]): Promise<string[]> {
  if (urls.length === 0) return []
  const known = await db.selectFrom('fetched').select('url').where('url', 'in', urls).execute()
  const seen = new Set(known.map(({ url }) => url))
  // Oldest first, as things happened.
  return [...new Set(urls)].filter((url) => !seen.has(url)).reverse()
}

const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => name === 'entry' || name === 'link',
})

/** The links of an Atom feed. A document with a DTD, or none at all, is refused. */
function readEntries(bytes: Uint8Array): { href: string; updated: Date | null }[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Refusal('the feed holds a DTD')
  if (XMLValidator.validate(text) !== true) throw new Refusal('the feed is not well-formed XML')
  const feed = (parser.parse(text) as { feed?: { entry?: unknown[] } }).feed
  if (!feed) throw new Refusal('the document is not an Atom feed')
  return (feed.entry ?? []).flatMap((entry) => {
    const { link = [], id, updated } = entry as { link?: { '@href'?: string }[]; id?: string; updated?: string }
    const href = link[0]?.['@href'] ?? id
    const at = new Date(String(updated))
    return typeof href === 'string'
      ? [{ href: href.replaceAll('&amp;', '&'), updated: Number.isNaN(at.getTime()) ? null : at }]
      : []
  })
}

class Refusal extends Error {
  readonly is_final: boolean
  constructor(message: string, is_final = false) {
    super(message)
    this.is_final = is_final
  }
}

/** What a server answers, at most one part over `bytes_max`: whoever reads it sees that it is too large. */
async function fetchOnce(url: string, bytes_max: number, timeout_ms: number, last_modified?: string | null) {
  const answer = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(timeout_ms),
    headers: { 'user-agent': 'Noroshi', ...(last_modified && { 'if-modified-since': last_modified }) },
  })
  if (answer.status === 304) return 'unchanged'
  if (!answer.ok) {
    await answer.body?.cancel()
    throw new Refusal(`the server answered ${answer.status}`, answer.status === 404 || answer.status === 410)
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    parts.push(part)
    length += part.length
    // Leaving the loop ends the transfer.
    if (length > bytes_max) break
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), last_modified: answer.headers.get('last-modified') }
}

/** What went wrong, in one short line. */
function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause =
    error.cause instanceof Error ? `: ${(error.cause as NodeJS.ErrnoException).code ?? error.cause.message}` : ''
  return `${error.message}${cause}`.slice(0, 300)
}
