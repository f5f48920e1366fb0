import { toCivilInput } from '#ground/html/civil.ts'
import { roles } from '#ground/rights/person.ts'
import { sentTo } from '../fill-in.ts'
import type { FirmSample, MarketSample } from './making.ts'
import {
  all,
  desk,
  hidden,
  inPeacetime,
  members,
  only,
  overview,
  overviewers,
  readers,
  sent,
  type Wing,
} from './wing.ts'

/** The first mail of the call tree, which the demo market has. */
const anAddress: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('contact_address')
    .where('institution_id', '=', person.institution_id)
    .where('means', '=', 'mail')
    .where('removed_at', 'is', null)
    .select('id')
    .orderBy('address')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}
/** The contact who has that mail. */
const aContact: FirmSample = async (make, firm) => {
  const { contact_id } = await make.site.db
    .selectFrom('contact_address')
    .where('id', '=', await make.of(firm, 'contact_address'))
    .select('contact_id')
    .executeTakeFirstOrThrow()
  return contact_id
}
const anAddressCode: FirmSample = async (make, firm) => {
  const id = crypto.randomUUID()
  await make.site.db
    .insertInto('address_code')
    .values({
      ...{ id, contact_address_id: await make.of(firm, 'contact_address'), code_hash: Buffer.from('x') },
      ...{ institution_id: firm.person.institution_id, sent_by: firm.person.id },
      ...{ sent_at: make.at, expires_at: make.at },
    })
    .execute()
  return id
}
const anAddressTest: MarketSample = ({ desk, send }) => send(desk.client, '/contacts/tests', { scope: 'all' })

/** With the exchange that no role of the demo market is of. */
const anExchange: FirmSample = async ({ site, send }, { client }) => {
  const { id } = await site.db
    .selectFrom('institution')
    .where('code', '=', 'EXC-2')
    .select('id')
    .executeTakeFirstOrThrow()
  return send(client, '/exchange', { institution_id: id, reason: '緊急時に直接連絡するため' })
}

const anAttestation: MarketSample = ({ desk, at, send }) =>
  send(desk.client, '/attestations', {
    text_ja: '確かめてください',
    text_en: 'Please check',
    answer_by: toCivilInput(new Date(at.getTime() + 86_400_000)),
  })
const anAttestationAsked: FirmSample = async ({ one }) => one('attestation')
const attestationLetters: MarketSample = async ({ site, one, at }) => {
  const attestation_id = await one('attestation')
  const { id } = await site.db
    .insertInto('attestation_letters')
    .values({ attestation_id, step: 'hand', institutions: 1, letters: 1, queued_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const aWebhook: FirmSample = async (make, firm) => {
  const contact_address_id = await make.of(firm, 'contact_address')
  const { institution_id } = firm.person
  await make.site.db.insertInto('webhook_endpoint').values({ contact_address_id, institution_id }).execute()
  return contact_address_id
}

/** The demo's, in a newer version. */
const aPoint: FirmSample = async ({ site, send }, { person, client }) => {
  const at = `/contact-points/${person.institution_id}`
  const newest = await site.db
    .selectFrom('contact_point_now')
    .where('institution_id', '=', person.institution_id)
    .select('version')
    .executeTakeFirst()
  const version = String(newest?.version ?? 0)
  return send(client, at, { section_ja: '業務継続課', phone: '03-0000-9999', version })
}
const aPlace: FirmSample = async ({ site, send }, { person, client }) => {
  const newest = await site.db
    .selectFrom('work_place_now')
    .where('institution_id', '=', person.institution_id)
    .select('version')
    .executeTakeFirst()
  const version = String(newest?.version ?? 0)
  return send(client, `/contact-points/${person.institution_id}/place`, { place: 'home', version })
}

const entry = {
  own: only(['secretariat', 'institution_administrator', 'bcp_contact'], 403),
  other: only(['secretariat'], 403),
}
const entryForm = { own: ['secretariat', ...members], other: ['secretariat'] } as const
const administrators = { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] } as const
/** An exchange is seen by its two sides: here the institution and one that no role is of. */
const betweenTwo = { own: members, other: [], hidden: members }

export const directory = {
  tables: {
    address_code: { each: anAddressCode, seen: 'own' },
    address_test: { one: anAddressTest, seen: 'nothing' },
    attestation: { one: anAttestation, seen: 'market' },
    attestation_asked: { each: anAttestationAsked, seen: 'own' },
    attestation_letters: { one: attestationLetters, seen: 'nothing' },
    // One's own, and the association's, whom everyone may have to call.
    contact: { each: aContact, seen: 'own' },
    contact_address: { each: anAddress, seen: 'own' },
    contact_card: { each: aContact },
    // Of the two between whom it is.
    contact_exchange: { each: anExchange, seen: 'own' },
    contact_point: { each: aPoint, seen: 'market' },
    contact_point_now: { each: aPoint },
    work_place: { each: aPlace, seen: 'market' },
    work_place_now: { each: aPlace },
    district: {
      one: async ({ site, desk, at }) => {
        const row = { code: 'D-SAMPLE', version: 1, name_ja: '架空地区協会', name_en: 'Fictional District' }
        await site.db
          .insertInto('district')
          .values({ ...row, made_by: desk.person.id, made_at: at })
          .execute()
        return row.code
      },
      seen: 'market',
    },
    district_now: { one: ({ one }) => one('district') },
    institution: { each: async (_, { person }) => person.institution_id, seen: 'market' },
    institution_function: { each: async (_, { person }) => person.institution_id, seen: 'market' },
    institution_market: { each: async (_, { person }) => person.institution_id, seen: 'market' },
    site: { each: ({ first }) => first('site'), seen: 'own' },
    webhook_endpoint: { each: aWebhook, seen: 'own' },
  },
  things: {
    '/institutions': { own: 'institution', asked: 'CB' },
    '/contacts': { own: 'contact' },
    '/contacts/addresses': { own: 'contact_address' },
    '/contacts/tests': { market: 'address_test' },
    '/exchange': { own: 'contact_exchange' },
    '/attestations': { market: 'attestation' },
    // Each says its own, and everybody reads all.
    '/contact-points': { market: async (_, { person }) => person.institution_id },
  },
  pages: {
    '/contacts': all,
    '/contacts/gaps': overview,
    '/contacts/tests': overview,
    '/contacts/tests/:id': overview,
    // Of the exchange, whose people may change it.
    '/contacts/:id': readers('secretariat', 'bcp_contact'),
    '/contacts/addresses/:id': readers('secretariat', 'bcp_contact'),
    '/institutions': all,
    '/institutions.csv': all,
    '/districts': desk,
    // It leads on to what was meant.
    '/find': sent(...overviewers),
    '/institutions/new': desk,
    // A contact sees their own; this one is another's.
    '/institutions/:id/edit': desk,
    '/institutions/:id/contacts': hidden(...overviewers),
    '/institutions/:id/contacts/new': desk,
    '/directory': all,
    '/directory/offline': all,
    '/contact-points': all,
    '/contact-points.csv': all,
    '/contact-points/:id': { ...all, local_authority: 404 },
    // Of the exchange, whose people may change it.
    '/contact-points/:id/edit': readers('secretariat', 'bcp_contact'),
    '/exchange': readers(...members),
    '/exchange/new': readers(...members),
    // Proposed by the BCP contact's institution; the administrator is another's.
    '/exchange/:id': { ...readers('bcp_contact'), institution_administrator: 404 },
    '/attestations': all,
    '/attestations/new': desk,
    '/attestations/:id': overview,
    '/attestations/:id/answer': readers(...members),
  },
  forms: {
    '/contacts/confirmation': members,
    '/contacts/tests': ['secretariat'],
    '/contacts/:id': ['secretariat', 'bcp_contact'],
    '/contacts/:id/move': ['secretariat', 'bcp_contact'],
    '/contacts/:id/removal': ['secretariat', 'bcp_contact'],
    '/contacts/:id/voided-links': ['secretariat', 'bcp_contact'],
    '/contacts/addresses/:id/code': ['secretariat', 'bcp_contact'],
    '/contacts/addresses/:id/verification': ['secretariat', 'bcp_contact'],
    '/contacts/addresses/:id/call': ['secretariat', 'bcp_contact'],
    '/contacts/addresses/:id/rotation': ['secretariat', 'bcp_contact'],
    '/contacts/addresses/:id/enabling': ['secretariat', 'bcp_contact'],
    '/institutions': ['secretariat'],
    '/districts': ['secretariat'],
    '/institutions/check': ['secretariat'],
    '/institutions/:id': ['secretariat'],
    '/institutions/:id/check': ['secretariat'],
    '/institutions/:id/contacts': ['secretariat'],
    // Everyone may take along their colleagues' numbers.
    '/directory/export': roles,
    '/contact-points/:id': ['secretariat', 'bcp_contact'],
    '/contact-points/:id/place': ['secretariat', 'bcp_contact'],
    '/exchange': members,
    '/exchange/:id/agreement': members,
    '/exchange/:id/confirmation': members,
    '/exchange/:id/end': members,
    '/attestations': ['secretariat'],
    '/attestations/check': ['secretariat'],
    '/attestations/:id/reminders': ['secretariat'],
    '/attestations/:id/closing': ['secretariat'],
    '/attestations/:id/answer': members,
  },
  unshown: { '/find': 'it leads on to the institution or to the search; src/directory/search asks for it' },
  own_pages: {
    '/contacts/:id': entry,
    '/contacts/addresses/:id': entry,
    '/institutions/:id/edit': {
      own: only(['secretariat', 'institution_administrator'], 403),
      other: only(['secretariat'], 403),
    },
    '/institutions/:id/contacts': { own: only(roles, 404), other: only(inPeacetime, 404) },
    '/institutions/:id/contacts/new': entry,
    '/exchange/:id': { own: only(members, 403), other: only(members, 403, 404) },
  },
  own_forms: {
    '/contacts/:id': entryForm,
    '/contacts/:id/move': entryForm,
    '/contacts/addresses/:id/code': entryForm,
    '/contacts/addresses/:id/verification': entryForm,
    '/contacts/addresses/:id/call': entryForm,
    '/contacts/addresses/:id/rotation': entryForm,
    '/contacts/addresses/:id/enabling': entryForm,
    '/institutions/:id': administrators,
    '/institutions/:id/check': administrators,
    '/institutions/:id/contacts': entryForm,
    '/exchange/:id/agreement': betweenTwo,
    '/exchange/:id/confirmation': betweenTwo,
    '/exchange/:id/end': betweenTwo,
    '/contacts/:id/voided-links': entryForm,
    // The last one: even an empty form removes the contact.
    '/contacts/:id/removal': entryForm,
  },
  async shown({ contact }) {
    const found = (await contact.get('/exchange/new?q=SEC-002')).text
    const [, partner = ''] = /name="institution_id"[^>]*value="([0-9a-f-]{36})"/.exec(found) ?? []
    const agreed = { institution_id: partner, reason: '緊急時に直接連絡するため' }
    const exchange = sentTo(await contact.post('/exchange', agreed))
    const [, point = ''] =
      /href="(\/contact-points\/[0-9a-f-]{36})" class/.exec((await contact.get('/contact-points')).text) ??
      /href="(\/contact-points\/[0-9a-f-]{36})"/.exec((await contact.get('/contact-points')).text) ??
      []
    return [
      { name: 'exchanges', path: '/exchange', who: 'contact' },
      { name: 'exchange', path: exchange, who: 'contact' },
      { name: 'contact-point', path: point, who: 'contact' },
      { name: 'contact-point-edit', path: `${point}/edit`, who: 'contact' },
    ]
  },
} satisfies Wing
