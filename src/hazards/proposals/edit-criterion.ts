import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lock } from '#ground/db/lock.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { areaByCode } from '#ground/market/areas.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { Rule } from './criteria.ts'

const messages = inBoth({
  ja: {
    name: '名称を200文字以内で入力してください',
    basis: '設置基準①～③から選んでください',
    kind: '条件の種類を選んでください',
    at_least: 'しきい値を選んでください',
    area: '気象庁の細分区域コード（3桁、例 350）を入力してください',
    codes: '情報コード（3桁）を空白で区切って入力してください',
    institutions: '対象の機関を選んでください',
    reason: '変更する理由を2,000文字以内で入力してください',
    version: 'ほかの人が先に変更しました。変更の履歴を見て、よければもう一度保存してください',
  },
  en: {
    name: 'Enter a name of up to 200 characters',
    basis: 'Choose one of criteria 1 to 3',
    kind: 'Choose the kind of condition',
    at_least: 'Choose the threshold',
    area: 'Enter an area code of the agency (3 digits, e.g. 350)',
    codes: 'Enter information codes (3 digits), separated by spaces',
    institutions: 'Choose which institutions count',
    reason: 'Enter the reason for the change, in up to 2,000 characters',
    version: 'Someone else changed it first. Look at the history, and save again if you still want to',
  },
})

export const CriterionForm = (language: Language) => {
  const say = messages[language]
  const name = z.string(say.name).trim().min(1, say.name).max(200, say.name)
  return z
    .object({
      version: z
        .string()
        .regex(/^\d{1,6}$/, say.version)
        .transform(Number),
      /** The id that a new criterion will have, so that a second press finds it. */
      idempotency_key: z.uuid().optional().catch(undefined),
      name_ja: name,
      name_en: name,
      basis: z.enum(['S0-59', 'S0-60', 'S0-61'], say.basis),
      kind: z.string(say.kind),
      at_least: z.string().default(''),
      tsunami: z.string().default(''),
      institutions: z.string().default(''),
      area_code: z.string().trim().normalize('NFKC').default(''),
      codes: z.string().normalize('NFKC').default(''),
      is_active: z.literal('yes').optional(),
      reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
    })
    .transform(({ kind, at_least, tsunami, institutions, area_code, codes, is_active, ...form }, context) => {
      // Each kind keeps only the fields that it has.
      const asked =
        kind === 'tsunami'
          ? { kind, at_least: tsunami }
          : kind === 'intensity_at_sites'
            ? { kind, at_least, institutions }
            : kind === 'intensity_in_area'
              ? { kind, at_least, area_code }
              : kind === 'nankai'
                ? { kind, codes: codes.split(/[\s,、・]+/).filter(Boolean) }
                : kind === 'weather_special'
                  ? { kind, institutions }
                  : { kind }
      const rule = Rule.safeParse(asked)
      if (!rule.success) {
        const says = new Map([
          ['at_least', say.at_least],
          ['tsunami', say.at_least],
          ['institutions', say.institutions],
          ['area_code', say.area],
          ['codes', say.codes],
        ])
        for (const {
          path: [field = 'kind'],
        } of rule.error.issues) {
          const name = field === 'at_least' && kind === 'tsunami' ? 'tsunami' : String(field)
          context.addIssue({ code: 'custom', path: [name], message: says.get(name) ?? say.kind })
        }
        return z.NEVER
      }
      if (rule.data.kind === 'intensity_in_area' && !areaByCode.has(rule.data.area_code)) {
        context.addIssue({ code: 'custom', path: ['area_code'], message: say.area })
        return z.NEVER
      }
      return { ...form, rule: rule.data, is_active: is_active === 'yes' }
    })
}
/** For who edited a version that is no longer the newest: the history, which the link leads to, says what it is now. */
export const outdated = (language: Language) => ({ history: messages[language].version })

export type CriterionForm = z.output<ReturnType<typeof CriterionForm>>

/**
 * Writes a new version of a criterion, or with `edited_id` null a new criterion. Nothing is overwritten; whoever edits an
 * outdated version is told. The same person sending the same again has been heard already.
 */
export async function editCriterion(
  { db, clock, later }: Tools,
  by: Person,
  edited_id: string | null,
  { version: seen, idempotency_key, ...said }: CriterionForm,
): Promise<{ id: string; failed?: 'outdated' }> {
  must(by, 'criteria.edit')
  const id = edited_id ?? idempotency_key ?? randomUUID()
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lock(tx, 'criterion', id)
    const known = await tx.selectFrom('criterion_now').selectAll().where('id', '=', id).executeTakeFirst()
    if (!known && edited_id) throw new NotFound(`criterion ${id}`)
    const newest = known && { ...known, rule: Rule.parse(known.rule) }
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { id }
    // A criterion is switched off, never taken out of use.
    if (judged.is !== 'next') return { id, failed: 'outdated' }

    const { version } = judged
    await tx
      .insertInto('criterion')
      .values({ ...said, id, version, rule: JSON.stringify(said.rule), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'criterion.edited',
      about: `/criteria/${id}`,
      details: { version, name_ja: said.name_ja, reason: said.reason, changes: changesOf(newest, said) },
    })
    await later(tx, 'proposals.evaluate', {})
    await later(tx, 'proposals.evaluate-again', {})
    return { id }
  })
}
