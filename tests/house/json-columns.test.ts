import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Kind } from '#ground/rights/labels.ts'
import { fillTables, firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'

// A picture that is stored as JSON passes every rule that stands on the columns of a table. What each may hold is named here, with the
// label of who reads its table; whoever adds a column, or a field to one, decides whether all of these may read it.

type Kept = {
  /** Whose label the readers of its table go by. */
  label: Kind | 'program'
  /** Every name that may stand in it, at any depth; `any`: what a person or an outside body wrote, read by these alone. */
  holds: readonly string[] | 'any'
}

const found = ['intensity', 'grade', 'words', 'is_possible']
const audience = [
  ...['everyone', 'kinds', 'markets', 'bodies', 'areas', 'groups', 'institutions', 'without'],
  ...['districts', 'memberships', 'supervisors', 'only_kinds', 'only_memberships'],
]
const steps = ['after_minutes', 'to', 'channels']
const columns: Record<string, Kept> = {
  // By codes and ids alone: whom a group stands for is asked of the directory.
  'audience_group.audience': { label: 'audience', holds: audience },
  'situation.audience': { label: 'situation', holds: audience },
  'notice.audience': { label: 'notice', holds: audience },
  'round.audience': { label: 'round', holds: audience },
  'notice.choices': { label: 'notice', holds: ['ja', 'en'] },
  'notice_template.choices': { label: 'notice', holds: ['ja', 'en'] },
  // Ids and digests; the keys below `people` are ids of contacts.
  'notice_check.parts': {
    label: 'delivery',
    holds: ['institutions', 'people', 'climbs', 'reached', 'said', 'steps', ...steps],
  },
  'ladder.steps': { label: 'delivery', holds: steps },
  'criterion.rule': { label: 'criterion', holds: ['kind', 'at_least', 'institutions', 'area_code', 'codes'] },
  // Sites and reports by id alone: their readers are fewer than those of a proposal.
  'proposal.matches': {
    label: 'proposal',
    holds: [
      ...['kind', 'telegram', 'code', 'serial', 'control_at', 'title', 'areas', 'name', 'missing_in', 'sites'],
      ...['site_id', 'report_id', 'area_code', 'criterion_id', 'criterion_version', 'criterion_ja', 'criterion_en'],
      ...found,
    ],
  },
  // One institution's own people and addresses, to that institution and the desk.
  'recipient.addresses': { label: 'contact', holds: ['id', 'means', 'address'] },
  // What the server of an address answered, to who looks after deliveries and the institution itself.
  'delivery.tries': { label: 'delivery', holds: 'any' },
  // What one person uploaded, to that person alone, until it is applied.
  'roster_upload.content': { label: 'program', holds: 'any' },
  'setting.value': { label: 'rights', holds: [] },
  // Of a sign-in that is under way.
  'sso_request.endpoints': { label: 'program', holds: 'any' },
  // Named in the round to those who look at the whole market; no page gives it to others.
  'round.summary': { label: 'board', holds: 'any' },
  'publication.snapshot': { label: 'publication', holds: 'any' },
  'top_page.links': { label: 'publication', holds: ['kind', 'name_ja', 'name_en', 'url'] },
  'telegram.parsed': { label: 'telegram', holds: 'any' },
  'trail.details': { label: 'trail', holds: 'any' },
}

let site: TestSite
before(async () => {
  site = await testSite()
  const firms = [await firmOf(site, { code: 'SEC-001' }), await firmOf(site, { code: 'SEC-002' })] as const
  await fillTables(await openSamples(site), firms)
})
after(() => site.close())

test('every column of JSON is named, with what it may hold and who reads it', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('json', 'jsonb')`.execute(site.db)
  assert.deepEqual(rows.map(({ name }) => name).sort(), Object.keys(columns).sort())
})

const is_id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const namesIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Array.isArray(value)
      ? value.flatMap(namesIn)
      : Object.entries(value).flatMap(([name, inner]) => [...(is_id.test(name) ? [] : [name]), ...namesIn(inner)])

for (const [column, { holds }] of Object.entries(columns))
  if (holds !== 'any')
    test(`${column} holds only what is named`, async () => {
      const [table = '', name = ''] = column.split('.')
      const { rows } = await sql<{ value: unknown }>`select ${sql.ref(name)} as value from ${sql.table(table)}`.execute(
        site.db,
      )
      assert.ok(rows.length > 0, 'a sample of it')
      const held = new Set(rows.flatMap(({ value }) => namesIn(value)))
      assert.deepEqual(
        [...held].filter((one) => !holds.includes(one)),
        [],
      )
    })
