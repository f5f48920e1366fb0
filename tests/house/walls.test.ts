import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { showPhone } from '#directory/contacts/index.ts'
import { idIn } from '../kit/pages.ts'
import { reportForm } from '../kit/samples/status.ts'
import { expected, firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { oneOfEverything, ownThings } from '../kit/things.ts'

const said = '他社だけが知る補足'
/** What a firm's contact must not come upon: who the people of other institutions are, how they are reached, what they wrote. */
const secrets: string[] = []
/** Things of another firm, and of the market what is no firm's to see, by the path before their id. */
const theirs: Record<string, string> = {}

let site: TestSite
let firm: TestSite['nobody']
let other: TestSite['nobody']
let own_institution = ''

before(async () => {
  site = await testSite()
  const { db } = site
  const { secretariat, bcp_contact } = await site.people('secretariat', 'bcp_contact')
  const make = await openSamples(site)
  const ids = await oneOfEverything(make, bcp_contact)
  const own = await firmOf(site, { code: 'SEC-001' })
  firm = own.client
  own_institution = own.person.institution_id
  const they = await firmOf(site, { code: 'SEC-002' })
  other = they.client
  const situation = `/situations/${ids['/situations']}`
  const report = await site.done(other, `${situation}/report`, reportForm({ text: said }))
  await site.done(secretariat.client, `${situation}/return`)
  const third = await db.selectFrom('institution').where('code', '=', 'SEC-003').select('id').executeTakeFirstOrThrow()
  const exchange = await site.done(other, '/exchange', { institution_id: third.id, reason: said })
  const closed = Object.entries(ids).filter(([path]) => [403, 404].includes(pageOf(path)?.bcp_contact ?? 0))
  Object.assign(theirs, Object.fromEntries(closed), await ownThings(make, they), {
    '/reports': idIn(report),
    '/exchange': idIn(exchange),
  })
  await collect()
})
after(() => site.close())

/** What each role gets for the page of such a thing. */
const pageOf = (path: string) =>
  Object.entries(expected.pages).find(
    ([page]) => page.startsWith(`${path}/`) && /^:(id|code|\w+\{[^/]*)$/.test(page.slice(path.length + 1)),
  )?.[1]

/** Every name, mail and number of the people of other institutions; the association's desk is everyone's to call. */
async function collect() {
  const people = await site.db
    .selectFrom('contact')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .innerJoin('contact_address as address', 'address.contact_id', 'contact.id')
    .where('institution.id', '!=', own_institution)
    .where('institution.kind', '!=', 'association')
    .select(['contact.name_ja', 'contact.name_en', 'address.address', 'address.extension'])
    .execute()
  const accounts = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('institution.id', '!=', own_institution)
    .where('institution.kind', '!=', 'association')
    .select(['person.name_ja', 'person.name_en', 'person.email'])
    .execute()
  const all = [
    ...people.flatMap((one) => [one.name_ja, one.name_en, one.address]),
    ...people.filter(({ address }) => address.startsWith('+')).map((one) => showPhone(one)),
    ...accounts.flatMap((one) => [one.name_ja, one.name_en, one.email]),
    said,
  ]
  secrets.push(...new Set(all.filter((text) => text !== null).filter(Boolean)))
  assert.ok(secrets.length > 300)
}

function keeps(text: string, at: string) {
  const plain = text.replaceAll('&#x27;', "'").replaceAll('&amp;', '&').replaceAll('%40', '@')
  assert.deepEqual(
    secrets.filter((secret) => plain.includes(secret)),
    [],
    at,
  )
}

/** Every page that can be reached from the home page by links alone; the demo's own mail and telegrams are no part of a real site. */
async function crawl(client: TestSite['nobody']): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const waiting = ['/home']
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (pages.has(at)) continue
    assert.ok(pages.size < 2000, 'a crawl that does not end')
    const answer = await client.get(at)
    const text = await answer.text()
    pages.set(at, text)
    const onward = answer.headers.get('location')
    const links = [...text.matchAll(/\b(?:href|src)="(\/[^"#]*)/g)].map(([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    )
    for (const link of onward ? [onward] : links)
      if (link.startsWith('/') && !/^\/(demo|assets|live)(\/|$|\?)/.test(link)) waiting.push(link)
  }
  return pages
}

test('N-3 S0-30 on no page that a firm’s contact can reach stands anything of another institution’s people or reports', async () => {
  const pages = await crawl(firm)
  for (const at of ['/home', '/contacts', '/directory', '/directory/offline', '/exchange', '/account/sessions'])
    assert.ok(pages.has(at), at)
  assert.ok([...pages.keys()].some((at) => at.endsWith('/board')))
  for (const [at, text] of pages) keeps(text, at)
  // They would be found: the secretariat’s copy of the directory holds them.
  const desk = await (await (await site.as('secretariat')).get('/directory/offline')).text()
  assert.ok(secrets.filter((secret) => desk.includes(secret)).length > 200)
  assert.deepEqual(site.reported, [])
})

test('N-3 whoever searches for another firm’s person by name, mail or number finds nobody', async () => {
  const [name, , mail = ''] = secrets
  for (const word of [name!, mail, ...secrets.filter((text) => text.startsWith('03-')).slice(0, 3)])
    for (const path of ['/directory', '/institutions', '/exchange/new']) {
      const text = await (await firm.get(`${path}?${new URLSearchParams({ q: word })}`)).text()
      // What was typed stands in its field again.
      keeps(text.replaceAll('%40', '@').replaceAll(word, ''), `${path}?q=${word}`)
    }
})

test('N-3 the downloads of a firm’s contact hold nothing of another institution', async () => {
  for (const format of ['vcard', 'csv']) keeps(await (await firm.post('/directory/export', { format })).text(), format)
  for (const contents of ['institutions', 'contacts']) {
    const answer = await firm.post('/roster/export', { contents, format: 'csv' })
    assert.equal(answer.status, 200)
    keeps(await answer.text(), contents)
  }
  for (const path of ['/pack', '/roster/import/contacts.csv', '/telegrams'])
    assert.equal((await firm.get(path)).status, 403, path)
})

const whose =
  'another institution opens it. Mend its policy or its query; or, if everybody reads it, say `market` in `things` of tests/kit/samples/.'

test('fault 19: every id of another institution’s things is answered by 403 or 404, and says nothing', async () => {
  const below = ['', '/contacts', '/contacts/new', '/edit', '/end', '/answer', '/board', '/report']
  for (const [path, id] of Object.entries(theirs)) {
    assert.match(id ?? '', /^[0-9a-f-]{36}$/, path)
    for (const end of below) {
      // The round of confirmations asks the reader's own institution, too.
      if (path === '/attestations' && end === '/answer') continue
      // The entrance looks the same to everyone, whoever was invited.
      if (path === '/invitations' && end === '') continue
      const answer = await firm.get(`${path}/${id}${end}`)
      assert.ok([403, 404].includes(answer.status), `${answer.status} for ${path}/…${end}: ${whose}`)
      keeps(await answer.text(), path)
    }
  }
  assert.deepEqual(site.reported, [])
})

test('N-3 a stream of events tells nothing of another institution’s changes', async () => {
  const topics = [`/institutions/${theirs['/institutions']}/contacts`, `/reports/${theirs['/reports']}`]
  const own = `/institutions/${own_institution}/contacts`
  const asked = new URLSearchParams([...topics, own].map((topic) => ['topic', topic]))
  const stream = (await firm.get(`/live?${asked}`)).body!.pipeThrough(new TextDecoderStream()).getReader()
  const { value: greeting } = await stream.read()
  assert.match(greeting ?? '', /ready/)
  const confirm = async (client: TestSite['nobody']) => {
    const mark = /name="mark" value="([^"]+)"/.exec(await (await client.get('/contacts')).text())?.[1] ?? ''
    assert.equal((await client.post('/contacts/confirmation', { mark })).status, 303)
  }
  await confirm(other)
  await confirm(firm)
  let heard = ''
  while (!heard.includes(own)) heard += (await stream.read()).value ?? ''
  await stream.cancel()
  for (const topic of topics) assert.ok(!heard.includes(topic), heard)
  keeps(heard, '/live')
})
