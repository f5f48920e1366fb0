import { randomUUID } from 'node:crypto'
import { batches } from '#ground/db/batches.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Label, Mode } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { hostOf } from './return-path.ts'

export type NewLetter = {
  /** One mail address. */
  address: string
  /** One line; both languages, Japanese first. */
  subject: string
  /** Plain text; both languages, Japanese first. Never a secret that opens more than the address itself. */
  body: string
  /** Path of the page that it belongs to. */
  about: string
  label: Label
  /** What it is about: its header says so, and its subject where it is no real one. */
  mode: Mode
  /** What it is for, in a word such as 'invitation'; who wants to know what became of it listens by this. */
  purpose: string
  /** The address of the directory that it tests, when it does. */
  contact_address_id?: string
}

/** Puts a letter to one person in the post: it goes out when the transaction commits, and never without it. */
export async function queueLetter(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later'>,
  at: Date,
  letter: NewLetter,
): Promise<string> {
  const [id = ''] = await queueLetters(tx, tools, at, [letter])
  return id
}

/** Many letters in few statements; gives their ids in the same order. */
export async function queueLetters(
  tx: Tx,
  { config, later }: Pick<Tools, 'config' | 'later'>,
  at: Date,
  letters: NewLetter[],
): Promise<string[]> {
  const host = hostOf(config)
  const rows = letters.map((letter) => {
    const id = randomUUID()
    return {
      ...letter,
      id,
      subject: letter.subject.replaceAll(/\s+/g, ' ').trim().slice(0, 200),
      message_id: `<${id}@${host}>`,
      queued_at: at,
      next_try_at: at,
    }
  })
  for (const each of batches(rows)) await tx.insertInto('letter').values(each).execute()
  if (rows.length > 0) await later(tx, 'letters.send', {})
  return rows.map(({ id }) => id)
}
