import type { Tools } from '#app/tools.ts'
import { areaByCode } from '#hazards/index.ts'
import { Rule } from './criteria.ts'
import { propose, type StoredMatch } from './evaluate.ts'

/**
 * Proposes a command centre when an infrastructure institution or the central bank reports that it has set up its own (S0-60),
 * unless one is at work already. What only people can judge, whether the whole market must respond, stays with them.
 */
export async function evaluateReports({ db, clock }: Pick<Tools, 'db' | 'clock'>) {
  await db.transaction().execute(async (tx) => {
    const at = clock()
    const criteria = await tx
      .selectFrom('criterion')
      .distinctOn('id')
      .selectAll()
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute()
    const active = criteria.filter(
      ({ is_active, rule }) => is_active && Rule.parse(rule).kind === 'command_centre_set_up',
    )
    if (active.length === 0) return
    const atWork = await tx
      .selectFrom('situation')
      .select('id')
      .where('mode', '=', 'actual')
      .where('closed_at', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (atWork) return

    const latest = await tx
      .selectFrom('report')
      .innerJoin('institution', 'institution.id', 'report.institution_id')
      .where('report.mode', '=', 'actual')
      .innerJoin('site', (join) =>
        join.onRef('site.institution_id', '=', 'institution.id').on('site.kind', '=', 'head_office'),
      )
      .where('institution.is_infrastructure', '=', true)
      .distinctOn('report.institution_id')
      .select([
        'report.id',
        'report.institution_id',
        'report.command_centre',
        'report.reported_at',
        'report.next_update_at',
      ])
      .select(['institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
      .select(['site.kind as site_kind', 'site.address', 'site.area_code'])
      .orderBy('report.institution_id')
      .orderBy('report.reported_at', 'desc')
      .execute()
    const setUp = latest
      .filter(({ command_centre, next_update_at }) => command_centre === 'set_up' && next_update_at > at)
      .sort((a, b) => a.reported_at.getTime() - b.reported_at.getTime())
    const [first] = setUp
    if (!first) return

    const matches: StoredMatch[] = active.map(({ id, version, name_ja, name_en }) => ({
      kind: 'command_centre_set_up',
      telegram: null,
      is_possible: false,
      areas: [],
      sites: setUp.map(
        ({ name_ja, name_en, id: _, command_centre: __, reported_at: ___, next_update_at: ____, ...site }) => ({
          ...site,
          institution_name_ja: name_ja,
          institution_name_en: name_en,
          area_name: areaByCode.get(site.area_code)?.name ?? '',
          intensity: null,
          grade: null,
          words: null,
          is_possible: false,
        }),
      ),
      criterion_id: id,
      criterion_version: version,
      criterion_ja: name_ja,
      criterion_en: name_en,
    }))
    await propose(
      tx,
      { program: 'hazards' },
      {
        event_key: `reports:${first.id}`,
        mode: 'actual',
        at,
        matches,
        note: null,
        event: {
          hazard: 'other',
          event_at: first.reported_at,
          title_ja: `${first.name_ja}が対策本部を設置`,
          title_en: `${first.name_en} has set up its command centre`,
        },
      },
    )
  })
}
