import { z } from 'zod'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { cleanLines, oneLine } from '#ground/html/clean-text.ts'
import { civilDay, versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { addressOf } from './change-body.ts'
import { lockMarket } from './lock-market.ts'
import { criterionVersions } from './queries.ts'

const messages = inBoth({
  ja: {
    text: '基準の文章を4,000文字以内で入力してください',
    agreed_with: '協議先を500文字以内で入力してください',
    effective_on: '適用の日を入力してください',
    reason: '変更の理由を2,000文字以内で入力してください',
  },
  en: {
    text: 'Enter the text of the criterion, in up to 4,000 characters',
    agreed_with: 'Enter with whom it was agreed, in up to 500 characters',
    effective_on: 'Enter the day from which it holds',
    reason: 'Enter the reason for the change, in up to 2,000 characters',
  },
})

export const CriterionForm = (language: Language) => {
  const say = messages[language]
  const text = (length_max: number, message: string, clean = cleanLines) =>
    z.string(message).transform(clean).pipe(z.string().min(1, message).max(length_max, message))
  return z.object({
    activating_ja: text(4000, say.text),
    activating_en: text(4000, say.text),
    lifting_ja: text(4000, say.text),
    lifting_en: text(4000, say.text),
    agreed_with_ja: text(500, say.agreed_with, oneLine),
    agreed_with_en: text(500, say.agreed_with, oneLine),
    effective_on: civilDay(say.effective_on).transform((day, context) => {
      if (day !== null) return day
      context.addIssue(say.effective_on)
      return z.NEVER
    }),
    reason: text(2000, say.reason),
    version: versionSeen,
  })
}
export type CriterionForm = z.output<ReturnType<typeof CriterionForm>>

/**
 * Writes the next version of a market's criteria, if nobody else has made one over the version that was seen. The same press twice is heard
 * once, and what changes nothing makes no version.
 */
export async function saveCriterion(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  market: string,
  { version: seen, reason, ...said }: CriterionForm,
): Promise<{ failed?: 'outdated' }> {
  must(by, 'activation-criterion.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockMarket(tx, market, null)
    const [newest] = await criterionVersions(tx, market)
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return {}
    if (judged.is !== 'next' || judged.version !== seen + 1) return { failed: 'outdated' }
    const { version } = judged
    await tx
      .insertInto('activation_criterion')
      .values({ market, version, ...said, reason, made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'activation-criterion.edited',
      about: addressOf(market),
      details: { market, version, reason, changes: changesOf(newest, said) },
    })
    return {}
  })
}
