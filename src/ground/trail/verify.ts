import { type SqlBool, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { readCheckpoints } from './checkpoints.ts'
import { firstHash, type HashedLine, hashOf } from './record.ts'

export type Verdict = { lines: number; checkpoints: number; last_hash: string; faults: string[] }

const lines_per_read = 1000
const faults_max = 20

/** Recomputes the whole chain and holds it against the signed checkpoints kept outside the database. No faults: nothing was changed, removed or cut. */
export async function verifyTrail(db: Database, folder: string, secret: string): Promise<Verdict> {
  const faults: string[] = []
  const { checkpoints, problems } = await readCheckpoints(folder, secret)
  faults.push(...problems)

  let lines = 0
  let expected = 1n
  // Lower than any line: one that was put in before the first is read, too.
  let read_to = '-9223372036854775808'
  let previous: Buffer = firstHash
  const hashes = new Map(checkpoints.map(({ id }) => [id, '']))
  for (;;) {
    const read = await db
      .selectFrom('trail')
      .selectAll()
      // PostgreSQL keeps microseconds, a line is written with milliseconds.
      .select(sql<SqlBool>`at = date_trunc('milliseconds', at)`.as('is_exact'))
      .where('id', '>', read_to)
      .orderBy('id')
      .limit(lines_per_read)
      .execute()
    for (const line of read) {
      const id = BigInt(line.id)
      if (id > expected) faults.push(`lines ${expected} to ${id - 1n} are missing`)
      if (id < expected) faults.push(`line ${id} was put in before the first`)
      if (!line.previous_hash.equals(previous)) faults.push(`line ${line.id} does not follow the line before it`)
      if (!line.is_exact || !isOwnHash(line)) faults.push(`line ${line.id} was changed`)
      if (hashes.has(line.id)) hashes.set(line.id, line.hash.toString('hex'))
      previous = line.hash
      expected = id + 1n
      read_to = line.id
      lines++
    }
    if (read.length < lines_per_read || faults.length > faults_max) break
  }

  for (const { id, hash } of checkpoints) {
    if (BigInt(id) >= expected)
      faults.push(`the trail was cut: a checkpoint names line ${id}, the last line is ${expected - 1n}`)
    else if (hashes.get(id) !== hash) faults.push(`line ${id} is not the one that its checkpoint names`)
  }
  return {
    lines,
    checkpoints: checkpoints.length,
    last_hash: previous.toString('hex'),
    faults: faults.slice(0, faults_max),
  }
}

/** A value that could never have been written, such as a time without end, has no hash. */
function isOwnHash(line: HashedLine & { hash: Buffer }): boolean {
  try {
    return line.hash.equals(hashOf(line))
  } catch {
    return false
  }
}
