import { setTimeout as wait } from 'node:timers/promises'
import { NotConfigured } from '#ground/config/config.ts'
import { isUnreachable } from '#ground/db/database.ts'

export type Patience = {
  /** How long to try; a command that a clock has started gives up some time. */
  for_ms?: number
  /** Whether trying again may help, beyond a database that does not answer. */
  mayPass?: (error: unknown) => boolean
  /** Told in a line what stands in the way, once for each reason. */
  say?: (line: string) => void
  /** Called before each rest. */
  meanwhile?: (error: unknown) => Promise<void>
  /** Ends the wait. */
  stop?: AbortSignal | undefined
}

const rest_ms = 2000

/** Does the work as soon as what it needs is there. */
export async function patiently<T>(
  work: () => Promise<T>,
  { for_ms = 60_000, mayPass = () => false, say = console.error, meanwhile, stop }: Patience = {},
): Promise<T> {
  const began = performance.now()
  let told = ''
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (isPooler(error)) throw new NotConfigured(`${pooler}\nIt says: ${wordsOf(error)}`, { cause: error })
      const is_away = isUnreachable(error) || isSick(error)
      if (!is_away && !mayPass(error)) throw error
      const problem = is_away ? `The database cannot be reached: ${wordsOf(error)}` : wordsOf(error)
      if (performance.now() - began >= for_ms)
        throw new NotConfigured(`${problem}\nNothing was done.`, { cause: error })
      if (problem !== told) say(`${problem} Trying again every ${rest_ms / 1000} seconds.`)
      told = problem
      await meanwhile?.(error)
      await wait(rest_ms, undefined, stop && { signal: stop })
    }
  }
}

const pooler =
  'What stands before the database refuses the connections of the program: a connection pooler, it seems. Let DATABASE_URL and DATABASE_OWNER_URL lead to PostgreSQL itself.'

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '')

/** A protocol violation at the start-up of a connection (SQLSTATE 08P01). */
const isPooler = (error: unknown) => codeOf(error) === '08P01'

/** Its disk fails or its files are damaged (58, XX), or it only reads, as one that stands by does. */
const isSick = (error: unknown) => /^(58|XX|25006)/.test(codeOf(error))

/** What an error says, by its deepest cause and in its first lines. */
function wordsOf(error: unknown): string {
  const { message, errors, cause } = error as Error & { errors?: unknown[] }
  if (message) return message.trim()
  return errors?.[0] || cause ? wordsOf(errors?.[0] ?? cause) : String(error)
}
