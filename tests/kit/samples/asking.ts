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

export const asking = {
  tables: {
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
    '/a/:token': 'anyone',
    '/gateway/sms': 'anyone',
  },
  unshown: { '/situations/:id/ask': 'leads on to the notice that asks' },
} satisfies Wing
