import type { Tools } from '#ground/tools/tools.ts'
import type { Actor } from '#ground/trail/record.ts'
import { parseTelegram, type Stored, storeTelegram } from '#hazards/telegrams/index.ts'
import { evaluateEvent, holdEvent } from './evaluate.ts'

/** Keeps one telegram and brings the proposal of its event up to date, both or neither. Taking it in twice changes nothing. */
export const takeIn = (
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Actor,
  source: string,
  bytes: Uint8Array,
): Promise<Stored> => {
  const parsed = parseTelegram(bytes)
  return db.transaction().execute(async (tx) => {
    const at = clock()
    if (!('failed' in parsed)) await holdEvent(tx, parsed)
    const stored = await storeTelegram(tx, by, { source, bytes, parsed, at })
    if ('telegram' in stored && stored.is_new) {
      const { event_key, mode } = stored.telegram
      await evaluateEvent(tx, by, { event_key, mode, at, cause: stored.telegram })
    }
    return stored
  })
}
