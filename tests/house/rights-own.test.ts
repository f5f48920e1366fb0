import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { roles } from '#ground/rights/person.ts'
import { idIn } from '../kit/pages.ts'
import { firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'

type Code = 200 | 303 | 403 | 404
type Things = Record<string, string>

let site: TestSite
let make: Awaited<ReturnType<typeof openSamples>>
const as = {} as Record<Role, TestSite['nobody']>
/** The things of each role's own institution, and those of one that none of them is of, by the path before the id. */
const own = {} as Record<Role, Things>
let other: Things

before(async () => {
  site = await testSite()
  make = await openSamples(site)
  const known = new Map<string, Things>()
  for (const role of roles) {
    as[role] = await site.as(role)
    const { institution_id } = await site.accountOf(role)
    const things = known.get(institution_id) ?? (await thingsOf(institution_id))
    known.set(institution_id, things)
    own[role] = things
  }
  const { id } = await site.db.selectFrom('institution').select('id').where('code', '=', 'CB').executeTakeFirstOrThrow()
  assert.ok(!known.has(id))
  other = await thingsOf(id)
})
after(() => site.close())

/** What belongs to an institution, one of each. */
async function thingsOf(id: string): Promise<Things> {
  const firm = await firmOf(site, { id }, 'last')
  const filed = await site.done(firm.client, '/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  return {
    '/exchange': await make.of(firm, 'contact_exchange'),
    '/invitations': await make.of(firm, 'invitation'),
    '/reports': idIn(filed),
    '/institutions': await make.of(firm, 'institution'),
    '/people': await make.of(firm, 'person'),
    '/grants': await make.of(firm, 'role_grant'),
    '/contacts': await make.of(firm, 'contact'),
    '/contacts/addresses': await make.of(firm, 'contact_address'),
  }
}

/** Things of the whole market, which rights.test.ts asks for: nobody's own. */
const ofTheMarket = [
  '/situations',
  '/publications',
  '/rounds',
  // Sent to everyone; src/notices/readers.test.ts has one that was sent to a few.
  '/notices',
  // For those who look after all of them; a firm's own is none of theirs to see.
  '/deliveries',
  '/proposals',
  '/criteria',
  '/telegrams',
  '/official-notices',
  '/pack',
  // The same notice, on one's own institution's page.
  '/inbox',
  '/notice-templates',
  '/ladders',
  '/audiences',
  '/improvements',
  // Whose link it is, whoever holds it; the call list and the replies are the desk's.
  '/a',
  '/calls',
  '/replies',
  '/contacts/tests',
  '/attestations',
  '/recoveries',
  '/sso',
  '/sign-in/sso/callback',
  '/sign-in/sso/metadata',
  '/sign-in/sso/saml2/sp/acs',
  // Uploaded rosters are for who uploaded them; roster/upload.test.ts asks for another's.
  '/roster/import',
  // Each person's own, which rights.test.ts asks for.
  '/account/sessions',
  '/account/passkeys',
  '/account/notifications',
  '/assets',
  '/demo/mail',
]

const entrance = '/invitations/:invitation{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
const of = (allowed: readonly Role[], code: Code): Record<Role, Code> =>
  Object.fromEntries(roles.map((role) => [role, allowed.includes(role) ? 200 : code])) as Record<Role, Code>
const overviewers = ['secretariat', 'secretariat_approver', 'command_centre_member', 'authority', 'auditor'] as const
/** The command centre's people have their eyes only while a situation is open; here none is. */
const inPeacetime = overviewers.filter((role) => role !== 'command_centre_member')
const people: Record<'own' | 'other', Record<Role, Code>> = {
  own: of(['secretariat', 'institution_administrator'], 403),
  other: { ...of(['secretariat'], 403), institution_administrator: 404 },
}

const entry = {
  own: of(['secretariat', 'institution_administrator', 'bcp_contact'], 403),
  other: of(['secretariat'], 403),
}

/** An exchange is seen by its two sides: here the institution and one that no role is of. */
const exchange = {
  own: of(['bcp_contact', 'institution_administrator'], 403),
  other: of([], 403),
}
/** What each role gets for a page about a thing of their own institution, and for the same page of another's. */
const pages: Record<string, Record<'own' | 'other', Record<Role, Code>>> = {
  '/reports/:id': { own: of(roles, 404), other: of(inPeacetime, 404) },
  '/institutions/:id': { own: of(roles, 404), other: of(inPeacetime, 404) },
  '/contacts/:id': entry,
  '/contacts/addresses/:id': entry,
  '/institutions/:id/contacts': { own: of(roles, 404), other: of(inPeacetime, 404) },
  '/institutions/:id/contacts/new': entry,
  '/institutions/:id/edit': {
    own: of(['secretariat', 'institution_administrator'], 403),
    other: of(['secretariat'], 403),
  },
  '/exchange/:id': { ...exchange, other: { ...exchange.other, bcp_contact: 404, institution_administrator: 404 } },
  // The entrance looks the same to everyone, whoever was invited.
  [entrance]: {
    own: of(roles, 200),
    other: of(roles, 200),
  },
  '/people/:id': people,
  '/people/:id/end': people,
  '/grants/:id/end': people,
}
const entryForms = { own: ['secretariat', 'institution_administrator', 'bcp_contact'], other: ['secretariat'] } as const
/** Who may send a form about a thing of their own institution, and of another's. */
const members = ['bcp_contact', 'institution_administrator'] as const
const administrators = { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] } as const
/** `hidden`: who could, if it were theirs, and is not told that there is such a thing. */
type Senders = Record<'own' | 'other', readonly Role[]> & { hidden?: readonly Role[] }
const betweenTwo: Senders = { own: members, other: [], hidden: members }
const forms: Record<string, Senders> = {
  '/exchange/:id/agreement': betweenTwo,
  '/exchange/:id/confirmation': betweenTwo,
  '/exchange/:id/end': betweenTwo,
  '/institutions/:id': administrators,
  '/institutions/:id/check': administrators,
  '/invitations/:id/code': { ...administrators, hidden: ['institution_administrator'] },
  '/invitations/:id/withdrawal': { ...administrators, hidden: ['institution_administrator'] },
  [entrance]: { own: roles, other: roles },
  '/contacts/:id': entryForms,
  '/contacts/:id/move': entryForms,
  '/contacts/addresses/:id/code': entryForms,
  '/contacts/addresses/:id/verification': entryForms,
  '/contacts/addresses/:id/call': entryForms,
  '/contacts/addresses/:id/rotation': entryForms,
  '/contacts/addresses/:id/enabling': entryForms,
  '/institutions/:id/contacts': entryForms,
  '/people/:id/roles': { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] },
  '/people/:id/end': { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] },
  '/people/:id/sessions/end': { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] },
  '/grants/:id/end': { own: ['secretariat', 'institution_administrator'], other: ['secretariat'] },
  // The last one: even an empty form removes the contact.
  '/contacts/:id/removal': entryForms,
}

const withThing = (asked: 'GET' | 'POST') => {
  const paths = site.app.routes.filter(({ method, path }) => method === asked && path.includes('/:'))
  return [...new Set(paths.map(({ path }) => path))].filter((path) => !ofTheMarket.includes(path.split('/:')[0]!))
}
const addressOf = (path: string, things: Things) => {
  const [before = '', after = ''] = path.split(/\/:[^/]+/)
  return `${before}/${things[before]}${after}`
}

test('every page and form about a thing of an institution stands here with its own and another’s', () => {
  const or = 'or, if its things are nobody’s own, add their path to `ofTheMarket`.'
  const file = 'tests/house/rights-own.test.ts: say in'
  stands(
    withThing('GET'),
    Object.keys(pages),
    `${file} \`pages\` what each role gets of their own and of another’s, ${or}`,
  )
  stands(withThing('POST'), Object.keys(forms), `${file} \`forms\` who may send it, ${or}`)
})

for (const [path, rows] of Object.entries(pages))
  for (const whose of ['own', 'other'] as const)
    test(`fault 19: ${path} of ${whose === 'own' ? 'one’s own' : 'another'} institution is answered by role`, async () => {
      const got: Record<string, number> = {}
      for (const role of roles)
        got[role] = (await as[role].get(addressOf(path, whose === 'own' ? own[role] : other))).status
      assert.deepEqual(got, rows[whose])
      assert.deepEqual(site.reported, [])
    })

for (const [path, rows] of Object.entries(forms))
  for (const whose of ['own', 'other'] as const)
    test(`fault 19: ${path} of ${whose === 'own' ? 'one’s own' : 'another'} institution takes a form from ${rows[whose].join(', ')} only`, async () => {
      for (const role of roles) {
        const answer = await as[role].post(addressOf(path, whose === 'own' ? own[role] : other))
        // Empty, so that nothing is done by those who may.
        if (rows[whose].includes(role)) assert.notEqual(answer.status, 403, role)
        else if (whose === 'other' && rows.hidden?.includes(role)) assert.equal(answer.status, 404, role)
        else assert.equal(answer.status, 403, role)
        if (answer.status === 403) assert.equal((await site.trail()).at(-1)?.action, 'access.denied')
      }
      assert.deepEqual(site.reported, [])
    })
