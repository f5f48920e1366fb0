import type { Database } from '#ground/db/database.ts'
import { ifNoOther } from '#ground/db/lock.ts'
import { type End, type Sealing, start, walk } from './chain.ts'
import { append, type Checkpoint, checkpointFile, judgeSignature, newestIn, signed } from './checkpoints.ts'
import type { SealKey } from './seal.ts'

/** The trail is not what was signed before: nothing is signed over it. */
export class TrailBroken extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The audit trail is broken, and nothing is signed any more: ${faults.slice(0, 3).join('; ')}`)
    this.faults = faults
  }
}

/** Also without a new line, so that a file whose end was cut off shows when it ends. */
const renewed_after_ms = 10 * 60_000

type Signer = {
  db: Database
  /** The data folder. */
  folder: string
  key: SealKey
}

/**
 * Signs the end of the trail into the file of checkpoints, after it has walked there from the one before. Answers the newest
 * checkpoint, which the next call is given as `known`: what this process has signed is not forgotten when its file is cut or
 * replaced. Throws TrailBroken and signs nothing when the trail or the file is not what it was. Processes that share a folder
 * take turns; who comes in between signs nothing.
 */
export async function signEnd(
  { db, folder, key }: Signer,
  at: Date,
  known?: Checkpoint,
): Promise<Checkpoint | undefined> {
  let newest = known
  await ifNoOther(db, 'checkpoint', async () => {
    const last = await newestIn(folder)
    const problem = problemOf(last, [key], known)
    if (problem) throw new TrailBroken([`${checkpointFile(folder)} ${problem}`])
    newest = last ?? undefined
    const from = last ? endOf(last) : start
    if (last && !(await isThere(db, from)))
      throw new TrailBroken([`line ${last.id}, which was signed, is gone or changed`])
    const { end, faults } = await walk(db, [key], { from, ...(last && { sealed: sealingOf(last, key) }) })
    if (faults.length > 0) throw new TrailBroken(faults)
    const is_old = last && at.getTime() - Date.parse(last.at) >= renewed_after_ms
    if (end.id === from.id && !is_old) return
    newest = signed(key, {
      number: (last?.number ?? 0) + 1,
      id: String(end.id),
      hash: end.hash.toString('hex'),
      at: at.toISOString(),
      previous: last?.signature ?? '',
    })
    await append(folder, newest)
  })
  return newest
}

function problemOf(last: Checkpoint | null, keys: readonly SealKey[], known?: Checkpoint): string | null {
  if (last && judgeSignature(keys, last) === 'broken') return 'ends with a checkpoint that the program did not sign'
  if (!known || last?.signature === known.signature) return null
  // Another process of the same folder may have signed since.
  if (last && last.number > known.number) return null
  return last ? `was shortened or replaced: it ends at ${last.number}, ${known.number} was signed` : 'is gone'
}

const endOf = ({ id, hash }: Checkpoint): End => ({ id: BigInt(id), hash: Buffer.from(hash, 'hex'), at: null })

/** After a checkpoint of ours no line of another key is believed; after one of a secret from before, it may still follow. */
const sealingOf = (last: Checkpoint, key: SealKey): Sealing =>
  judgeSignature([key], last) === 'ours' ? 'ours' : 'bare'

async function isThere(db: Database, { id, hash }: End): Promise<boolean> {
  const line = await db.selectFrom('trail').where('id', '=', String(id)).select('hash').executeTakeFirst()
  return line?.hash.equals(hash) ?? false
}
