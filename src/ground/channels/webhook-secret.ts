import { createHmac, hkdfSync } from 'node:crypto'

/** How long after a new secret the one before it signs, too, so that a receiver can change over without a gap. */
export const overlap_hours = 24

type WebhookKey = { contact_address_id: string; generation: number; rotated_at: Date | null }

/**
 * The secret that a receiver checks signatures with, as Standard Webhooks writes it. Derived from the program's secret, so
 * that it is kept nowhere; each address and each generation has its own.
 */
export function webhookSecret(
  secret: string,
  { contact_address_id, generation }: Omit<WebhookKey, 'rotated_at'>,
): string {
  const about = `webhook ${contact_address_id} ${generation}`
  return `whsec_${Buffer.from(hkdfSync('sha256', secret, 'noroshi', about, 32)).toString('base64')}`
}

/** Every secret of an address that signs now, the newest first. Pure. */
export function signingSecrets(secret: string, key: WebhookKey, now: Date): string[] {
  const overlaps = key.rotated_at !== null && now.getTime() - key.rotated_at.getTime() < overlap_hours * 3_600_000
  const generations = overlaps ? [key.generation, key.generation - 1] : [key.generation]
  return generations.map((generation) => webhookSecret(secret, { ...key, generation }))
}

/** The headers of a webhook (Standard Webhooks 1.0): one signature for each secret, of which a receiver needs one. Pure. */
export function webhookHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature.join(' ') }
}
