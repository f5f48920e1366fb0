import type { Tools } from '#ground/tools/tools.ts'
import type { Actor } from '#ground/trail/record.ts'
import { parseTelegram, type Stored, storeTelegram } from '#hazards/telegrams/index.ts'
import { evaluateEvent, holdEvent } from './evaluate.ts'
import type { LetterTools } from './tell-situation.ts'

/** Keeps one telegram and brings the proposal of its event, and the situation opened from it, up to date: all or nothing. Taking it in twice changes nothing. */
export const takeIn = (
  tools: Pick<Tools, 'db' | 'clock'> & LetterTools,
  by: Actor,
  source: string,
  bytes: Uint8Array,
): Promise<Stored> => {
  const parsed = parseTelegram(bytes)
  return tools.db.transaction().execute(async (tx) => {
    const at = tools.clock()
    if (!('failed' in parsed)) await holdEvent(tx, parsed)
    const stored = await storeTelegram(tx, by, { source, bytes, parsed, at })
    if ('telegram' in stored && stored.id) {
      const { event_key, mode } = stored.telegram
      await evaluateEvent(tx, tools, by, { event_key, mode, at, cause: { id: stored.id, telegram: stored.telegram } })
    }
    return stored
  })
}
