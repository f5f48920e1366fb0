import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addContacts, plainAddresses } from '#directory/contacts/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { render } from '#ground/html/render.tsx'
import { asked, employ, endGroup, group, noon, settle } from '#tests/kit/audience.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import type { Audience } from './audience.ts'
import { AudiencePreview } from './audience-preview.tsx'
import { previewAudience } from './preview.ts'

let database: TestDatabase
let by: string

before(async () => {
  database = await testDatabase()
  const { db } = database
  const ids = await settle(db, [
    { code: 'ASSOC', kind: 'association' },
    { code: 'EXC', kind: 'exchange' },
    { code: 'FIRM-1' },
    { code: 'FIRM-2' },
    { code: 'FIRM-3' },
    { code: 'LEFT', active_to: '2027-01-14' },
  ])
  by = (await employ(db, ids.get('ASSOC')!, 'secretariat')).person_id
  const contact = (code: string, rank: number, phone: string | null) => ({
    ...{ institution_id: ids.get(code)!, rank, name_ja: `担当 ${code}`, name_en: null },
    addresses: plainAddresses(`${code.toLowerCase()}.${rank}@firm.example`, phone),
  })
  await addContacts(db as Tx, [
    contact('EXC', 1, '+81300000001'),
    contact('EXC', 2, null),
    contact('FIRM-1', 1, '+819000000001'),
    contact('FIRM-2', 1, null),
    contact('LEFT', 1, null),
  ])
  // The one address of this firm came back; the numbers of another take text messages; somebody's browser has signed up.
  const at = (code: string) => db.updateTable('contact_address').where('institution_id', '=', ids.get(code)!)
  await at('FIRM-2').set({ quarantined_at: noon, quarantine_reason: '宛先不明' }).execute()
  await at('FIRM-1').set({ means: 'mobile' }).where('means', '!=', 'mail').execute()
  const pushed = await db.selectFrom('contact').selectAll().where('institution_id', '=', ids.get('EXC')!).execute()
  for (const [index, { id, institution_id }] of pushed.entries())
    for (const browser of ['one', 'two'].slice(index))
      await db
        .insertInto('contact_address')
        .values({
          ...{ contact_id: id, institution_id, means: 'web_push', rank: browser === 'one' ? 8 : 9 },
          ...{ address: `https://push.example/${id}/${browser}`, look: `${id}/${browser}` },
        })
        .execute()
})
after(() => database.close())

const look = (said: Partial<Audience>) => previewAudience(database.db, asked(said), noon)
const shown = async (said: Partial<Audience>, language: 'ja' | 'en' = 'ja') =>
  render(<AudiencePreview preview={await look(said)} names_at="/names" />, {
    ...{ language, now: noon, path: '/', reader: null, open: [], demo: false },
  })

test('the preview counts institutions and people, each person once for a means, however many addresses they have', async () => {
  const all = await look({ everyone: true })
  assert.deepEqual(
    all.institutions.map(({ code, people }) => [code, people]),
    [
      ['ASSOC', 0],
      ['EXC', 2],
      ['FIRM-1', 1],
      ['FIRM-2', 0],
      ['FIRM-3', 0],
    ],
  )
  assert.deepEqual([all.infrastructure, all.people], [2, 3])
  assert.deepEqual(all.means, { mail: 3, mobile: 1, phone: 1, web_push: 2 })
})

test('who cannot be reached at all is named: without a contact, or with nothing but addresses that came back', async () => {
  const { unreachable } = await look({ kinds: ['securities_firm'] })
  assert.deepEqual(
    unreachable.map(({ code }) => code),
    ['FIRM-2', 'FIRM-3'],
  )
  const page = await shown({ kinds: ['securities_firm'] })
  const [counts = '', banner = '', names = ''] = page.split(/(?=<section|<details)/)
  assert.match(counts, /3機関/)
  assert.match(counts, /1人/)
  assert.match(banner, /data-type="warning".*連絡手段のない機関が2あります.*架空FIRM-2.*架空FIRM-3/)
  assert.match(names, /<details class="dads-disclosure" id="audience-names">.*証券会社（3）.*架空FIRM-1/)
})

test('when all can be reached, the page warns of nothing', async () => {
  const page = await shown({ institutions: ['EXC', 'FIRM-1'] }, 'en')
  assert.doesNotMatch(page, /data-type=/)
  assert.match(page, /2 institutions<\/b> \(1 of them infrastructure\)/)
})

test('an audience that is nobody says so loudly', async () => {
  const page = await shown({ kinds: ['pts'] })
  assert.match(page, /data-type="error".*今はありません/)
  assert.doesNotMatch(page, /<details/)
})

test('what it names in vain is said: removed groups, also within groups, and institutions that left', async () => {
  const { db } = database
  const removed = await group(db, by, { institutions: ['EXC'] })
  const holder = await group(db, by, { institutions: ['FIRM-1'], groups: [removed] })
  await endGroup(db, removed)
  const said = { groups: [holder], institutions: ['LEFT', 'FIRM-1', 'NEVER'], without: ['NEVER'] }
  const { removed_groups, gone, institutions } = await look(said)
  assert.deepEqual([removed_groups.map(({ id }) => id), gone], [[removed], ['LEFT']])
  assert.deepEqual(
    institutions.map(({ code }) => code),
    ['FIRM-1'],
  )
  const page = await shown(said)
  assert.match(page, new RegExp(`削除された宛先グループ.*架空の組 ${removed}`))
  assert.match(page, /今は参加していない機関.*LEFT/)
  assert.deepEqual((await look({ groups: [removed] })).institutions, [])
})

test('names of people’s own making stay texts', async () => {
  const { db } = database
  await db.updateTable('institution').set({ name_ja: '<b>架空</b>' }).where('code', '=', 'FIRM-3').execute()
  assert.match(await shown({ institutions: ['FIRM-3'] }), /&lt;b&gt;架空&lt;\/b&gt;/)
})
