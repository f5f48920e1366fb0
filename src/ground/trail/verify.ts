import type { Database } from '#ground/db/database.ts'
import { walk } from './chain.ts'
import { type Checkpoint, checkpointFile, readSeries, type Series } from './checkpoints.ts'
import type { SealKey } from './seal.ts'

/** No faults and no doubts: nothing was changed, removed, put in or cut since the first checkpoint. */
export type Verdict = {
  lines: number
  checkpoints: number
  last_hash: string
  /** When the end was last signed, or null. */
  signed_at: string | null
  /** What is not as the program wrote it. */
  faults: string[]
  /** What cannot be said, and what is missing to say it. */
  doubts: string[]
}

type Asked = {
  /** The data folder of the process that does the background work. */
  folder: string
  /** That of today first, and those of secrets from before. */
  keys: readonly SealKey[]
  /** A copy of the file of checkpoints that was kept elsewhere. */
  against?: string | undefined
  /** The last line that was written before lines carried a seal, by somebody's word. */
  bare_to?: bigint | undefined
}

/** A worker signs each ten seconds: lines that were written over more than this without one were once signed, or had no worker. */
const unsigned_ms = 60_000
/** A first checkpoint so soon after the first line has seen everything. */
const from_the_start_ms = 60 * 60_000
const told_max = 20

/** Recomputes the whole chain and holds it against the checkpoints kept outside the database. */
export async function verifyTrail(db: Database, { folder, keys, against, bare_to = 0n }: Asked): Promise<Verdict> {
  const own = await readSeries(checkpointFile(folder), keys)
  const copy = against === undefined ? undefined : await readSeries(against, keys)
  if (copy === null) throw new Error(`There is no file ${against}`)
  const all = [...(own?.checkpoints ?? []), ...(copy?.checkpoints ?? [])]
  const named = new Map(all.map(({ id }) => [id, '']))
  // Also by another worker, whose file is given: the series of one that has ended goes no further.
  const signed_to = all.reduce((to, { id }) => (BigInt(id) > to ? BigInt(id) : to), 0n)
  let first: Date | undefined
  let first_unsigned: Date | undefined
  const walked = await walk(db, keys, {
    seen({ id, hash, at }) {
      first ??= at
      if (id > signed_to) first_unsigned ??= at
      if (named.has(String(id))) named.set(String(id), hash.toString('hex'))
    },
  })
  const { lines, end, bare, other_key } = walked
  const faults = [
    ...(own?.faults ?? []),
    ...(copy?.faults ?? []).map((fault) => `${fault}, in the copy`),
    ...walked.faults,
  ]
  const doubts: string[] = []

  const isNamed = ({ id, hash }: Checkpoint) => {
    if (BigInt(id) > end.id) return `the trail was cut: a checkpoint names line ${id}, the last line is ${end.id}`
    return named.get(id) === hash ? null : `line ${id} is not the one that its checkpoint names`
  }
  faults.push(...new Set(all.map(isNamed).filter((fault) => fault !== null)))
  if (own && copy) faults.push(...missingFrom(own, copy))

  if (bare.last > bare_to)
    faults.push(
      `${bare.count} lines up to ${bare.last} carry no seal: they were written before there were seals (if you know that: --bare-to ${bare.last}), or by somebody else`,
    )
  const is_unsigned = !own || own.checkpoints.length + own.other_key + own.faults.length === 0
  // A forged time may be without end, which is no Date.
  const is_long = first_unsigned && end.at && Number(end.at) - Number(first_unsigned) > unsigned_ms
  if (lines === 0) doubts.push('the trail has no line: nothing was ever done here, or it cannot be seen from here')
  else if (is_unsigned && copy && !is_long)
    doubts.push(
      'this folder has no checkpoints of its own: only those of the copy were asked. Run it where the worker runs',
    )
  else if (is_unsigned && !is_long) doubts.push('nothing was signed yet: a worker does so within ten seconds')
  else if (is_unsigned)
    faults.push(
      'there are no checkpoints: they were removed, or no background work has run on this folder. Run it where the worker runs, or give its file here: --against FILE',
    )
  else if (is_long)
    faults.push(
      `lines ${signed_to + 1n} to ${end.id} are not signed by a checkpoint: the file was shortened, or no background work ran. If another worker signs in a folder of its own, run this there, or give its file here: --against FILE`,
    )
  if (other_key > 0 || (own?.other_key ?? 0) > 0)
    doubts.push(
      `${other_key} lines and ${own?.other_key ?? 0} checkpoints are of another NOROSHI_SECRET: give it in NOROSHI_SECRET_BEFORE`,
    )
  const begun = own?.checkpoints[0]
  if (!copy && begun && first && Date.parse(begun.at) - Number(first) > from_the_start_ms)
    doubts.push(
      `the checkpoints of this folder begin at line ${begun.id}: whether an end was cut before shows only a copy from then (--against FILE)`,
    )
  return {
    lines,
    checkpoints: own?.checkpoints.length ?? 0,
    last_hash: end.hash.toString('hex'),
    signed_at: own?.checkpoints.at(-1)?.at ?? null,
    faults: faults.slice(0, told_max),
    doubts,
  }
}

/** A copy has nothing that its original lacks; two files of two workers have nothing in common, and that is no fault. */
function missingFrom(own: Series, copy: Series): string[] {
  const [first] = copy.checkpoints
  if (!first || !own.checkpoints.some(({ signature }) => signature === first.signature)) return []
  const last = copy.checkpoints.at(-1)
  return last && !own.checkpoints.some(({ signature }) => signature === last.signature)
    ? [
        `the file of checkpoints was shortened: the copy goes to ${last.number}, this one to ${own.checkpoints.at(-1)?.number}`,
      ]
    : []
}
