import { createHmac, timingSafeEqual } from 'node:crypto'

/** The field that every form for a signed-in person carries. */
export const mark_field = 'form_of'

/** Says for whom a form was drawn: it still does when it is sent after the session, or its cookie, is gone. It opens nothing. */
export const formMark = (secret: string, person_id: string): string =>
  `${person_id}.${createHmac('sha256', secret).update(`form of ${person_id}`).digest('base64url').slice(0, 22)}`

/** The person of a mark that this program made. */
export function personOfMark(secret: string, mark: unknown): string | undefined {
  const [, person_id] = typeof mark === 'string' ? (/^([0-9a-f-]{36})\.[\w-]{22}$/.exec(mark) ?? []) : []
  if (!person_id) return undefined
  const [given, ours] = [Buffer.from(String(mark)), Buffer.from(formMark(secret, person_id))]
  return given.length === ours.length && timingSafeEqual(given, ours) ? person_id : undefined
}
