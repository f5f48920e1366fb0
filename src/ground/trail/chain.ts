import { type SqlBool, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { firstHash, type HashedLine, hashOf } from './record.ts'
import { judgeSeal, type SealKey } from './seal.ts'

/** A line by its number and hash: where a walk along the chain begins, or ended. */
export type End = { id: bigint; hash: Buffer; at: Date | null }

/** The line before the first. */
export const start: End = { id: 0n, hash: firstHash, at: null }

/** How a line is sealed: not at all (before there were seals), with a key that is not here (an earlier secret), with one that is. */
export type Sealing = 'bare' | 'other' | 'ours'
const order: readonly Sealing[] = ['bare', 'other', 'ours']

export type Walked = {
  lines: number
  end: End
  faults: string[]
  /** The last line without a seal, and how many there are. */
  bare: { count: number; last: bigint }
  other_key: number
}

const lines_per_read = 1000
const faults_max = 20

/**
 * Recomputes the chain from the line after `from` to its end: each line follows the one before it, is what its hash says, and
 * carries a seal that only the program can make. Lines without one, or with that of another key, stand before all of ours or
 * not at all; `sealed` is what the line before was. `seen` is told of each line that is read.
 */
export async function walk(
  db: Database,
  keys: readonly SealKey[],
  {
    from = start,
    sealed = 'bare',
    seen,
  }: { from?: End; sealed?: Sealing; seen?: (line: { id: bigint; hash: Buffer; at: Date }) => void } = {},
): Promise<Walked> {
  const walked: Walked = { lines: 0, end: from, faults: [], bare: { count: 0, last: 0n }, other_key: 0 }
  const { faults, bare } = walked
  // From the start, lower than any line: one that was put in before the first is read, too.
  let read_to = from.id === 0n ? '-9223372036854775808' : String(from.id)
  let expected = from.id + 1n
  for (;;) {
    const read = await linesAfter(db, read_to)
    for (const line of read) {
      const id = BigInt(line.id)
      if (id > expected) faults.push(`lines ${expected} to ${id - 1n} are missing`)
      if (id < expected) faults.push(`line ${id} was put in before the first`)
      if (!line.previous_hash.equals(walked.end.hash)) faults.push(`line ${line.id} does not follow the line before it`)
      if (!line.is_exact || !isExact(line.long_numbers) || !isOwnHash(line)) faults.push(`line ${line.id} was changed`)
      const seal = line.seal ? judgeSeal(keys, line.hash, line.seal) : 'bare'
      if (seal === 'broken')
        faults.push(`line ${line.id} was not written by the program: its seal is of something else`)
      else if (order.indexOf(seal) < order.indexOf(sealed))
        faults.push(`line ${line.id} was not written by the program: those before it are sealed otherwise`)
      else sealed = seal
      if (seal === 'other') walked.other_key++
      if (seal === 'bare') Object.assign(bare, { count: bare.count + 1, last: id })
      seen?.({ id, hash: line.hash, at: line.at })
      walked.end = { id, hash: line.hash, at: line.at }
      walked.lines++
      expected = id + 1n
      read_to = line.id
    }
    if (read.length < lines_per_read || faults.length > faults_max) break
  }
  faults.push(...(await unread(db, from, walked)))
  return { ...walked, faults: faults.slice(0, faults_max) }
}

/**
 * Lines that stand in the table and were not among those read in order: without a number, with one below the first, or with that of
 * another line. None of them can be the program's; the pages would show them all the same.
 */
async function unread(db: Database, from: End, { lines, end }: Pick<Walked, 'lines' | 'end'>): Promise<string[]> {
  const { stray, counted } = await db
    .selectFrom('trail')
    .where(sql<SqlBool>`id is null or id < 1 or (id >= ${String(from.id)} and id <= ${String(end.id)})`)
    .select(sql<string>`count(*) filter (where id is null or id < 1)`.as('stray'))
    .select(sql<string>`count(*) filter (where id >= 1)`.as('counted'))
    .executeTakeFirstOrThrow()
  const faults = stray === '0' ? [] : [`${stray} lines were put in without a number of their own, or before the first`]
  const expected = BigInt(lines) + (from.id === 0n ? 0n : 1n)
  if (stray === '0' && BigInt(counted) !== expected)
    faults.push(`lines were put in beside others: some have the number of another`)
  return faults
}

const linesAfter = (db: Database, id: string) =>
  db
    .selectFrom('trail')
    .selectAll()
    // PostgreSQL keeps microseconds, a line is written with milliseconds.
    .select(sql<SqlBool>`at = date_trunc('milliseconds', at)`.as('is_exact'))
    // Numbers of any length; up to fifteen digits are the same read back.
    .select(sql<string | null>`case when details::text ~ '[0-9.]{16}' then details::text end`.as('long_numbers'))
    .where('id', '>', id)
    .orderBy('id')
    .limit(lines_per_read)
    .execute()

/**
 * Whether every number of a JSON text is one that the program could have written: what is read back is the nearest double, or
 * without end, and its hash would not tell.
 */
function isExact(json: string | null): boolean {
  const numbers = (json ?? '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d[\d.]*/g) ?? []
  return numbers.every((written) => plain(written) === plain(Number(written).toString()))
}

/** The digits of a decimal number that count, and where its point stands: 1.50e+21 as 15 and 22. */
function plain(number: string): string {
  const [, sign = '', whole = '', part = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(number) ?? [
    number,
  ]
  const digits = (whole + part).replace(/^0+/, '')
  const lost = (whole + part).length - digits.length
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '0' : `${sign}${kept} ${whole.length - lost + Number(power)}`
}

/** A value that could never have been written, such as a time without end, has no hash. */
function isOwnHash(line: HashedLine & { hash: Buffer }): boolean {
  try {
    return line.hash.equals(hashOf(line))
  } catch {
    return false
  }
}
