import { linkToken } from '#delivery/deliveries/index.ts'
import type { FirmSample, MarketSample } from './making.ts'
import { desk, desks, desksAndAuditor, everyone, overview, type Wing } from './wing.ts'

/** Asked for by the sample's notice. */
const aRound: MarketSample = async ({ site, one }) => {
  const { round_id } = await site.db
    .selectFrom('notice')
    .where('id', '=', await one('notice'))
    .select('round_id')
    .executeTakeFirstOrThrow()
  return round_id ?? ''
}

/** To the sample's notice, and not to be understood. */
const aReply: FirmSample = async (make, firm) => {
  const recipient_id = await make.of(firm, 'recipient')
  const { id } = await make.site.db
    .insertInto('reply')
    .values({
      ...{ channel: 'mail', message_id: `<${recipient_id}@firm.example>`, sender: 'x@firm.example', subject: '' },
      ...{ text: '?', finding: 'unclear', recipient_id, receipt_id: await make.of(firm, 'receipt') },
      ...{ received_at: make.at, settled_how: null, settled_by: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const aCall: FirmSample = async (make, firm) => {
  const { id } = await make.site.db
    .insertInto('call')
    .values({
      ...{ receipt_id: await make.of(firm, 'receipt'), recipient_id: await make.of(firm, 'recipient') },
      ...{ institution_id: firm.person.institution_id, outcome: 'busy', called_by: make.desk.person.id },
      ...{ called_at: make.at, idempotency_key: crypto.randomUUID() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const aCallClaim: FirmSample = async (make, firm) => {
  const receipt_id = await make.of(firm, 'receipt')
  const claim = { claimed_by: make.desk.person.id, claimed_until: make.at }
  await make.site.db
    .insertInto('call_claim')
    .values({ receipt_id, ...claim })
    .execute()
  return receipt_id
}

/** The link of an answer without a sign-in, as this firm got it with the sample's notice. */
const aLink: FirmSample = async (make, firm) => {
  const { number } = await make.site.db
    .selectFrom('recipient')
    .where('id', '=', await make.of(firm, 'recipient'))
    .select('number')
    .executeTakeFirstOrThrow()
  return linkToken(make.site.tools.config.secret, number)
}

/** Made by the desk for the central bank's system. */
const aDropKey: FirmSample = async ({ site, desk, at }, firm) => {
  const institution_id = firm.person.institution_id
  await site.db
    .insertInto('drop_key')
    .values({ institution_id, generation: 1, is_on: true, set_by: desk.person.id, set_at: at })
    .execute()
  return institution_id
}

/** A file that nobody could read. */
const anInboundFile: FirmSample = async ({ site, at }, firm) => {
  const file = { name: 'x.json', digest: '0'.repeat(64), outcome: 'refused', reason: 'cut_off' } as const
  const nothing = { mode: null, situation_id: null, report_id: null, stands_id: null }
  const whose = { id: crypto.randomUUID(), institution_id: firm.person.institution_id }
  const said = { said_ja: '途中で切れています', said_en: 'It is cut off', taken_at: at }
  const { id } = await site.db
    .insertInto('inbound_file')
    .values({ ...file, ...nothing, ...whose, ...said })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const asking = {
  tables: {
    drop_key: { each: aDropKey, seen: 'nothing' },
    inbound_file: { each: anInboundFile, seen: 'nothing' },
    call: { each: aCall, seen: 'own' },
    call_claim: { each: aCallClaim, seen: 'nothing' },
    reply: { each: aReply, seen: 'nothing' },
    round: { one: aRound, seen: 'nothing' },
  },
  things: {
    '/rounds': { market: 'round' },
    '/rounds/:id/institutions': { market: 'institution', asked: 'CB' },
    '/rounds/:id/report-for': { market: 'institution', asked: 'CB' },
    // The call list and the replies are the desk's.
    '/calls': { market: 'receipt' },
    '/replies': { market: 'reply' },
    // Whose link it is, whoever holds it.
    '/a': { market: aLink },
  },
  pages: {
    // Sent on to the notice that asks.
    '/situations/:id/ask': { ...desk, secretariat: 303 },
    '/rounds/:id': overview,
    '/rounds/:id/close': desk,
    '/rounds/:id/institutions/:institution': overview,
    '/rounds/:id/report-for/:institution': desk,
    '/calls': desksAndAuditor,
    '/calls/sheet': desksAndAuditor,
    '/calls/:id': desksAndAuditor,
    '/replies': desksAndAuditor,
    '/drop': desksAndAuditor,
    '/drop.csv': desksAndAuditor,
    // Whoever holds the link answers, signed in or not.
    '/a/:token': everyone(),
  },
  forms: {
    '/rounds/:id/calls': desks,
    '/rounds/:id/chase': ['secretariat'],
    '/rounds/:id/close': ['secretariat'],
    '/rounds/:id/report-for/:institution': ['secretariat'],
    '/calls/:id/claim': desks,
    '/calls/:id/calls': desks,
    '/calls/:id/listing': desks,
    '/calls/:id/answer': ['secretariat'],
    '/replies/:id/settlement': ['secretariat'],
    '/drop/keys': ['secretariat'],
    '/drop/keys/ending': ['secretariat'],
    '/a/:token': 'anyone',
    '/gateway/sms': 'anyone',
  },
  unshown: { '/situations/:id/ask': 'leads on to the notice that asks' },
} satisfies Wing
