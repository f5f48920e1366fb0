import { createHmac, timingSafeEqual } from 'node:crypto'
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '#ground/db/database.ts'

/** The last line at one moment. Kept outside the database, because a bare chain does not show that its end was cut off. */
export type Checkpoint = { id: string; hash: string; at: string }

const file = (folder: string) => path.join(folder, 'trail', 'checkpoints.jsonl')

const sign = (secret: string, { id, hash, at }: Checkpoint) =>
  createHmac('sha256', secret).update(`checkpoint ${id} ${hash} ${at}`).digest('hex')

/** Appends a signed checkpoint of the trail's last line, unless it is the one already written. */
export async function writeCheckpoint(db: Database, folder: string, secret: string, at: Date, written?: string) {
  const last = await db.selectFrom('trail').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (!last || last.id === written) return written
  const checkpoint = { id: last.id, hash: last.hash.toString('hex'), at: at.toISOString() }
  await mkdir(path.dirname(file(folder)), { recursive: true })
  if (written === undefined) await removeTornEnd(file(folder))
  await appendFile(file(folder), `${JSON.stringify({ ...checkpoint, signature: sign(secret, checkpoint) })}\n`, {
    flush: true,
  })
  return last.id
}

/** After a power cut the last line may lack its end. It says nothing that the next one does not say. */
async function removeTornEnd(path: string) {
  const content = await readFile(path).catch(() => Buffer.alloc(0))
  const whole = content.lastIndexOf('\n') + 1
  if (whole < content.length) await truncate(path, whole)
}

/** All checkpoints, and what is wrong with the file: a line that is not ours, or was changed. */
export async function readCheckpoints(folder: string, secret: string) {
  const text = await readFile(file(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const checkpoints: Checkpoint[] = []
  const problems: string[] = []
  const lines = text.split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    const checkpoint = parse(line)
    const is_signed =
      checkpoint &&
      timingSafeEqual(Buffer.from(sign(secret, checkpoint), 'hex'), Buffer.from(checkpoint.signature, 'hex'))
    if (is_signed) checkpoints.push(checkpoint)
    else problems.push(`checkpoint ${index + 1} is not signed with this NOROSHI_SECRET`)
  }
  return { checkpoints, problems }
}

function parse(line: string): (Checkpoint & { signature: string }) | undefined {
  try {
    const { id, hash, at, signature } = JSON.parse(line)
    const is_whole =
      [id, hash, at, signature].every((value) => typeof value === 'string') && /^[0-9a-f]{64}$/.test(signature)
    return is_whole && /^\d+$/.test(id) ? { id, hash, at, signature } : undefined
  } catch {
    return undefined
  }
}
