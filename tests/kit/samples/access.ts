import { seal } from '#access/sso/seal.ts'
import type { FirmSample, MarketSample } from './making.ts'

export const aGrant: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('role_grant')
    .where('person_id', '=', person.id)
    .where('removed_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}
export const aSession: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('session')
    .where('person_id', '=', person.id)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}
export const aPasskey: FirmSample = async ({ site }, { person: { id: person_id } }) => {
  const { id } = await site.db
    .insertInto('passkey')
    .values({
      ...{ person_id, name: '架空の鍵', credential_id: person_id, public_key: 'x', counter: 0 },
      ...{ device_type: 'singleDevice', backed_up: false },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const aSecondFactor: FirmSample = async ({ site }, { person: { id: person_id } }) => {
  const { id } = await site.db
    .insertInto('two_factor')
    .values({ person_id, secret: 'x', backup_codes: '[]' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const aVerification: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('verification')
    .values({ identifier: 'x', value: 'y', expires_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const anAttempt: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('attempt')
    .values({ purpose: 'x', address: '192.0.2.1', tried_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const anAttemptRefusal: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('attempt_refusal').values({ purpose: 'x', who: 'x', told_until: at }).execute()
  return ''
}
export const aKnownAddress: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('known_address').values({ account: 'x', address: '192.0.2.1', succeeded_at: at }).execute()
  return ''
}

/** Sign-in with the account of a workplace: the central bank's. */
export const aProvider: MarketSample = async ({ site, desk, at }) => {
  const bank = await site.db.selectFrom('institution').where('code', '=', 'CB').select('id').executeTakeFirstOrThrow()
  const { id: by } = desk.person
  const { id } = await site.db
    .insertInto('sso_provider')
    .values({
      ...{ institution_id: bank.id, kind: 'oidc', domain: 'firm.example', issuer: 'https://127.0.0.1' },
      ...{ client_id: 'noroshi', created_by: by, created_at: at, changed_by: by, changed_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const aProviderSecret: MarketSample = async ({ site, one }) => {
  const provider_id = await one('sso_provider')
  const sealed = seal(site.tools.config.secret, provider_id, 'fictional')
  await site.db.insertInto('sso_secret').values({ provider_id, sealed }).execute()
  return provider_id
}
export const aSubject: FirmSample = async ({ site, one, at }, { person }) => {
  const known = { provider_id: await one('sso_provider'), subject: person.id, person_id: person.id, bound_at: at }
  await site.db.insertInto('sso_subject').values(known).execute()
  return person.id
}
export const aProviderRequest: MarketSample = async ({ site, one, at }) => {
  const { id } = await site.db
    .insertInto('sso_request')
    .values({
      ...{ provider_id: await one('sso_provider'), key_hash: Buffer.from('x'), state: 'x', nonce: 'x', next: '/' },
      ...{ endpoints: null, answer: null, expires_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const aProviderVerification: MarketSample = async ({ site, at }) => {
  const row = { id: 'x', identifier: 'x', value: 'x', expires_at: at }
  await site.db.insertInto('sso_verification').values(row).execute()
  return row.id
}
