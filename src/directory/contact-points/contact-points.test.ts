import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import { showPhone } from '#ground/market/phone.ts'
import type { Person } from '#ground/rights/person.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Firm = { client: TestSite['nobody']; person: Person }

let now = new Date('2027-01-15T00:00:00Z')
let site: TestSite
let firm: Firm
let administrator: Firm
let desk: Firm
let path = ''
before(async () => {
  site = await testSite({ clock: () => now })
  const people = await site.people('secretariat', 'institution_administrator')
  desk = people.secretariat
  administrator = people.institution_administrator
  const { id } = await site.db
    .selectFrom('person')
    .where('email', '=', 'bcp@sokyu.example')
    .select('id')
    .executeTakeFirstOrThrow()
  firm = await site.personOf(id)
  path = `/contact-points/${firm.person.institution_id}`
})
after(() => site.close())

const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
const formOf = async (client: TestSite['nobody']) => versionIn(await site.main(client, `${path}/edit`))
const said = { section_ja: '決済部', section_en: 'Settlement', phone: '03-0000-8001', mail: 'kessai@sokyu.example' }
const office = { office_name: '大阪オフィス', office_address: '大阪府架空市1-1', office_phone: '03-0000-8002' }
const actions = async () => (await site.trailOf(path)).map(({ action }) => action)

test('S0-36 a firm says how it is reached and where it works now, and every member finds it; no person stands there', async () => {
  await site.done(firm.client, path, { ...said, ...office, version: await formOf(firm.client) })
  const place = versionIn(await site.main(firm.client, path))
  const since = '2027-01-15T08:30'
  await site.done(firm.client, `${path}/place`, { place: 'alternate_office', since, version: place })
  await site.done(firm.client, `${path}/place`, { place: 'alternate_office', since, version: place })
  assert.deepEqual((await actions()).slice(-2), ['contact-point.changed', 'contact-point.moved'])
  const people = await site.db
    .selectFrom('contact')
    .innerJoin('contact_address as address', 'address.contact_id', 'contact.id')
    .select(['contact.name_ja', 'contact.name_en', 'address.address', 'address.extension', 'address.means'])
    .execute()
  const accounts = await site.db.selectFrom('person').select(['name_ja', 'email']).execute()
  const personal = [
    ...people.flatMap((one) => [one.name_ja, one.name_en ?? one.name_ja, one.address]),
    ...people.flatMap((one) => (one.means === 'mail' ? [] : [showPhone(one)])),
    ...accounts.flatMap((one) => [one.name_ja, one.email]),
  ]
  assert.ok(personal.length > 300)
  const readers = ['council_member', 'authority', 'observer', 'bcp_contact', 'auditor'] as const
  for (const [role, { client, person }] of Object.entries(await site.people(...readers))) {
    const found = await site.read(client, '/contact-points?q=決済部')
    assert.match(found, /代替オフィス.*08:30 JST から.*決済部.*03-0000-8001.*大阪オフィス.*03-0000-8002/, role)
    const pages = [
      await site.main(client, '/contact-points?rows=all'),
      await site.main(client, path),
      await (await client.get('/contact-points.csv')).text(),
    ]
    // Each sheet of paper names its reader.
    for (const page of pages)
      assert.deepEqual(
        personal.filter((one) => one !== person.name_ja && page.includes(one)),
        [],
        `nothing of a person, for ${role}`,
      )
  }
  assert.equal((await site.nobody.get(path)).status, 303, 'not for the public')
  const copy = await site.read(await site.as('council_member'), '/directory/offline').catch(() => '')
  const kept = await (await (await site.as('council_member')).get('/directory/offline')).text()
  assert.match(copy + kept, /大阪オフィス[\s\S]*03-0000-8002/, 'also in the copy that a phone keeps')
})

test('who may change it: its contact and administrator, the secretariat for it and marked so, nobody else', async () => {
  const council = await site.as('council_member')
  await site.refused(council, `${path}/edit`, 403)
  await site.refused(council, path, 403, { ...said, version: '0' })
  const exchange = await site.signIn('bcp@soten.example')
  await site.refused(exchange, `${path}/place`, 403, { place: 'home', version: '0' })
  await site.done(administrator.client, path, { ...said, ...office, version: await formOf(administrator.client) })
  await site.done(desk.client, path, { ...said, section_ja: '業務部', version: await formOf(desk.client) })
  assert.match(await site.read(firm.client, path), /業務部.*事務局が代わって記録/)
  const rows = await site.db
    .selectFrom('contact_point')
    .where('institution_id', '=', firm.person.institution_id)
    .select(['version', 'is_on_behalf'])
    .orderBy('version')
    .execute()
  assert.equal(rows.at(-1)?.is_on_behalf, true)
  assert.ok(rows.length > 2, 'older versions stay')
  await assert.rejects(
    site.tools.dbOf(exchangePerson(), false).insertInto('contact_point').values(row()).execute(),
    /row-level security/,
  )
  await assert.rejects(site.db.updateTable('contact_point').set({ mail: '' }).execute(), /permission denied/)
})
const exchangePerson = (): Person => ({ ...firm.person, institution_id: desk.person.institution_id })
const row = () => ({
  ...{ ...said, ...office, phone: '+81300008001', office_phone: '', version: 99, is_on_behalf: false },
  ...{ institution_id: firm.person.institution_id, made_by: firm.person.id, made_at: now },
})

test('a person’s own mobile phone or mailbox is refused, and what was typed is kept', async () => {
  const { id, contact_id } = await site.db
    .selectFrom('contact_address')
    .where('institution_id', '=', firm.person.institution_id)
    .where('means', '=', 'mail')
    .where('removed_at', 'is', null)
    .select(['id', 'contact_id'])
    .limit(1)
    .executeTakeFirstOrThrow()
  assert.ok(contact_id)
  const own = await site.db
    .selectFrom('contact_address')
    .where('id', '=', id)
    .select('address')
    .executeTakeFirstOrThrow()
  const version = await formOf(firm.client)
  const told = await site.refused(firm.client, path, 422, { ...said, mail: own.address.toUpperCase(), version })
  assert.match(told, /担当者個人の連絡先です/)
  const answer = await firm.client.post(path, { ...said, phone: '12', version })
  const html = await answer.text()
  assert.equal(answer.status, 422)
  assert.match(html, /電話番号として成り立ちません/)
  assert.match(html, /value="決済部"/)
  const late = { place: 'home', since: '2027-01-16T09:00', version: '0' }
  assert.match(await site.refused(firm.client, `${path}/place`, 422, late), /まだ来ていない時刻です/)
  assert.match(
    await site.refused(firm.client, `${path}/place`, 422, { place: 'other', version: '0' }),
    /場所を100文字以内/,
  )
})

test('of two who change it at once the second is told, and may press once more', async () => {
  const version = await formOf(firm.client)
  const both = await Promise.all([
    firm.client.post(path, { ...said, section_ja: '甲部', version }),
    administrator.client.post(path, { ...said, section_ja: '乙部', version }),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
  const told = (await both.find(({ status }) => status === 409)?.text()) ?? ''
  assert.match(told, /ほかの人が先に変更しました/)
  const again = { ...said, section_ja: '丙部', version: versionIn(told) }
  await site.done(administrator.client, path, again)
  assert.match(await site.read(firm.client, path), /丙部/)
  const place = versionIn(await site.main(firm.client, path))
  const moves = await Promise.all([
    firm.client.post(`${path}/place`, { place: 'home', version: place }),
    administrator.client.post(`${path}/place`, { place: 'main_office', version: place }),
  ])
  assert.deepEqual(moves.map(({ status }) => status).sort(), [303, 409])
})

test('the contact point is part of what an institution attests', async () => {
  const at = new Date(now.getTime() + 5 * 86_400_000)
  const round = await site.done(desk.client, '/attestations', {
    ...{ text_ja: '確かめてください', text_en: 'Please check', idempotency_key: crypto.randomUUID() },
    answer_by: at.toISOString().slice(0, 16),
  })
  const answer = `${round}/answer`
  const page = await site.main(firm.client, answer)
  assert.match(page, /連絡窓口[\s\S]*丙部[\s\S]*03-0000-8001/)
  const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
  await site.done(administrator.client, path, { ...said, section_ja: '丁部', version: await formOf(firm.client) })
  const changed = await site.refused(firm.client, answer, 409, { seen })
  assert.match(changed, /丁部/, 'what was seen is not what stands there now')
  assert.match(await site.read(firm.client, path), /まだ定期の確認を受けていません/)
  now = new Date(now.getTime() + 60_000)
  const fresh = /name="seen" value="([^"]+)"/.exec(await site.main(firm.client, answer))?.[1] ?? ''
  await site.done(firm.client, answer, { seen: fresh })
  assert.match(await site.read(firm.client, path), /最終確認/)
})

test('with 500 institutions each page of the list loads in 14 KB, and its empty search says what to do', async () => {
  const firms = await site.db
    .insertInto('institution')
    .values(
      Array.from({ length: 500 }, (_, index) => ({
        ...{ code: `BIG-${1000 + index}`, kind: 'securities_firm' as const, active_from: '2020-01-01' },
        name_ja: `架空${['あおば', 'みどり', 'かなで'][index % 3]}${index * 7}証券株式会社`,
        name_en: `Fictional ${['Aoba', 'Midori', 'Kanade'][index % 3]} ${index * 7} Securities`,
      })),
    )
    .returning('id')
    .execute()
  for (const [index, { id }] of firms.entries()) {
    const digits = String(1000 + index)
    const at = { institution_id: id, version: 1, is_on_behalf: false, made_by: null, made_at: now }
    await site.db
      .insertInto('contact_point')
      .values({
        ...{ ...at, section_ja: `業務継続第${index}課`, section_en: '', phone: `+8130000${digits}` },
        ...{
          mail: `renraku@big${index}.example`,
          office_name: `代替オフィス${index}`,
          office_address: `架空町${index}`,
        },
        office_phone: `+8160000${digits}`,
      })
      .execute()
    await site.db
      .insertInto('work_place')
      .values({ ...at, place: index % 3 === 0 ? 'alternate_office' : 'home', note: '', since: now })
      .execute()
  }
  const css = gzipSync(readFileSync(new URL(`dist${asset('app.css')}`, root))).length
  const names = new Set<string>()
  for (const language of ['ja', 'en'])
    for (let number = 1; number <= 23; number++) {
      const answer = await firm.client.get(`/contact-points?page=${number}`, {
        cookie: `${firm.client.cookie}; language=${language}`,
      })
      const html = await answer.text()
      const bytes = gzipSync(html).length + css
      assert.ok(bytes <= 12.5 * 1024, `${language} ${number}: ${bytes} bytes`)
      for (const [, name = ''] of html.matchAll(/rowheader"><a [^>]*>([^<]+)</g)) names.add(`${language} ${name}`)
    }
  assert.ok(names.size >= 1000 + 100)
  assert.match(await site.read(firm.client, '/contact-points?q=zzz'), /当てはまる機関はありません/)
  assert.deepEqual(site.reported, [])
})
