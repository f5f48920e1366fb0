import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { Typed } from '#ground/html/refill.ts'
import { seal, unseal } from '#ground/tools/seal.ts'
import type { Tools } from '#ground/tools/tools.ts'

/** How long a form waits for its person to sign in again. */
export const kept_hours = 12
/** As much as the program takes of any form without its files. */
const kept_bytes_max = 512 * 1024
/** So many of a person wait at once; of more, the oldest goes. */
const kept_forms_max = 5

/** A form that was sent by nobody who is signed in: where to, from which page, and all that was typed. */
export type KeptForm = { action: string; from: string; typed: Typed; files: string[] }

type Kit = Pick<Tools, 'whole' | 'clock' | 'config'>

const hashOf = (key: string) => createHash('sha256').update(key).digest()
/** The database has the form and not the key, the browser has the key and not the form. */
const secretOf = ({ config }: Pick<Tools, 'config'>, key: string) =>
  Buffer.from(hkdfSync('sha256', config.secret, key, 'noroshi kept form', 32)).toString('base64')
const oldest = (now: Date) => new Date(now.getTime() - kept_hours * 3600 * 1000)

/** Keeps a form for the person it was drawn for; gives the key that their browser holds, or nothing when it is too long. */
export async function keepForm(tools: Kit, person_id: string, form: KeptForm): Promise<string | undefined> {
  const text = JSON.stringify(form)
  if (Buffer.byteLength(text) > kept_bytes_max) return undefined
  const { whole, clock } = tools
  const kept_at = clock()
  const key = randomBytes(32).toString('base64url')
  const sealed = seal(secretOf(tools, key), person_id, text)
  await whole.deleteFrom('kept_form').where('kept_at', '<', oldest(kept_at)).execute()
  const newest = whole
    .selectFrom('kept_form')
    .where('person_id', '=', person_id)
    .orderBy('kept_at', 'desc')
    .limit(kept_forms_max - 1)
    .select('id')
  await whole.deleteFrom('kept_form').where('person_id', '=', person_id).where('id', 'not in', newest).execute()
  await whole
    .insertInto('kept_form')
    .values({ key_hash: hashOf(key), person_id, sealed, kept_at })
    .execute()
  return key
}

/** What this browser sent, if it is this person who typed it. */
export async function readKeptForm(tools: Kit, person_id: string, key: string): Promise<KeptForm | undefined> {
  const { whole, clock } = tools
  const row = await whole
    .selectFrom('kept_form')
    .where('key_hash', '=', hashOf(key))
    .where('person_id', '=', person_id)
    .where('kept_at', '>=', oldest(clock()))
    .select('sealed')
    .executeTakeFirst()
  return row && (JSON.parse(unseal(secretOf(tools, key), person_id, row.sealed)) as KeptForm)
}

/** It has been sent, or nobody wants it any more. */
export const forgetKeptForm = ({ whole }: Kit, key: string) =>
  whole.deleteFrom('kept_form').where('key_hash', '=', hashOf(key)).execute()
