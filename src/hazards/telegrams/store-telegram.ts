import { createHash } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import type { parseTelegram } from './parse-jma.ts'
import type { Rejection } from './rejection.ts'
import type { Telegram } from './telegram.ts'

export type Parsed = ReturnType<typeof parseTelegram>
/** `id`: of the row that was kept; null when it was known. */
export type Stored = { telegram: Telegram; id: string | null; is_new: boolean } | { failed: Rejection; is_new: boolean }

/**
 * Keeps a telegram as it came, once, whichever way it came in twice. What cannot be read is kept too, with the reason.
 * A telegram of a kind nobody here uses is not kept.
 */
export async function storeTelegram(
  tx: Tx,
  by: Actor,
  { source, bytes, parsed, at }: { source: string; bytes: Uint8Array; parsed: Parsed; at: Date },
): Promise<Stored> {
  const digest = createHash('sha256').update(bytes).digest()

  if ('failed' in parsed) {
    const { reason, message } = parsed.failed
    if (reason === 'not_used') return { failed: parsed.failed, is_new: false }
    const kept = await tx
      .insertInto('rejected_telegram')
      .values({
        source,
        reason_ja: message.ja,
        reason_en: message.en,
        digest,
        content: bytes.subarray(0, content_bytes_max),
        received_at: at,
      })
      .onConflict((conflict) => conflict.column('digest').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (kept)
      await record(tx, by, at, { action: 'telegram.rejected', about: '/telegrams', details: { source, reason } })
    return { failed: parsed.failed, is_new: kept !== undefined }
  }

  const { code, mode, info_kind, event_key, control_at, serial, title, headline } = parsed
  const kept = await tx
    .insertInto('telegram')
    .values({
      code,
      mode,
      info_kind,
      event_key,
      control_at,
      serial,
      title,
      headline,
      source,
      digest,
      parsed: JSON.stringify(parsed),
      xml: bytes,
      received_at: at,
    })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (kept)
    await record(tx, by, at, {
      action: 'telegram.received',
      about: `/telegrams/${kept.id}`,
      mode,
      details: { code, title, source, event_key, control_at },
    })
  return { telegram: parsed, id: kept?.id ?? null, is_new: kept !== undefined }
}

/** Of something far too large to be a telegram, its beginning is kept. */
const content_bytes_max = 2 * 1024 * 1024
