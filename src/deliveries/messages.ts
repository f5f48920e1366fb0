import type { Tools } from '#app/tools.ts'
import type { Message } from '#channels/index.ts'
import { severities } from '#channels/index.ts'
import type { Database } from '#db/database.ts'
import { oneLine } from '#html/clean-text.ts'
import { named } from '#html/language.ts'
import { hostOf, returnPath } from '#letters/index.ts'
import { type Blanks, filled, inHtml } from './blanks.ts'
import type { Claim } from './claim.ts'
import { linkToken } from './link.ts'

/** A claimed delivery with all that is said in it. */
export type Claimed = Message & { claims: number; attempts: number; institution_id: string }

/** Everything that these claims say, as it was rendered at release, with each recipient's own blanks; in the order of the claims. */
export async function messagesOf(tools: Pick<Tools, 'db' | 'config' | 'origin'>, claims: readonly Claim[]) {
  const rows = await rowsOf(tools.db, claims)
  const renderings = await renderingsOf(tools.db, rows)
  const by_id = new Map(rows.map((row) => [row.id, row]))
  return claims.flatMap(({ id, claims }) => {
    const row = by_id.get(id)
    // A row with another claim was taken over between the claim and now.
    return row && row.claims === claims ? [messageOf(tools, row, renderings.get(renderingOf(row)))] : []
  })
}

const rowsOf = (db: Database, claims: readonly Claim[]) =>
  db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .leftJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where(
      'delivery.id',
      'in',
      claims.map(({ id }) => id),
    )
    .select([
      'delivery.id',
      'delivery.claims',
      'delivery.attempts',
      'delivery.message_id',
      'delivery.address',
      'delivery.mode',
      'delivery.channel',
    ])
    .select(['delivery.notice_id', 'delivery.institution_id', 'delivery.queued_at', 'delivery.purpose'])
    .select(['delivery.subject as own_subject', 'delivery.body as own_body', 'notice.severity', 'notice.label'])
    .select(['notice.answer_wanted', 'institution.name_ja', 'institution.name_en', 'institution.code'])
    .select(['recipient.number', 'recipient.reply_code', 'recipient.name_ja as contact_ja'])
    .select(['recipient.name_en as contact_en'])
    .execute()

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

/** A rendering is the same for everyone: read once for them all, not once for each. */
async function renderingsOf(db: Database, rows: readonly Row[]) {
  const notices = [...new Set(rows.flatMap(({ purpose, notice_id }) => (purpose === 'notice' ? [notice_id] : [])))]
  if (notices.length === 0) return new Map<string, Rendering>()
  const renderings = await db.selectFrom('rendering').where('notice_id', 'in', notices).selectAll().execute()
  return new Map(renderings.map((rendering) => [renderingOf(rendering), rendering]))
}

type Rendering = { subject: string; body: string; html: string | null }
const renderingOf = ({ notice_id, channel }: { notice_id: string; channel: string }) => `${notice_id} ${channel}`

function messageOf({ config, origin }: Pick<Tools, 'config' | 'origin'>, row: Row, rendering?: Rendering): Claimed {
  const token = row.number === null ? null : linkToken(config.secret, row.number)
  const link = token && row.answer_wanted !== 'none' ? `${origin}/a/${token}` : null
  const contact = { name_ja: row.contact_ja ?? row.name_ja, name_en: row.contact_ja ? row.contact_en : row.name_en }
  const blanks: Blanks = {
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
    claims: row.claims,
    attempts: row.attempts,
    institution_id: row.institution_id,
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
    // Where nothing listens for replies, they go to people.
    ...(token &&
      link &&
      row.purpose !== 'bundle' &&
      config.bounce_port !== undefined && { reply_to: `reply+${token}@${host}` }),
    ...(return_path && { return_path }),
  }
}

export const urgencyOf = (severity: Message['severity']) => severities.indexOf(severity)
