import { addContacts, plainAddresses } from '#directory/contacts/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from './notices.ts'
import { start } from './tools.ts'

/** A market with a secretariat and `firms` securities firms, each with two contacts; the first firm is an exchange. */
export async function testMarket(db: Database, firms: number) {
  const institutions = await db
    .insertInto('institution')
    .values([
      {
        code: 'ASSOC',
        kind: 'association',
        name_ja: '架空証券業協会',
        name_en: 'Fictional Association',
        active_from: '2020-01-01',
      },
      ...Array.from({ length: firms }, (_, index) => ({
        code: `FIRM-${index}`,
        kind: index === 0 ? ('exchange' as const) : ('securities_firm' as const),
        name_ja: index === 0 ? '架空取引所' : `架空${String(index).padStart(4, '0')}証券`,
        name_en: `Firm ${index}`,
        active_from: '2020-01-01',
      })),
    ])
    .returning(['id', 'code', 'name_ja'])
    .execute()
  const [association, ...members] = institutions
  if (!association) throw new Error('no association')
  for (const rank of [1, 2])
    await addContacts(
      db as Tx,
      institutions.map(({ id, code }) => ({
        institution_id: id,
        rank,
        name_ja: `担当 ${code} ${rank}`,
        name_en: `Contact ${code} ${rank}`,
        addresses: plainAddresses(`${code.toLowerCase()}.${rank}@firm.example`, `+8130000000${rank}`),
      })),
    )
  const person = async (name_ja: string, institution_id: string, roles: Person['roles']): Promise<Person> => {
    const { id } = await db
      .insertInto('person')
      .values({ name_ja, name_en: null, email: `${crypto.randomUUID()}@market.example`, institution_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, name_ja, name_en: null, institution_id, roles }
  }
  return {
    institutions,
    members,
    desk: await person('事務 太郎', association.id, ['secretariat']),
    firm: await person('担当 花子', members[0]?.id ?? association.id, ['bcp_contact']),
  }
}

export const openTestSituation = async (db: Database, by: Person, mode: Mode, title_ja = '首都直下地震') =>
  db
    .insertInto('situation')
    .values({
      mode,
      hazard: 'earthquake',
      title_ja,
      title_en: 'Tokyo earthquake',
      text_ja: '',
      text_en: '',
      event_at: start,
      reason: 'test',
      opened_by: by.id,
      opened_at: start,
      proposal_id: null,
      criterion_id: null,
      criterion_version: null,
      closing_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

/** Asks everyone to report by a notice that is drafted, put forward and released as people do it; gives its round and notice. */
export async function askAsPeople(
  tools: Tools,
  by: Person,
  {
    situation_id,
    mode = 'exercise',
    repeat_minutes = null,
    answer_minutes = 30,
  }: { situation_id: string; mode?: Mode; repeat_minutes?: number | null; answer_minutes?: number },
) {
  const { id } = await draftNotice(
    tools,
    by,
    testDraft({
      ...{ mode, situation_id, repeat_minutes, kind: 'report_request', answer_wanted: 'report' },
      answer_by: new Date(tools.clock().getTime() + answer_minutes * 60_000),
      text_ja: '状況を報告してください',
    }),
  )
  const seen = await seenNow(tools, id)
  await submitNotice(tools, by, { id, version: 1, seen })
  const alone = mode === 'actual' ? '夜間で承認者がいない' : null
  const released = await releaseNotice(tools, by, { id, version: 1, seen, mode, override_reason: alone })
  if ('failed' in released) throw new Error(released.failed)
  const { round_id } = await tools.db
    .selectFrom('notice')
    .where('id', '=', id)
    .select('round_id')
    .$narrowType<{ round_id: string }>()
    .executeTakeFirstOrThrow()
  return { round_id, notice_id: id }
}

/** Asks these institutions to report, by one released request to report without the deliveries; gives its round and notice. */
export async function askTest(
  db: Database,
  by: Person,
  {
    situation_id,
    mode,
    institution_ids,
    at = start,
  }: { situation_id: string; mode: Mode; institution_ids: string[]; at?: Date },
) {
  const answer_by = new Date(at.getTime() + 30 * 60_000)
  const said = { situation_id, mode, text_ja: '報告してください', text_en: 'Please report', answer_by }
  const { id: round_id } = await db
    .insertInto('round')
    .values({
      ...said,
      ...{ asked_by: by.id, asked_at: at, idempotency_key: crypto.randomUUID(), audience: '{"everyone": true}' },
      ...{ repeat_minutes: null, answer_minutes: 30, closed_by: null, summary: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: notice_id } = await db
    .insertInto('notice')
    .values({
      ...said,
      ...{ kind: 'report_request', severity: 'urgent', label: 'green', round_id, asking: 1, state: 'released' },
      ...{ subject_ja: '状況報告', subject_en: 'Report', audience: '{"everyone": true}', answer_wanted: 'report' },
      ...{ choices: '[]', repeat_minutes: null, official_notice_id: null, replaces_id: null, template_id: null },
      ...{ drafted_by: by.id, drafted_at: at, submitted_by: by.id, submitted_at: at, released_by: by.id },
      ...{ released_at: at, override_reason: 'test', replaced_by_id: null, idempotency_key: crypto.randomUUID() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const receipts = await db
    .insertInto('receipt')
    .values(
      institution_ids.map((institution_id) => ({
        ...{ notice_id, mode, institution_id, ladder_id: null, opened_at: at, closed_how: null },
      })),
    )
    .returning(['id', 'institution_id'])
    .execute()
  return { round_id, notice_id, receipts }
}
