import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { plainPart, signed, writeWhole } from '#ground/channels/file-drop.ts'
import { type Claimed, unlessGone } from './claim-files.ts'
import type { InboundFile } from './take-file.ts'

/**
 * Answers an institution by a file in the folder that its network fetches from, and moves its own aside, with the reason beside what was
 * refused. The answer is made of what is written down alone: after a crash the same is written again.
 */
export async function settleFile(
  { folder, secret }: { folder: string; secret: string },
  code: string,
  { path: from, name }: Claimed,
  file: InboundFile,
): Promise<void> {
  const { id, outcome, reason, mode, digest, report_id, stands_id, said_ja, said_en, taken_at } = file
  const message = {
    ...{ file_id: id, institution_code: code, name, mode, digest, outcome, reason, report_id, stands_id },
    ...{ said_ja, said_en, taken_at: taken_at.toISOString() },
  }
  const content = `${JSON.stringify({ noroshi_answer: 1, ...signed(message, secret) }, null, 2)}\n`
  await writeWhole(folder, answerName(code, file), content)
  const aside = path.join(folder, outcome, code)
  await mkdir(aside, { recursive: true, mode: 0o750 })
  if (reason) await writeWhole(aside, `${id}~${name}.reason.txt`, `${reason}\n${said_ja}\n${said_en}\n`)
  await rename(from, path.join(aside, `${id}~${name}`)).catch(unlessGone)
}

/** Begins with the mode, as that of a message does; what could not be read has none. */
export const answerName = (code: string, { id, mode }: Pick<InboundFile, 'id' | 'mode'>) =>
  `${mode ?? 'unread'}_${plainPart(code)}_answer_${id}.json`
