import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Message } from '#ground/channels/channel.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import { readSetting } from '#ground/settings/settings.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { messagesOf, urgencyOf } from './messages.ts'

const hour_ms = 3_600_000
const held_at_once_max = 2000

const texts = inBoth({
  ja: {
    subject: (count: number) => `定例の通知${count}件のまとめ`,
    lead: (count: number) =>
      `1時間にお送りする通数の上限を超えたため、定例の通知${count}件をまとめてお送りします。それぞれのリンクから読んで回答できます。`,
  },
  en: {
    subject: (count: number) => `${count} routine notices in one`,
    lead: (count: number) =>
      `More routine notices came in one hour than are sent one by one. Here are ${count} of them; read and answer each by its link.`,
  },
})

/**
 * Of the routine mails queued at `at`, holds those that are over what one address gets in an hour until the hour ends. Urgent and
 * important ones are never held, nor counted.
 */
export async function holdRoutine(tx: Tx, addresses: readonly string[], at: Date) {
  if (addresses.length === 0) return
  const routine_mails_hour = await readSetting(tx, 'routine_mails_hour')
  const hour = new Date(Math.floor(at.getTime() / hour_ms) * hour_ms)
  await sql`
    update delivery set is_held = true, next_try_at = ${new Date(hour.getTime() + hour_ms)}
    from (select id, row_number() over (partition by address, mode order by queued_at, id) as place from delivery
      where channel = 'mail' and address = any(${[...addresses]}::text[]) and queued_at >= ${hour}
        and urgency = ${sql.lit(urgencyOf('routine'))} and purpose = 'notice') counted
    where delivery.id = counted.id and place > ${routine_mails_hour} and state = 'waiting' and queued_at = ${at}`.execute(
    tx,
  )
}

/** Makes one mail for each address of what its hour held back; what is alone goes out by itself. Gives how many were looked at. */
export async function sendBundles(tools: Tools): Promise<number> {
  const { db, clock, config } = tools
  const at = clock()
  await followBundles(tools)
  const due = db
    .selectFrom('delivery')
    .where('is_held', '=', true)
    .where('bundle_id', 'is', null)
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', at)
  if (!(await due.select('id').limit(1).executeTakeFirst())) return 0
  const host = hostOf(config)
  return db.transaction().execute(async (tx) => {
    const held = await tx
      .selectFrom('delivery')
      .where('is_held', '=', true)
      .where('bundle_id', 'is', null)
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', at)
      .orderBy('address')
      .orderBy('queued_at')
      .selectAll()
      .limit(held_at_once_max)
      .forUpdate()
      .skipLocked()
      .execute()
    // Another worker may have been first.
    if (held.length === 0) return 0
    const messages = new Map(
      (await messagesOf({ ...tools, db: tx }, held)).map((each) => [each.delivery_id, each.message()]),
    )
    for (const rows of Map.groupBy(held, ({ address, mode }) => `${mode} ${address}`).values()) {
      const ids = rows.map(({ id }) => id)
      const last = rows.at(-1)
      if (!last || rows.length === 1) {
        await tx.updateTable('delivery').set({ is_held: false }).where('id', 'in', ids).execute()
        continue
      }
      const { notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id, step, channel, address } =
        last
      const id = randomUUID()
      const said = bundleText(
        mode,
        rows.flatMap((row) => messages.get(row.id) ?? []),
        tools.origin,
      )
      await tx
        .insertInto('delivery')
        .values({
          ...{
            id,
            notice_id,
            mode,
            receipt_id,
            recipient_id,
            institution_id,
            contact_address_id,
            step,
            channel,
            address,
          },
          ...{
            purpose: 'bundle',
            message_id: `<${id}@${host}>`,
            urgency: last.urgency,
            queued_at: at,
            next_try_at: at,
          },
          ...{ answer: null, ...said },
        })
        .execute()
      await tx.updateTable('delivery').set({ bundle_id: id }).where('id', 'in', ids).execute()
      await record(tx, { program: 'deliveries' }, at, {
        action: 'delivery.bundled',
        about: `/notices/${notice_id}`,
        mode,
        details: { delivery_id: id, deliveries: ids, notices: [...new Set(rows.map((row) => row.notice_id))] },
      })
    }
    return held.length
  })
}

/** What became of a bundle became of everything in it. */
const followBundles = ({ db }: Pick<Tools, 'db'>) =>
  sql`
    update delivery held set state = bundle.state, sent_at = bundle.sent_at, answer = bundle.answer
    from delivery bundle
    where held.bundle_id = bundle.id and held.state = 'waiting' and bundle.state not in ('waiting', 'sending')`.execute(
    db,
  )

function bundleText(mode: Mode, messages: readonly Message[], origin: string) {
  const list = messages
    .map(({ subject, link, notice_id }) => `${subject}\n${link ?? `${origin}/notices/${notice_id}`}`)
    .join('\n\n')
  const { length } = messages
  const mark = markedTitle('ja', mode, '')
  return {
    subject: markedTitle('ja', mode, texts.ja.subject(length)),
    body: `${[mark, texts.ja.lead(length), texts.en.lead(length), list, mark].filter(Boolean).join('\n\n')}\n`,
  }
}
