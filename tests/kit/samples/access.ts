import { roles } from '#ground/rights/person.ts'
import { seal } from '#ground/tools/seal.ts'
import { fillIn } from '../fill-in.ts'
import { openSaml } from '../saml.ts'
import type { FirmSample, MarketSample } from './making.ts'
import { all, desk, desks, everyone, hidden, readers, type Wing } from './wing.ts'

const aSession: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('session')
    .where('person_id', '=', person.id)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}
const aPasskey: FirmSample = async ({ site }, { person: { id: person_id } }) => {
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
const aSecondFactor: FirmSample = async ({ site }, { person: { id: person_id } }) => {
  const { id } = await site.db
    .insertInto('two_factor')
    .values({ person_id, secret: 'x', backup_codes: '[]' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const aVerification: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('verification')
    .values({ identifier: 'x', value: 'y', expires_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const anAttempt: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('attempt')
    .values({ purpose: 'x', address: '192.0.2.1', tried_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const anAttemptRefusal: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('attempt_refusal').values({ purpose: 'x', who: 'x', told_until: at }).execute()
  return ''
}
const aRefusalWindow: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('refusal_window').values({ who: 'x', since: at }).execute()
  return ''
}
const aKnownAddress: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('known_address').values({ account: 'x', address: '192.0.2.1', succeeded_at: at }).execute()
  return ''
}

const aKeptForm: MarketSample = async ({ site, desk, at }) => {
  const { id } = await site.db
    .insertInto('kept_form')
    .values({ key_hash: Buffer.from('x'), person_id: desk.person.id, sealed: Buffer.from('x'), kept_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Sign-in with the account of a workplace: the central bank's. */
const aProvider: MarketSample = async ({ site, desk, at }) => {
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
const anAgreement: MarketSample = async ({ site, one, desk, at }) => {
  const provider_id = await one('sso_provider')
  const row = { provider_id, settings: '0'.repeat(64), agreed_by: desk.person.id, agreed_at: at }
  await site.db.insertInto('sso_agreement').values(row).execute()
  return provider_id
}
const aProviderSecret: MarketSample = async ({ site, one }) => {
  const provider_id = await one('sso_provider')
  const sealed = seal(site.tools.config.secret, provider_id, 'fictional')
  await site.db.insertInto('sso_secret').values({ provider_id, sealed }).execute()
  return provider_id
}
const aSubject: FirmSample = async ({ site, one, at }, { person }) => {
  const known = { provider_id: await one('sso_provider'), subject: person.id, person_id: person.id, bound_at: at }
  await site.db.insertInto('sso_subject').values(known).execute()
  return person.id
}
const aProviderRequest: MarketSample = async ({ site, one, at }) => {
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
const aProviderVerification: MarketSample = async ({ site, at }) => {
  const row = { id: 'x', identifier: 'x', value: 'x', expires_at: at }
  await site.db.insertInto('sso_verification').values(row).execute()
  return row.id
}

export const access = {
  tables: {
    attempt: { one: anAttempt, seen: 'nothing' },
    attempt_refusal: { one: anAttemptRefusal, seen: 'nothing' },
    credential: { each: ({ first }) => first('credential'), seen: 'nothing' },
    kept_form: { one: aKeptForm, seen: 'nothing' },
    known_address: { one: aKnownAddress, seen: 'nothing' },
    passkey: { each: aPasskey, seen: 'own' },
    refusal_window: { one: aRefusalWindow, seen: 'nothing' },
    // One's own, and the association's, whom everyone may have to call.
    person: { each: async (_, { person }) => person.id, seen: 'own' },
    session: { each: aSession, seen: 'own' },
    sso_agreement: { one: anAgreement, seen: 'nothing' },
    sso_provider: { one: aProvider, seen: 'nothing' },
    sso_request: { one: aProviderRequest, seen: 'nothing' },
    sso_secret: { one: aProviderSecret, seen: 'nothing' },
    sso_subject: { each: aSubject, seen: 'nothing' },
    sso_verification: { one: aProviderVerification, seen: 'nothing' },
    two_factor: { each: aSecondFactor, seen: 'nothing' },
    verification: { one: aVerification, seen: 'nothing' },
  },
  things: {
    // Each person's own, of which nobody has this one.
    '/account/passkeys': { market: async () => crypto.randomUUID() },
    '/account/sessions': { market: async () => crypto.randomUUID() },
    '/sso': { market: 'sso_secret' },
    '/sign-in/sso/callback': { market: 'sso_secret' },
    '/sign-in/sso/metadata': { market: 'sso_secret' },
    '/sign-in/sso/saml2/sp/acs': { market: 'sso_secret' },
  },
  pages: {
    // Signed in fully, they need not go there.
    '/sign-in': { ...everyone(303), nobody: 200 },
    '/sign-in/code': everyone(303),
    '/sign-in/sso': { ...everyone(303), nobody: 200 },
    // Without the cookie of a way that was begun, nobody comes in.
    '/sign-in/sso/callback/:id': everyone(403),
    '/sign-in/sso/answer': everyone(403),
    // This one speaks OpenID Connect and has no SAML metadata.
    '/sign-in/sso/metadata/:id': everyone(404),
    // Who has just signed in has nothing to confirm and is sent on.
    '/sign-in/confirm': everyone(303),
    '/account': all,
    '/account/set-up': everyone(303),
    '/account/passkeys/:id': hidden(),
    '/account/password': all,
    '/account/second-factor': all,
    '/account/sessions': all,
    '/settings': desk,
    '/sso': desk,
    '/sso/new': desk,
    '/sso/:id': readers(...desks),
  },
  forms: {
    '/sign-in': 'anyone',
    '/sign-in/code': 'anyone',
    '/sign-in/kept': 'anyone',
    '/sign-in/passkey': 'anyone',
    '/sign-in/passkey/options': 'anyone',
    '/sign-in/sso': 'anyone',
    '/sign-in/sso/saml2/sp/acs/:id': 'anyone',
    '/sign-in/confirm': roles,
    '/sign-out': 'anyone',
    '/language': 'anyone',
    '/account/passkeys/options': roles,
    '/account/passkeys': roles,
    '/account/passkeys/:id': roles,
    '/account/passkeys/:id/removal': roles,
    '/account/password': roles,
    '/account/second-factor': roles,
    '/account/second-factor/confirmation': roles,
    '/account/second-factor/removal': roles,
    '/account/recovery-codes': roles,
    '/account/sessions/:id/end': roles,
    '/account/sessions/end-others': roles,
    '/settings': ['secretariat'],
    '/settings/sessions/end': ['secretariat'],
    '/sso': ['secretariat'],
    '/sso/:id/test': ['secretariat'],
    '/sso/:id/activation': ['secretariat'],
    '/sso/:id/agreement': desks,
    '/sso/:id/release': ['secretariat'],
    '/sso/:id/removal': ['secretariat'],
  },
  async shown({ desk }) {
    const [, firm = ''] = /<option value="([0-9a-f-]{36})"[^>]*>蒼穹証券/.exec((await desk.get('/sso/new')).text) ?? []
    const idp = openSaml('https://idp.sokyu.example/metadata', 'https://idp.sokyu.example/sso')
    const workplace = await fillIn(desk, '/sso/new?kind=saml', '/sso', {
      institution_id: firm,
      domain: 'sokyu.example',
      issuer: idp.entity_id,
      entry_point: 'https://idp.sokyu.example/sso',
      certificate: idp.certificate,
    })
    await desk.post(`${workplace}/activation`, { is_active: 'yes' })
    return [
      { name: 'workplace', path: workplace, who: 'desk' },
      { name: 'workplace-new-saml', path: '/sso/new?kind=saml', who: 'desk' },
    ]
  },
  unshown: {
    '/sign-in/code': 'half signed in: tests/journeys/passkey.test.ts',
    '/sign-in/confirm': 'in a session that is older: tests/journeys/confirm.test.ts',
    '/sign-in/sso/callback/:id': 'leads on; who is refused there is shown as workplace-refused',
    '/sign-in/sso/metadata/:id': 'a file',
    '/account/set-up': 'before anything is set up: tests/journeys/contact.test.ts',
    '/account/passkeys/:id': 'with a passkey, which a device makes: tests/journeys/passkey.test.ts',
  },
} satisfies Wing
