import { z } from 'zod'
import { lockRefusals, stopAddress } from '#directory/contacts/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { civilTime } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: { since: 'いつからかを、日付と時刻で入れてください', decision: 'どちらかを選んでください' },
  en: { since: 'Say since when, with day and time', decision: 'Choose one of the two' },
})

export const RefusedForm = (language: Language) =>
  z.object({
    since: civilTime(messages[language].since),
    decision: z.enum(['lift', 'stop'], messages[language].decision),
  })
export type RefusedForm = z.output<ReturnType<typeof RefusedForm>>

/**
 * What a person of the desk found: of the addresses refused since then, the mail server was at fault and all are used again, or
 * they are really gone and all are stopped. Either way the mail server is believed from here on. Gives how many were changed.
 */
export async function decideRefusals(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  { since, decision }: RefusedForm,
): Promise<{ changed: number }> {
  must(by, 'address.lift')
  const at = tools.clock()
  return tools.db.transaction().execute(async (tx) => {
    await lockRefusals(tx)
    await tx
      .updateTable('channel_state')
      .set({ suspect_since: null, suspect_why: null })
      .where('channel', '=', 'mail')
      .execute()
    const address_ids = decision === 'lift' ? await lift(tx, since) : await stop(tx, tools, at, by, since)
    await record(tx, by, at, {
      action: decision === 'lift' ? 'address.lifted' : 'channel.believed',
      about: '/home',
      details: { since: since.toISOString(), addresses: address_ids.length, address_ids: address_ids.sort() },
    })
    return { changed: address_ids.length }
  })
}

async function lift(tx: Tx, since: Date) {
  const rows = await tx
    .updateTable('contact_address')
    .set({ quarantined_at: null, quarantine_reason: null, refused_at: null, refusal: null })
    .where((eb) => eb.or([eb('refused_at', '>=', since), eb('quarantined_at', '>=', since)]))
    .where('removed_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function stop(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  by: Person,
  since: Date,
): Promise<string[]> {
  const refused = await tx
    .selectFrom('contact_address')
    .where('refused_at', '>=', since)
    .where('removed_at', 'is', null)
    .where('quarantined_at', 'is', null)
    .select('id')
    .orderBy('id')
    .execute()
  const stopped: string[] = []
  for (const { id } of refused) if (await stopAddress(tx, tools, at, id, by)) stopped.push(id)
  return stopped
}
