import { createHash } from 'node:crypto'
import { file_bytes_max, judgeFile, type WrongFile } from './judge-file.ts'

/** A file as it is kept: a clean name, what it really is, its bytes and their SHA-256. */
export type KeptFile = { file_name: string; media_type: string; digest: string; size: number; content: Buffer }

/** Reads a file that somebody sent, and keeps it only if it is what its name says. */
export async function readFile(file: File): Promise<KeptFile | { wrong: WrongFile }> {
  // Not even read when it is too large.
  if (file.size > file_bytes_max) return { wrong: 'size' }
  const content = Buffer.from(await file.arrayBuffer())
  const judged = judgeFile(file.name, content)
  if ('wrong' in judged) return judged
  return { ...judged, content, size: content.length, digest: createHash('sha256').update(content).digest('hex') }
}
