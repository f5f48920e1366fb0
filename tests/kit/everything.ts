import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { seal } from '#access/sso/seal.ts'
import { linkToken, takeSteps } from '#delivery/deliveries/index.ts'
import { root } from '#ground/config/root.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { noticeForm, release, writeNotice, written } from './notice.ts'
import { sameOrigin, type TestSite } from './site.ts'

type Client = TestSite['nobody']

/** Lets one of everything come to be, through the forms that people use; gives their ids by the path before them. */
export async function oneOfEverything(
  site: TestSite,
  {
    secretariat,
    secretariat_approver,
    bcp_contact,
  }: { secretariat: Client; secretariat_approver: Client; bcp_contact: Client },
) {
  const { db } = site
  const ids: Record<string, string> = {}
  const take = async (client: Client, at: string, form: Record<string, string>) => {
    const answer = await client.post(at, form)
    assert.equal(
      answer.status,
      303,
      `${at}: ${answer.status} ${(await answer.text()).replace(/<[^>]*>/g, ' ').slice(0, 2000)}`,
    )
    return answer.headers.get('location') ?? ''
  }
  await take(secretariat, '/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  const one = async (table: 'telegram' | 'proposal' | 'criterion') =>
    (await db.selectFrom(table).select('id').limit(1).executeTakeFirstOrThrow()).id
  ids['/telegrams'] = await one('telegram')
  ids['/proposals'] = await one('proposal')
  ids['/criteria'] = await one('criterion')
  ids['/demo/mail'] = 'none.eml'
  ids['/account/passkeys'] = randomUUID()
  ids['/account/sessions'] = randomUUID()
  ids['/account/notifications'] = randomUUID()
  const style = (await (await site.nobody.get('/sign-in')).text()).match(/\/assets\/([a-zA-Z0-9-]+\.css)/)?.[1]
  ids['/assets'] = style ?? ''
  const other = await db.selectFrom('institution').select('id').where('code', '=', 'CB').executeTakeFirstOrThrow()
  ids['/institutions'] = other.id
  const grant = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('institution_id', '=', other.id)
    .select(['role_grant.id', 'person_id'])
    .limit(1)
    .executeTakeFirstOrThrow()
  ids['/people'] = grant.person_id
  ids['/grants'] = grant.id
  const roster = new FormData()
  roster.set('roster', new File([await readFile(new URL('docs/roster-sample.csv', root))], 'a.csv'))
  const preview = await secretariat.send('POST', '/roster/import', roster, sameOrigin)
  ids['/roster/import'] = preview.headers.get('location')?.split('/')[3] ?? ''

  const call = await db
    .selectFrom('contact_address as address')
    .innerJoin('institution', 'institution.id', 'address.institution_id')
    .where('institution.code', '=', 'EXC-1')
    .where('means', '=', 'mail')
    .select(['address.id', 'address.contact_id'])
    .orderBy('address.address')
    .executeTakeFirstOrThrow()
  ids['/contacts'] = call.contact_id
  ids['/contacts/addresses'] = call.id
  const tested = await take(secretariat, '/contacts/tests', { scope: 'all', idempotency_key: randomUUID() })
  ids['/contacts/tests'] = tested.split('/')[3] ?? ''

  const now = Date.now()
  const opened = await take(secretariat, '/situations', {
    criterion: `${ids['/criteria']}:1`,
    mode: 'actual',
    hazard: 'earthquake',
    title_ja: '架空の地震',
    event_at: toCivilInput(new Date(now - 600_000)),
    recovery_minutes: '120',
    update_minutes: '30',
    reason: '試験',
    idempotency_key: randomUUID(),
  })
  ids['/situations'] = opened.split('/')[2] ?? ''
  const asking = noticeForm({
    kind: 'report_request',
    belongs_to: ids['/situations'],
    answer_wanted: 'report',
    answer_by: toCivilInput(new Date(now + 3_600_000)),
  })
  const asked_at = await written(
    await writeNotice(secretariat, asking, [new File(['架空の添付'], '架空.txt', { type: 'text/plain' })]),
  )
  await release(asked_at, { author: secretariat, releaser: secretariat_approver })
  ids['/notices'] = asked_at.split('/')[2] ?? ''
  const { round_id, attachment_id } = await db
    .selectFrom('notice')
    .innerJoin('notice_attachment', 'notice_attachment.notice_id', 'notice.id')
    .where('notice.id', '=', ids['/notices'])
    .select(['round_id', 'notice_attachment.id as attachment_id'])
    .executeTakeFirstOrThrow()
  ids['/rounds'] = round_id ?? ''
  await takeSteps(site.tools, ['mail'])
  const delivery = await db.selectFrom('delivery').select('id').limit(1).executeTakeFirstOrThrow()
  ids['/deliveries'] = delivery.id
  for (const page of ['institutions', 'report-for']) ids[`/rounds/${round_id}/${page}`] = other.id
  ids[`/notices/${ids['/notices']}/attachments`] = attachment_id
  ids['/inbox'] = ids['/notices']
  ids['/ladders'] = 'routine'
  ids['/ladders/routine'] = 'all'
  const template = { ...noticeForm(), name_ja: '架空のひな形', name_en: 'Fictional', code: randomUUID() }
  ids['/notice-templates'] = (await take(secretariat, '/notice-templates', template)).split('/')[2] ?? ''
  ids['/notices/drafts'] = (await written(await writeNotice(secretariat, noticeForm()))).split('/')[2] ?? ''
  const asked_of = await db
    .selectFrom('recipient')
    .where('notice_id', '=', ids['/notices'])
    .select(['id', 'receipt_id', 'number'])
    .orderBy('number')
    .limit(1)
    .executeTakeFirstOrThrow()
  ids['/calls'] = asked_of.receipt_id
  ids['/a'] = linkToken(site.tools.config.secret, asked_of.number)
  const came = {
    channel: 'mail' as const,
    message_id: '<1@firm.example>',
    sender: 'x@firm.example',
    subject: '',
    text: '?',
  }
  const reply = await db
    .insertInto('reply')
    .values({
      ...{ ...came, finding: 'unclear', recipient_id: asked_of.id, receipt_id: asked_of.receipt_id },
      ...{ received_at: new Date(now), settled_how: null, settled_by: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  ids['/replies'] = reply.id
  const report = await take(bcp_contact, `${opened}/report`, { all_normal: 'yes', idempotency_key: randomUUID() })
  ids['/reports'] = report.split('/')[2]?.replace(/\?.*/, '') ?? ''
  const chosen = { text_ja: '取引は通常どおりです', idempotency_key: randomUUID() }
  const check = await (await secretariat.post(`${opened}/publication/check`, chosen)).text()
  const seen = /name="seen" value="([^"]*)"/.exec(check)?.[1] ?? ''
  const published = await take(secretariat, `${opened}/publications`, { ...chosen, seen })
  ids['/publications'] = published.split('/')[2] ?? ''
  const attestation = await take(secretariat, '/attestations', {
    text_ja: '確かめてください',
    text_en: 'Please check',
    answer_by: toCivilInput(new Date(now + 86_400_000)),
    idempotency_key: randomUUID(),
  })
  ids['/attestations'] = attestation.split('/')[2] ?? ''
  const exchange = await take(bcp_contact, '/exchange', { institution_id: other.id, reason: '試験' })
  ids['/exchange'] = exchange.split('/')[2] ?? ''
  const notice = await take(secretariat, '/official-notices', {
    issuer: '架空市場監督庁',
    issued_on: '2027-01-15',
    title: '架空の通達',
    body: '本文',
    idempotency_key: randomUUID(),
  })
  const invited = {
    institution_code: 'SEC-001',
    name_ja: '架空 花子',
    email: 'new@sokyu.example',
    roles: 'bcp_contact',
    reason: '交代',
    idempotency_key: randomUUID(),
  }
  assert.equal((await secretariat.post('/invitations', invited)).status, 200)
  ids['/invitations'] = (await db.selectFrom('invitation').select('id').executeTakeFirstOrThrow()).id
  const asked = {
    email: 'council@sokyu.example',
    reason: '紛失',
    identity_check: '電話',
    idempotency_key: randomUUID(),
  }
  ids['/recoveries'] = (await take(secretariat, '/recoveries', asked)).split('/')[2] ?? ''
  const saved = { name_ja: '架空の宛先', name_en: 'Fictional', everyone: 'yes', idempotency_key: randomUUID() }
  ids['/audiences'] = (await take(secretariat, '/audiences', saved)).split('/')[2] ?? ''
  ids['/official-notices'] = notice.split('/')[2] ?? ''

  const { id: person_id } = await site.accountOf('secretariat')
  const stamp = { created_by: person_id, created_at: new Date(), changed_by: person_id, changed_at: new Date() }
  const provider = {
    institution_id: other.id,
    kind: 'oidc' as const,
    domain: 'firm.example',
    issuer: 'https://127.0.0.1',
  }
  const { id } = await db
    .insertInto('sso_provider')
    .values({ ...provider, ...stamp, client_id: 'noroshi' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('sso_secret')
    .values({ provider_id: id, sealed: seal(site.tools.config.secret, id, 'fictional') })
    .execute()
  for (const before of ['/sso', '/sign-in/sso/callback', '/sign-in/sso/metadata']) ids[before] = id
  return ids
}
