import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { roles } from '#ground/rights/person.ts'
import { countsOf } from '../kit/counts.ts'
import { oneOfEverything } from '../kit/everything.ts'
import { sameOrigin, type TestSite, testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'

type Client = TestSite['nobody']
type Reader = Role | 'nobody'

let site: TestSite
const as = {} as Record<Reader, Client>
/** What stands for the parameter of each route, by the path before it. */
const ids: Record<string, string> = {}

before(async () => {
  site = await testSite()
  const people = await site.people(...roles)
  for (const role of roles) as[role] = people[role].client
  as.nobody = site.nobody
  Object.assign(ids, await oneOfEverything(site, people.bcp_contact))
})
after(() => site.close())

/** What a reader gets: a page, the way to the sign-in or onward, no right, or nothing. */
type Row = Record<Reader, 200 | 303 | 403 | 404 | 409>
const everyone = (code: 200 | 403 | 404 = 200): Row => ({
  ...(Object.fromEntries(roles.map((role) => [role, code])) as Row),
  nobody: code,
})
/** Where everyone is sent elsewhere: signed in fully, they need not go there. */
const everyone303 = (): Row => ({
  ...(Object.fromEntries(roles.map((role) => [role, 303])) as Row),
  nobody: 303,
})
const readers = (...allowed: Role[]): Row => ({
  ...(Object.fromEntries(roles.map((role) => [role, allowed.includes(role) ? 200 : 403])) as Row),
  nobody: 303,
})
const all = readers(...roles)
const desk = readers('secretariat')
const desks = ['secretariat', 'secretariat_approver'] as const
const overviewers = [...desks, 'command_centre_member', 'authority', 'auditor'] as const
/** Who is sent on from a page that has done its work. */
const sent = (...allowed: Role[]): Row => ({
  ...(Object.fromEntries(roles.map((role) => [role, allowed.includes(role) ? 303 : 403])) as Row),
  nobody: 303,
})
const rules = readers(...overviewers, 'observer', 'council_member')
/** Where the others are not told that there is such a thing. */
const hidden = (...allowed: Role[]): Row => ({
  ...(Object.fromEntries(roles.map((role) => [role, allowed.includes(role) ? 200 : 404])) as Row),
  nobody: 303,
})
const overview = readers(...overviewers)
/** Who speaks for an institution. */
const members = ['bcp_contact', 'institution_administrator'] as const
/** Of the BCP contact's institution; the administrator is another's. */
const exchangeRow: Row = { ...readers('bcp_contact'), institution_administrator: 404 }
const overviewAndObserver = readers(...overviewers, 'observer')

const table: Record<string, Row> = {
  '/healthz': everyone(),
  '/readyz': everyone(),
  '/assets/:name{[a-zA-Z0-9-]+\\.(?:css|js|svg)}': everyone(),
  '/service-worker.js': everyone(),
  '/noroshi.webmanifest': everyone(),
  '/sign-in': { ...(Object.fromEntries(roles.map((role) => [role, 303])) as Row), nobody: 200 },
  '/sign-in/code': everyone303(),
  '/live': all,
  // Who has just signed in has nothing to confirm and is sent on.
  '/sign-in/confirm': { ...(Object.fromEntries(roles.map((role) => [role, 303])) as Row), nobody: 303 },
  '/account/sessions': all,
  '/settings': desk,

  '/account': all,
  '/account/set-up': everyone303(),
  '/account/passkeys/:id': hidden(),
  '/account/password': all,
  '/account/second-factor': all,
  '/account/notifications': all,

  '/demo/components': everyone(),
  '/demo/telegrams': desk,
  '/demo/mail': everyone(),
  '/demo/mail/:name': everyone(404),
  '/demo/mail/:name/html': everyone(404),

  '/home': all,
  '/situations': all,
  '/command-centre/new': desk,
  '/situations/:id': all,
  '/situations/:id/close': desk,
  // Sent on to the notice that asks.
  '/situations/:id/ask': { ...desk, secretariat: 303 },
  '/situations/:id/report': readers('bcp_contact'),
  '/situations/:id/board': all,
  '/situations/:id/publication': desk,
  '/publications/:id': overview,
  '/rounds/:id': overview,
  '/rounds/:id/close': desk,
  '/rounds/:id/institutions/:institution': overview,
  '/rounds/:id/report-for/:institution': desk,
  '/notices': overview,
  '/notices/new': desk,
  // Who does not look at the whole market is sent on to the inbox.
  '/notices/:id': { ...sent(...roles), ...Object.fromEntries(overviewers.map((role) => [role, 200])) },
  '/notices/:id/attachments/:attachment': all,
  // It was released: nothing is left to be checked or changed.
  '/notices/:id/check': { ...sent(...desks, 'auditor'), nobody: 303 },
  '/notices/:id/answers': overview,
  '/notices/:id/institutions': { ...sent(...desks, 'auditor'), nobody: 303 },
  '/notices/:id/edit': { ...readers(), secretariat: 409 },
  '/notices/:id/mail': readers(...desks, 'auditor'),

  '/report': readers('bcp_contact'),
  // It says nothing of anyone: a script reads what waits on the device.
  '/report/waiting': everyone(),
  '/board': all,
  // The report of an exchange, seen by that exchange and by who may see every report.
  '/reports/:id': hidden(...overviewers, 'bcp_contact'),

  '/proposals/:id': overviewAndObserver,
  '/criteria': rules,
  '/criteria/new': desk,
  '/criteria/:id': rules,
  '/telegrams': overviewAndObserver,
  '/telegrams/:id': overviewAndObserver,
  '/telegrams/:id/xml': overviewAndObserver,

  '/contacts': all,
  '/contacts/gaps': overview,
  '/contacts/tests': overview,
  '/contacts/tests/:id': overview,
  // Of the exchange, whose people may change it.
  '/contacts/:id': readers('secretariat', 'bcp_contact'),
  '/contacts/addresses/:id': readers('secretariat', 'bcp_contact'),
  '/institutions/:id/contacts': hidden(...overviewers),
  '/institutions/:id/contacts/new': desk,
  '/institutions': all,
  '/roster/import': desk,
  '/roster/import/result': desk,
  '/roster/import/sample.csv': desk,
  '/roster/import/institutions.csv': desk,
  '/roster/import/contacts.csv': desk,
  '/roster/import/:id': desk,
  '/roster/export': readers('secretariat', 'command_centre_member', 'bcp_contact', 'institution_administrator'),
  '/institutions/new': desk,
  '/institutions/:id/edit': desk,
  // A contact sees their own; this one is another's.
  '/institutions/:id': hidden(...overviewers),
  '/directory': all,
  '/directory/offline': all,
  '/exchange': readers(...members),
  '/exchange/new': readers(...members),
  // Proposed by the BCP contact's institution to another; both are the contact's and its administrator's to see if they are of it.
  '/exchange/:id': exchangeRow,
  '/attestations': all,
  '/attestations/new': desk,
  '/attestations/:id': overview,
  '/attestations/:id/answer': readers(...members),
  '/official-notices': all,
  '/official-notices.csv': all,
  '/official-notices/new': desk,
  '/official-notices/:id': all,
  '/improvements': all,
  '/improvements.csv': all,
  '/improvements/new': readers(...desks),
  '/improvements/:id': all,
  '/improvements/:id/edit': readers(...desks),
  '/improvements/:id/files/:file': all,
  '/inbox': all,
  // Sent to every institution.
  '/inbox/:id': all,
  '/notice-templates': readers(...desks, 'auditor'),
  '/notice-templates/new': desk,
  '/notice-templates/:code': readers(...desks, 'auditor'),
  '/notice-templates/:code/edit': desk,
  '/ladders': overview,
  '/ladders/:severity/:scope': desk,
  '/audiences': readers(...desks, 'auditor'),
  '/audiences/new': desk,
  '/audiences/:id': readers(...desks, 'auditor'),
  '/audiences/:id/edit': desk,
  '/audiences/:id/institutions': readers(...desks, 'auditor'),
  '/notices/:id/deliveries': readers(...desks, 'auditor'),
  '/deliveries/:id': readers(...desks, 'auditor'),
  // The command centre is open while this is asked.
  '/pack': readers(...desks, 'command_centre_member'),
  '/trail': readers(...desks, 'auditor'),
  '/calls': readers(...desks, 'auditor'),
  '/calls/sheet': readers(...desks, 'auditor'),
  '/calls/:id': readers(...desks, 'auditor'),
  '/replies': readers(...desks, 'auditor'),
  // Whoever holds the link answers, signed in or not.
  '/a/:token': everyone(),

  '/sso': desk,
  '/sso/new': desk,
  '/sso/:id': desk,
  '/sign-in/sso': { ...(Object.fromEntries(roles.map((role) => [role, 303])) as Row), nobody: 200 },
  // Without the cookie of a way that was begun, nobody comes in.
  '/sign-in/sso/callback/:id': everyone(403),
  '/sign-in/sso/answer': everyone(403),
  // This one speaks OpenID Connect and has no SAML metadata.
  '/sign-in/sso/metadata/:id': everyone(404),
  // An id that nobody has looks like every other: no 404 here.
  '/invitations/:invitation{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}': everyone(),
  '/sign-in/break-glass': everyone(),
  '/invitations': readers('secretariat', 'institution_administrator'),
  '/invitations/new': readers('secretariat', 'institution_administrator'),
  '/recoveries': readers(...desks, 'auditor'),
  '/recoveries/new': readers(...desks),
  '/recoveries/:id': readers(...desks, 'auditor'),
  '/break-glass': readers(...desks, 'auditor'),
  '/trail.csv': readers(...desks, 'auditor'),
  '/trail/readings': readers(...desks, 'auditor'),

  '/rights': readers(...desks, 'auditor'),
  '/rights/at': readers(...desks, 'auditor'),
  '/rights/review': desk,
  '/people': readers('secretariat', 'institution_administrator'),
  // An administrator sees their own people; this one is another's.
  '/people/:id': { ...desk, institution_administrator: 404 },
  '/people/:id/end': { ...desk, institution_administrator: 404 },
  '/grants/:id/end': { ...desk, institution_administrator: 404 },
}

const gets = () =>
  new Set(site.app.routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('*')).map(({ path }) => path))
const addressOf = (path: string) => {
  if (path === '/live') return '/live?topic=/home'
  return path
    .split('/')
    .slice(1)
    .reduce((before, part) => `${before}/${part.startsWith(':') ? ids[before] : part}`, '')
}

test('S0-30 every page that can be asked for has its line in the table of rights', () => {
  stands(gets(), Object.keys(table), 'tests/house/rights.test.ts: say in `table` what each role gets there.')
})

for (const [path, row] of Object.entries(table))
  test(`S0-30 ${path} is answered by role`, async () => {
    const got: Record<string, number> = {}
    for (const reader of [...roles, 'nobody'] as const) {
      const answer = await as[reader].get(addressOf(path))
      got[reader] = answer.status
      await answer.body?.cancel()
    }
    assert.deepEqual(got, row)
    assert.deepEqual(site.reported, [])
  })

/** Every form, with what each role gets for sending it empty: 403 without the right, something else with it. */
const forms: Record<string, readonly Role[]> = {
  '/account/passkeys/options': roles,
  '/account/passkeys': roles,
  '/account/passkeys/:id': roles,
  '/account/passkeys/:id/removal': roles,
  '/account/password': roles,
  '/account/second-factor': roles,
  '/account/second-factor/confirmation': roles,
  '/account/second-factor/removal': roles,
  '/account/recovery-codes': roles,
  '/account/notifications': roles,
  '/account/notifications/:id/end': roles,
  '/sign-in/confirm': roles,
  '/account/sessions/:id/end': roles,
  '/account/sessions/end-others': roles,
  '/settings': ['secretariat'],
  '/settings/sessions/end': ['secretariat'],
  '/demo/telegrams': ['secretariat'],
  '/situations': ['secretariat'],
  '/situations/:id/phase': ['secretariat'],
  '/situations/:id/return': ['secretariat'],
  '/situations/:id/close': ['secretariat'],
  '/rounds/:id/calls': desks,
  '/rounds/:id/chase': ['secretariat'],
  '/rounds/:id/close': ['secretariat'],
  '/rounds/:id/report-for/:institution': ['secretariat'],
  '/notices': ['secretariat'],
  '/notices/:id': ['secretariat'],
  '/notices/:id/submission': ['secretariat'],
  '/notices/:id/drop': ['secretariat'],
  '/notices/:id/withdrawal': ['secretariat'],
  '/notices/:id/release': desks,
  '/notices/:id/return': desks,
  '/situations/:id/report': ['bcp_contact'],
  '/situations/:id/publication': ['secretariat'],
  '/situations/:id/publication/check': ['secretariat'],
  '/situations/:id/publications': ['secretariat'],
  '/report': ['bcp_contact'],
  '/proposals/:id/set-aside': ['secretariat'],
  '/criteria': ['secretariat'],
  '/criteria/:id': ['secretariat'],
  '/contacts/confirmation': ['institution_administrator', 'bcp_contact'],
  '/contacts/tests': ['secretariat'],
  '/contacts/:id': ['secretariat', 'bcp_contact'],
  '/contacts/:id/move': ['secretariat', 'bcp_contact'],
  '/contacts/:id/removal': ['secretariat', 'bcp_contact'],
  '/contacts/addresses/:id/code': ['secretariat', 'bcp_contact'],
  '/contacts/addresses/:id/verification': ['secretariat', 'bcp_contact'],
  '/contacts/addresses/:id/call': ['secretariat', 'bcp_contact'],
  '/contacts/addresses/:id/rotation': ['secretariat', 'bcp_contact'],
  '/contacts/addresses/:id/enabling': ['secretariat', 'bcp_contact'],
  '/institutions/:id/contacts': ['secretariat'],
  '/roster/import': ['secretariat'],
  // Everyone may take along their colleagues' numbers.
  '/directory/export': roles,
  '/exchange': members,
  '/exchange/:id/agreement': members,
  '/exchange/:id/confirmation': members,
  '/exchange/:id/end': members,
  '/attestations': ['secretariat'],
  '/attestations/check': ['secretariat'],
  '/attestations/:id/reminders': ['secretariat'],
  '/attestations/:id/closing': ['secretariat'],
  '/attestations/:id/answer': members,
  '/roster/import/:id': ['secretariat'],
  '/roster/export': ['secretariat', 'command_centre_member', 'bcp_contact', 'institution_administrator'],
  '/institutions': ['secretariat'],
  '/institutions/check': ['secretariat'],
  '/institutions/:id': ['secretariat'],
  '/institutions/:id/check': ['secretariat'],
  '/official-notices': ['secretariat'],
  '/notices/:id/answer': members,
  '/notice-templates': ['secretariat'],
  '/notice-templates/:code': ['secretariat'],
  '/notice-templates/:code/removal': ['secretariat'],
  '/ladders/:severity/:scope': ['secretariat'],
  '/ladders/:severity/:scope/check': ['secretariat'],
  '/ladders/:severity/:scope/removal': ['secretariat'],
  '/improvements': desks,
  '/improvements/:id': desks,
  '/improvements/:id/step': desks,
  '/improvements/:id/comments': [...desks, ...members, 'council_member', 'command_centre_member'],
  '/improvements/:id/links': desks,
  '/improvements/:id/links/:link/removal': desks,
  '/improvements/:id/files': desks,
  '/improvements/:id/files/:file/removal': desks,
  '/improvements/:id/reviews': desks,
  '/audiences': ['secretariat'],
  '/audiences/:id': ['secretariat'],
  '/audiences/:id/removal': ['secretariat'],
  '/notices/:id/resend': desks,
  '/invitations': ['secretariat', 'institution_administrator'],
  '/invitations/:id/code': ['secretariat', 'institution_administrator'],
  '/invitations/:id/withdrawal': ['secretariat', 'institution_administrator'],
  '/recoveries': desks,
  '/recoveries/:id/approval': desks,
  '/recoveries/:id/withdrawal': desks,
  '/break-glass/sets': ['secretariat_approver'],
  // Of another institution; rights-own.test.ts has one's own.
  '/people/:id/roles': ['secretariat'],
  '/people/:id/end': ['secretariat'],
  '/people/:id/sessions/end': ['secretariat'],
  '/grants/:id/end': ['secretariat'],
  '/rights/confirmations': ['secretariat'],
  '/pack': [...desks, 'command_centre_member'],
  '/pack/:id': [...desks, 'command_centre_member'],
  '/sso': ['secretariat'],
  '/sso/:id/test': ['secretariat'],
  '/sso/:id/activation': ['secretariat'],
  '/sso/:id/release': ['secretariat'],
  '/sso/:id/removal': ['secretariat'],
  '/calls/:id/claim': desks,
  '/calls/:id/calls': desks,
  '/calls/:id/listing': desks,
  '/calls/:id/answer': ['secretariat'],
  '/replies/:id/settlement': ['secretariat'],
}
const forAnyone = [
  '/a/:token',
  '/gateway/sms',
  '/sign-in',
  '/sign-in/code',
  '/sign-in/passkey',
  '/sign-in/passkey/options',
  '/sign-in/sso',
  '/sign-in/sso/saml2/sp/acs/:id',
  '/sign-out',
  '/language',
  '/invitations/:invitation{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}',
  '/sign-in/break-glass',
]

test('S0-30 every form that can be sent has its line in the table of rights', () => {
  const posts = site.app.routes.filter(({ method, path }) => method === 'POST' && !path.endsWith('*'))
  const paths = posts.map(({ path }) => path).filter((path) => !forAnyone.includes(path))
  stands(paths, Object.keys(forms), 'tests/house/rights.test.ts: say in `forms` which roles may send it.')
})

for (const [path, allowed] of Object.entries(forms))
  test(`S0-30 ${path} takes a form from ${allowed.join(', ')} only, and changes nothing for others`, async () => {
    for (const role of roles.filter((each) => !allowed.includes(each))) {
      const before = await countsOf(site)
      const answer = await as[role].post(addressOf(path), { name: 'vxse51-tokyo.xml', idempotency_key: randomUUID() })
      assert.equal(answer.status, 403, role)
      const { trail: lines, ...rows } = await countsOf(site)
      const { trail: lines_before, ...rows_before } = before
      assert.deepEqual([rows, lines], [rows_before, lines_before! + 1])
      assert.equal((await site.trail()).at(-1)?.action, 'access.denied')
    }
    const away = await as.nobody.post(addressOf(path))
    assert.deepEqual([away.status, away.headers.get('location')], [303, '/sign-in'])
    assert.equal((await as[allowed[0]!].post(addressOf(path), {}, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.deepEqual(site.reported, [])
  })

for (const [path, allowed] of Object.entries(forms))
  test(`${path} answers strange forms with a page, never with an error`, async () => {
    const sender = as[allowed[0]!]
    const strange: [string | FormData, string?][] = [
      ['', 'application/x-www-form-urlencoded'],
      ['a=%00&b=%E0%A4%A&__proto__=1&constructor=2&text=%F0', 'application/x-www-form-urlencoded'],
      ['{"text_ja": 1}', 'application/json'],
      ['--x\r\n', 'multipart/form-data; boundary=x'],
      ['--x', 'multipart/form-data'],
    ]
    for (const [body, type] of strange) {
      const answer = await sender.send('POST', addressOf(path), body, {
        ...sameOrigin,
        ...(type && { 'content-type': type }),
      })
      assert.ok(answer.status < 500, `${answer.status} for ${JSON.stringify(body)}`)
    }
    const address = addressOf(path).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, randomUUID())
    if (address !== addressOf(path)) assert.ok((await sender.post(address)).status < 500)
    assert.deepEqual(site.reported.splice(0), [])
  })

for (const bad of ['x', '1', '%00', randomUUID(), `${randomUUID()}x`, '%E0%A4%A', "'", '..%2f'])
  test(`a page of a thing that is called ${JSON.stringify(bad)} is a 404`, async () => {
    for (const path of gets()) {
      if (!path.includes('/:id')) continue
      const at = path.replace(':id', bad)
      if (gets().has(at)) continue
      const reader: Reader = [200, 303, 409].includes(table[path]?.secretariat ?? 403) ? 'secretariat' : 'bcp_contact'
      assert.equal((await as[reader].get(at)).status, 404, at)
    }
    assert.deepEqual(site.reported.splice(0), [])
  })
