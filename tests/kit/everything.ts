import assert from 'node:assert/strict'
import { linkToken } from '#delivery/deliveries/index.ts'
import type { Firm } from './samples/making.ts'
import { aDraft } from './samples/telling.ts'
import { firmOf, openSamples } from './samples.ts'
import type { TestSite } from './site.ts'

/** Lets one of everything that has a page come to be; gives their ids by the path before them. `firm` reports and proposes. */
export async function oneOfEverything(site: TestSite, firm: Firm): Promise<Record<string, string>> {
  const make = await openSamples(site)
  const regulator = await firmOf(site, { code: 'CB' })
  const notice = await make.one('notice')
  const round = await make.one('round')
  const institution = await make.of(regulator, 'institution')
  const asked = await site.db
    .selectFrom('recipient')
    .where('id', '=', await make.of(firm, 'recipient'))
    .select('number')
    .executeTakeFirstOrThrow()
  const style = (await (await site.nobody.get('/sign-in')).text()).match(/\/assets\/([a-zA-Z0-9-]+\.css)/)?.[1]
  assert.ok(style)
  const improvement = await make.one('improvement')
  const provider = await make.one('sso_provider')
  await make.one('sso_secret')
  return {
    '/telegrams': await make.one('telegram'),
    '/proposals': await make.one('proposal'),
    '/criteria': await make.one('criterion'),
    '/demo/mail': 'none.eml',
    '/account/passkeys': crypto.randomUUID(),
    '/account/sessions': crypto.randomUUID(),
    '/account/notifications': crypto.randomUUID(),
    '/assets': style,
    '/institutions': institution,
    '/people': await make.of(regulator, 'person'),
    '/grants': await make.of(regulator, 'role_grant'),
    '/roster/import': await make.one('roster_upload'),
    '/contacts': await make.of(firm, 'contact'),
    '/contacts/addresses': await make.of(firm, 'contact_address'),
    '/contacts/tests': await make.one('address_test'),
    '/situations': await make.one('situation'),
    '/notices': notice,
    '/rounds': round,
    [`/rounds/${round}/institutions`]: institution,
    [`/rounds/${round}/report-for`]: institution,
    '/deliveries': await make.of(firm, 'delivery'),
    [`/notices/${notice}/attachments`]: await make.one('notice_attachment'),
    '/inbox': notice,
    '/ladders': 'routine',
    '/ladders/routine': 'all',
    '/notice-templates': await make.one('notice_template'),
    '/notices/drafts': await aDraft(make),
    '/calls': await make.of(firm, 'receipt'),
    '/a': linkToken(site.tools.config.secret, asked.number),
    '/replies': await make.of(firm, 'reply'),
    '/reports': await make.of(firm, 'report'),
    '/publications': await make.one('publication'),
    '/attestations': await make.one('attestation'),
    '/exchange': await make.of(firm, 'contact_exchange'),
    '/invitations': await make.of(await firmOf(site, { code: 'SEC-001' }), 'invitation'),
    '/recoveries': await make.one('recovery'),
    '/improvements': improvement,
    [`/improvements/${improvement}/files`]: await make.one('register_file'),
    [`/improvements/${improvement}/links`]: await make.one('register_link'),
    '/audiences': await make.one('audience_group'),
    '/official-notices': await make.one('official_notice'),
    '/sso': provider,
    '/sign-in/sso/callback': provider,
    '/sign-in/sso/metadata': provider,
  }
}
