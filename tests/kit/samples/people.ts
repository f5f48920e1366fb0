import { wordsOf } from '../pages.ts'
import type { FirmSample, MarketSample } from './making.ts'

/** What the form of an invitation says: a new contact of the firm SEC-001. */
export const invitationFields = (change: Record<string, string> = {}): Record<string, string> => ({
  institution_code: 'SEC-001',
  name_ja: '架空 花子',
  name_en: 'Hanako Kaku',
  email: 'hanako.new@sokyu.example',
  roles: 'bcp_contact',
  reason: '前任者の異動',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

export const anInvitation: FirmSample = async ({ site, desk }, { person: { institution_id } }) => {
  const { code } = await site.db
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .select('code')
    .executeTakeFirstOrThrow()
  const fields = invitationFields({ institution_code: code, email: `new@${code.toLowerCase()}.example` })
  // The answer is the page that shows the code once.
  const answer = await desk.client.post('/invitations', fields)
  if (answer.status !== 200) throw new Error(`no invitation: ${answer.status} ${wordsOf(await answer.text())}`)
  const invited = await site.db
    .selectFrom('invitation')
    .where('institution_id', '=', institution_id)
    .select('id')
    .executeTakeFirstOrThrow()
  return invited.id
}

/** What the form says that helps somebody back in: the council member of the firm SEC-001. */
export const recoveryForm = (change: Record<string, string> = {}): Record<string, string> => ({
  email: 'council@sokyu.example',
  reason: '紛失',
  identity_check: '名簿の番号にかけ直した',
  idempotency_key: crypto.randomUUID(),
  ...change,
})
export const aRecovery: MarketSample = ({ desk, send }) => send(desk.client, '/recoveries', recoveryForm())

export const aBreakGlassSet: MarketSample = async ({ site, approver, at }) => {
  const { id } = await site.db
    .insertInto('break_glass_set')
    .values({ sealed_by: approver.person.id, sealed_at: at, idempotency_key: crypto.randomUUID() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const aBreakGlassCode: MarketSample = async ({ site, one }) => {
  const set_id = await one('break_glass_set')
  await site.db.insertInto('break_glass_code').values({ set_id, number: 1, code_hash: 'x' }).execute()
  return set_id
}
export const aBreakGlassMiss: MarketSample = async ({ site, at }) => {
  const { id } = await site.db.insertInto('break_glass_miss').values({ at }).returning('id').executeTakeFirstOrThrow()
  return id
}
