import assert from 'node:assert/strict'
import * as access from './samples/access.ts'
import * as asking from './samples/asking.ts'
import * as commandCentre from './samples/command-centre.ts'
import * as delivery from './samples/delivery.ts'
import * as directory from './samples/directory.ts'
import * as forum from './samples/forum.ts'
import * as ground from './samples/ground.ts'
import * as hazards from './samples/hazards.ts'
import * as library from './samples/library.ts'
import { type Firm, type FirmSample, type Making, type MarketSample, sendTo, type Table } from './samples/making.ts'
import * as people from './samples/people.ts'
import * as publicPage from './samples/public.ts'
import * as status from './samples/status.ts'
import * as telling from './samples/telling.ts'
import type { TestSite } from './site.ts'

/** What the market has one of. */
const ofTheMarket = {
  address_test: directory.anAddressTest,
  attempt: access.anAttempt,
  attempt_refusal: access.anAttemptRefusal,
  attestation: directory.anAttestation,
  attestation_letters: directory.attestationLetters,
  audience_group: telling.anAudience,
  audience_group_now: ({ one }) => one('audience_group'),
  bounce: directory.aBounce,
  break_glass_code: people.aBreakGlassCode,
  break_glass_miss: people.aBreakGlassMiss,
  break_glass_set: people.aBreakGlassSet,
  channel_state: delivery.aChannelState,
  criterion: ({ first }) => first('criterion'),
  criterion_now: ({ one }) => one('criterion'),
  feed: hazards.aFeed,
  fetched: hazards.aFetched,
  improvement: forum.anImprovement,
  improvement_now: ({ one }) => one('improvement'),
  known_address: access.aKnownAddress,
  ladder: ({ first }) => first('ladder'),
  ladder_now: ({ one }) => one('ladder'),
  letter: ground.aLetter,
  notice: telling.aNotice,
  notice_attachment: telling.anAttachment,
  notice_template: telling.aTemplate,
  notice_template_now: ({ one }) => one('notice_template'),
  notice_upload: telling.anUpload,
  official_notice: library.anOfficialNotice,
  pack: commandCentre.aPack,
  proposal: hazards.aProposal,
  publication: publicPage.aPublication,
  recovery: people.aRecovery,
  register_comment: forum.aComment,
  register_file: forum.aFile,
  register_item: ({ one }) => one('improvement'),
  register_link: forum.aLink,
  register_review: forum.aReview,
  register_review_now: ({ one }) => one('register_review'),
  rejected_telegram: hazards.aRejectedTelegram,
  rendering: delivery.aRendering,
  roster_upload: directory.aRosterUpload,
  round: asking.aRound,
  setting: ground.aSetting,
  situation: status.aSituation,
  sso_provider: access.aProvider,
  sso_request: access.aProviderRequest,
  sso_secret: access.aProviderSecret,
  sso_verification: access.aProviderVerification,
  telegram: hazards.aTelegram,
  verification: access.aVerification,
} satisfies Partial<Record<Table, MarketSample>>

/** What each institution, or its contact, has one of. */
const ofAFirm = {
  address_code: directory.anAddressCode,
  answer: delivery.anAnswer,
  attestation_asked: directory.anAttestationAsked,
  call: asking.aCall,
  call_claim: asking.aCallClaim,
  contact: directory.aContact,
  contact_address: directory.anAddress,
  contact_card: directory.aContact,
  contact_exchange: directory.anExchange,
  credential: ({ first }) => first('credential'),
  delivery: delivery.aDelivery,
  institution: async (_, { person }) => person.institution_id,
  institution_function: async (_, { person }) => person.institution_id,
  institution_market: async (_, { person }) => person.institution_id,
  invitation: people.anInvitation,
  passkey: access.aPasskey,
  person: async (_, { person }) => person.id,
  push_subscription: delivery.aDevice,
  reading: ground.aReading,
  receipt: delivery.aReceipt,
  recipient: delivery.aRecipient,
  reply: asking.aReply,
  report: status.aReport,
  role_grant: access.aGrant,
  session: access.aSession,
  site: ({ first }) => first('site'),
  sso_subject: access.aSubject,
  trail: ({ first }) => first('trail'),
  two_factor: access.aSecondFactor,
  webhook_endpoint: delivery.aWebhook,
} satisfies Partial<Record<Table, FirmSample>>

/** A sample of each table: a new one is added here, to the list of what the market has or of what each institution has. */
export const samples = { ...ofTheMarket, ...ofAFirm } satisfies Record<Table, FirmSample>
export const tables = Object.keys(samples) as Table[]
const isOfAFirm = (table: Table) => table in ofAFirm

/** Makes samples in this site, each when it is first asked for. */
export async function openSamples(site: TestSite): Promise<Making> {
  const made = new Map<string, Promise<string>>()
  const { secretariat: desk, secretariat_approver: approver } = await site.people('secretariat', 'secretariat_approver')
  const of = (firm: Firm, table: Table) => {
    const key = isOfAFirm(table) ? `${table} ${firm.person.id}` : table
    const known = made.get(key) ?? (samples[table] as FirmSample)(make, firm)
    made.set(key, known)
    return known
  }
  const make: Making = {
    site,
    desk,
    approver,
    at: site.tools.clock(),
    of,
    one(table) {
      assert.ok(!isOfAFirm(table), `whose ${table}?`)
      return of(desk, table)
    },
    async first(table) {
      const row = await site.db.selectFrom(table).selectAll().limit(1).executeTakeFirst()
      assert.ok(row, `no ${table}`)
      return 'id' in row ? row.id : ''
    },
    send: sendTo(site),
  }
  return make
}

/** A contact of an institution of the demo market, signed in: who came first, or who came last. */
export async function firmOf(site: TestSite, of: { code: string } | { id: string }, who: 'first' | 'last' = 'first') {
  const [[column, value] = []] = Object.entries(of)
  const { id } = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where(`institution.${column as 'code' | 'id'}`, '=', value ?? '')
    .where('role_grant.role', '=', 'bcp_contact')
    .select(['person.id', 'person.email'])
    .orderBy('person.created_at', who === 'first' ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return site.personOf(id)
}

/** Lets every table have rows: one of what the market has, one of both firms of what each has. */
export async function fillTables(make: Making, firms: readonly Firm[]) {
  for (const table of tables) for (const firm of firms) await make.of(firm, table)
}
