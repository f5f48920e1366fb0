import { labelNames } from '#ground/rights/labels.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { Channel, Message } from './channel.ts'
import { outcomeOf, post, refusedAs } from './post.ts'
import type { Resolve } from './safe-address.ts'
import { signingSecrets, webhookHeaders } from './webhook-secret.ts'

type WebhookTools = Pick<Tools, 'db' | 'clock' | 'config'>

/**
 * Signed calls to a firm's own server (Standard Webhooks 1.0). `address` is the URL that the institution has in the directory.
 * Redirects are failures; 410 stops the address until somebody of the institution starts it again. It is never 'held': one firm's
 * server that is away is no trouble of the channel, and is given up after as many attempts as others.
 */
export function openWebhookChannel(
  { db, clock, config }: WebhookTools,
  { timeout_ms = 15_000, resolve }: { timeout_ms?: number; resolve?: Resolve } = {},
): Channel {
  return {
    name: 'webhook',
    lanes: 10,
    async send(message) {
      const now = clock()
      const keys = await keysOf(message)
      if (keys.length === 0) return refusedAs('no webhook that the directory has in use')
      const body = bodyOf(message)
      // An institution may have entered the same URL for several contacts; any of their secrets is right.
      const secrets = keys.flatMap((key) => signingSecrets(config.secret, key, now))
      const headers = webhookHeaders(idOf(message), body, secrets, now)
      const posted = await post(
        { url: message.address, headers: { ...headers, 'content-type': 'application/json' }, body },
        { timeout_ms, loopback: config.webhook_loopback, resolve },
      )
      if ('refused' in posted) return refusedAs(posted.refused)
      if ('lost' in posted)
        return { kind: posted.reached === 'all' ? 'perhaps' : 'deferred', answer: posted.lost, is_server_lost: false }
      if (posted.code === 410) for (const key of keys) await disable(key, `410 ${posted.text}`.trim())
      return outcomeOf(posted.code, posted.text)
    },
    close() {},
  }

  async function keysOf({ address, institution_code }: Message) {
    const rows = await db
      .selectFrom('contact_address as at')
      .innerJoin('institution', 'institution.id', 'at.institution_id')
      .leftJoin('webhook_endpoint as endpoint', 'endpoint.contact_address_id', 'at.id')
      .where('at.means', '=', 'webhook')
      .where('at.address', '=', address)
      .where('at.removed_at', 'is', null)
      .where('institution.code', '=', institution_code)
      .where('endpoint.disabled_at', 'is', null)
      .select(['at.id as contact_address_id', 'at.institution_id', 'endpoint.generation', 'endpoint.rotated_at'])
      .orderBy('at.id')
      .execute()
    return rows.map((row) => ({ ...row, generation: row.generation ?? 1 }))
  }

  async function disable(
    { contact_address_id, institution_id }: { contact_address_id: string; institution_id: string },
    reason: string,
  ) {
    const at = clock()
    const state = { disabled_at: at, disabled_reason: reason }
    await db.transaction().execute(async (tx) => {
      const disabled = await tx
        .insertInto('webhook_endpoint')
        .values({ contact_address_id, institution_id, ...state })
        .onConflict((conflict) =>
          conflict.column('contact_address_id').doUpdateSet(state).where('webhook_endpoint.disabled_at', 'is', null),
        )
        .returning('contact_address_id')
        .executeTakeFirst()
      if (disabled)
        await record(tx, { program: 'channels' }, at, {
          action: 'webhook.disabled',
          about: `/contacts/addresses/${contact_address_id}`,
          details: { address_id: contact_address_id, institution_id, reason },
        })
    })
  }
}

/** The same over every attempt; no dot, which divides what is signed, and nothing that could end a header. */
const idOf = ({ message_id }: Message) =>
  message_id
    .replace(/^<|>$/g, '')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 200)

const bodyOf = ({ notice_id, mode, severity, label, subject, text, link, date }: Message) =>
  JSON.stringify({
    type: 'notice.sent',
    timestamp: date.toISOString(),
    data: { notice_id, mode, severity, label: labelNames[label], subject, text, link },
  })
