import { appendFile, mkdir, open, readFile, rename, truncate } from 'node:fs/promises'
import path from 'node:path'
import { judgeSeal, type SealKey, sealOf } from './seal.ts'

/**
 * The end of the trail at one moment, kept outside the database, because a chain does not show that its end was cut off. Each is
 * numbered and signs the one before it, so that none can be taken out, put in or moved.
 */
export type Checkpoint = {
  number: number
  /** The last line, and its hash in hex. */
  id: string
  hash: string
  at: string
  /** The signature of the one before it; empty in the first. */
  previous: string
  signature: string
}

export const checkpointFile = (folder: string) => path.join(folder, 'trail', 'checkpoints.jsonl')

const said = ({ number, id, hash, at, previous }: Omit<Checkpoint, 'signature'>) =>
  `checkpoint ${number} ${id} ${hash} ${at} ${previous}`

export const signed = (key: SealKey, checkpoint: Omit<Checkpoint, 'signature'>): Checkpoint => ({
  ...checkpoint,
  signature: sealOf(key, said(checkpoint)).toString('hex'),
})

export const judgeSignature = (keys: readonly SealKey[], checkpoint: Checkpoint) =>
  judgeSeal(keys, said(checkpoint), Buffer.from(checkpoint.signature, 'hex'))

/** Adds one to the file, on the disk before it returns. */
export async function append(folder: string, checkpoint: Checkpoint): Promise<void> {
  const file = checkpointFile(folder)
  await mkdir(path.dirname(file), { recursive: true })
  await removeTornEnd(file)
  await appendFile(file, `${JSON.stringify(checkpoint)}\n`, { flush: true })
}

/** After a power cut the last line may lack its end. It says nothing that the next one does not say. */
async function removeTornEnd(file: string) {
  const content = await readTail(file)
  const torn = content.length - (content.lastIndexOf('\n') + 1)
  if (torn > 0) await truncate(file, (await readFile(file)).length - torn)
}

/** The newest in the file, or null. One without a number is of a program before there were numbers: its file is put aside. */
export async function newestIn(folder: string): Promise<Checkpoint | null> {
  const file = checkpointFile(folder)
  const lines = (await readTail(file)).toString('utf8').split('\n').slice(0, -1).filter(Boolean)
  const [newest, line] = [parse(lines.at(-1) ?? ''), lines.at(-1)]
  if (newest) return newest
  if (line && isUnnumbered(line)) await rename(file, `${file}.before`)
  else if (line) throw new Error(`${file} ends with a line that is no checkpoint`)
  return null
}

/** The last few kilobytes: a few lines. Empty when there is no file. */
async function readTail(file: string): Promise<Buffer> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return Buffer.alloc(0)
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, 4096)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

export type Series = { checkpoints: Checkpoint[]; faults: string[]; other_key: number }

/** All checkpoints of a file that can be judged, and what is wrong with it; null when there is no file. */
export async function readSeries(file: string, keys: readonly SealKey[]): Promise<Series | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const series: Series = { checkpoints: [], faults: [], other_key: 0 }
  let before: Checkpoint | undefined
  for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
    const checkpoint = parse(line)
    const judged = checkpoint && judgeSignature(keys, checkpoint)
    if (!checkpoint || judged === 'broken') {
      series.faults.push(`checkpoint ${index + 1} is not signed with this NOROSHI_SECRET`)
      continue
    }
    if (checkpoint.number !== (before?.number ?? 0) + 1 || checkpoint.previous !== (before?.signature ?? ''))
      series.faults.push(`checkpoint ${checkpoint.number} does not follow the one before it in its file`)
    if (judged === 'other') series.other_key++
    else series.checkpoints.push(checkpoint)
    before = checkpoint
  }
  return series
}

const isUnnumbered = (line: string) => {
  const read = json(line)
  return typeof read.id === 'string' && typeof read.signature === 'string' && read.number === undefined
}

function parse(line: string): Checkpoint | undefined {
  const { number, id, hash, at, previous, signature } = json(line)
  const is_whole =
    Number.isSafeInteger(number) &&
    [id, hash, at, previous, signature].every((value) => typeof value === 'string') &&
    /^\d{1,19}$/.test(String(id)) &&
    /^[0-9a-f]{72}$/.test(String(signature))
  return is_whole ? ({ number, id, hash, at, previous, signature } as Checkpoint) : undefined
}

function json(line: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}
