import { sql } from 'kysely'
import { takesReplies } from '#ground/channels/available.ts'
import type { Message } from '#ground/channels/channel.ts'
import { severities } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { named } from '#ground/html/language.ts'
import { hostOf, returnPath } from '#ground/letters/return-path.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Blanks, filled, inHtml } from './blanks.ts'
import type { Claim } from './claim.ts'
import { linkToken } from './link.ts'

/** A claimed delivery. What is said in it is made when it goes out: thousands of texts made before would only lie about. */
export type Claimed = Pick<Message, 'delivery_id' | 'notice_id' | 'mode' | 'severity' | 'address'> & {
  claims: number
  attempts: number
  /** An attempt before went out whole, and no answer came. */
  was_doubted: boolean
  institution_id: string
  message(): Message
}

/**
 * Everything that these claims say, as it was rendered at release, with each recipient's own blanks; in the order of the claims.
 * Renderings never change: what was `read` already is not read again.
 */
export async function messagesOf(
  tools: Pick<Tools, 'db' | 'config' | 'origin'>,
  claims: readonly Claim[],
  read: Renderings = new Map(),
): Promise<Claimed[]> {
  const rows = await rowsOf(tools.db, claims)
  await readRenderings(tools.db, rows, read)
  const by_id = new Map(rows.map((row) => [row.id, row]))
  return claims.flatMap(({ id, claims }) => {
    const row = by_id.get(id)
    // A row with another claim was taken over between the claim and now.
    if (!row || row.claims !== claims) return []
    const rendering = read.get(renderingOf(row))
    const { attempts, was_doubted, notice_id, institution_id, mode, severity, address } = row
    const message = () => messageOf(tools, row, rendering)
    const of = { notice_id, institution_id, mode, severity, address }
    return [{ delivery_id: id, claims, attempts, was_doubted, ...of, message }]
  })
}

const rowsOf = (db: Database, claims: readonly Claim[]) =>
  db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .innerJoin('receipt', 'receipt.id', 'delivery.receipt_id')
    .leftJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where(sql<boolean>`delivery.id = any(${claims.map(({ id }) => id)}::uuid[])`)
    .select([
      'delivery.id',
      'delivery.claims',
      'delivery.attempts',
      'delivery.message_id',
      'delivery.address',
      'delivery.mode',
      'delivery.channel',
    ])
    .select(sql<boolean>`delivery.tries @> '[{"kind": "perhaps"}]'`.as('was_doubted'))
    .select(['delivery.notice_id', 'delivery.institution_id', 'delivery.queued_at', 'delivery.purpose'])
    .select(['delivery.subject as own_subject', 'delivery.body as own_body', 'notice.severity', 'notice.label'])
    .select(sql<boolean>`receipt.closed_how is not distinct from 'informed'`.as('is_informed'))
    .select(['notice.answer_wanted', 'institution.name_ja', 'institution.name_en', 'institution.code'])
    .select(['recipient.number', 'recipient.reply_code', 'recipient.name_ja as contact_ja'])
    .select(['recipient.name_en as contact_en'])
    .modifyEnd(keptPlan)
    .execute()

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

type Rendering = { subject: string; body: string; html: string | null }
export type Renderings = Map<string, Rendering>

/** A rendering is the same for everyone: read once for them all, not once for each. */
async function readRenderings(db: Database, rows: readonly Row[], read: Renderings) {
  const unread = rows.filter((row) => row.purpose === 'notice' && !read.has(renderingOf(row)))
  const notices = [...new Set(unread.map(({ notice_id }) => notice_id))]
  if (notices.length === 0) return
  for (const rendering of await db.selectFrom('rendering').where('notice_id', 'in', notices).selectAll().execute())
    read.set(renderingOf(rendering), rendering)
}

type Rendered = { notice_id: string; channel: string; is_informed: boolean }
const renderingOf = ({ notice_id, channel, is_informed }: Rendered) => `${notice_id} ${channel} ${is_informed}`

function messageOf({ config, origin }: Pick<Tools, 'config' | 'origin'>, row: Row, rendering?: Rendering): Message {
  const is_asked = row.answer_wanted !== 'none' && !row.is_informed
  const token = row.number === null || !is_asked ? null : linkToken(config.secret, row.number)
  const link = token && `${origin}/a/${token}`
  const contact = { name_ja: row.contact_ja ?? row.name_ja, name_en: row.contact_ja ? row.contact_en : row.name_en }
  // Where nothing listens for replies, they go to people, and nothing invites them.
  const is_answerable = token !== null && row.purpose !== 'bundle'
  const takes_replies = is_answerable && row.channel === 'mail' && takesReplies(config).mail
  const blanks: Blanks = {
    takes_replies,
    institution_ja: oneLine(named('ja', row)),
    institution_en: oneLine(named('en', row)),
    contact_ja: oneLine(named('ja', contact)),
    contact_en: oneLine(named('en', contact)),
    link: link ?? `${origin}/notices/${row.notice_id}`,
    code: row.reply_code ?? '',
  }
  const said = row.purpose === 'notice' ? rendering : undefined
  const return_path = returnPath(config, row.id)
  const host = hostOf(config)
  return {
    delivery_id: row.id,
    notice_id: row.notice_id,
    message_id: row.message_id,
    mode: row.mode,
    severity: row.severity,
    label: row.label,
    date: row.queued_at,
    to_name: blanks.contact_ja,
    institution_code: row.code,
    address: row.address,
    subject: oneLine(filled(row.own_subject ?? said?.subject ?? '', blanks)),
    text: filled(row.own_body ?? said?.body ?? '', blanks),
    ...(said?.html && { html: filled(said.html, blanks, inHtml) }),
    link,
    ...(takes_replies && { reply_to: `reply+${token}@${host}` }),
    ...(return_path && { return_path }),
  }
}

export const urgencyOf = (severity: Message['severity']) => severities.indexOf(severity)
