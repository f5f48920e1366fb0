import { z } from 'zod'
import type { Tx } from '#ground/db/database.ts'
import { judgeVersion } from '#ground/db/next-version.ts'
import { cleanLines } from '#ground/html/clean-text.ts'
import { chosenId, versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { pathOf } from '#ground/register/kinds.ts'
import { lockItem } from '#ground/register/lock-item.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { hasOwnerAndDay, mayVerify, type Proof, proves, states, stepsFrom } from './improvement.ts'
import { reasonField } from './improvement-form.ts'
import { findNewest, saidOf } from './queries.ts'
import { nothingDone, reasonForTrail } from './raise-improvement.ts'

const evidence_length_max = 4000

export const stepMessages = inBoth({
  ja: {
    to: '次の状態を選び直してください',
    evidence: `証拠は${evidence_length_max.toLocaleString('ja')}文字以内で入力してください`,
    evidence_item_id: '証拠とする記録を選び直してください',
    evidence_file_id: '証拠とするファイルを選び直してください',
    owner: '担当と期日が決まっていません。先に「内容を変更する」で、担当者または担当機関と、期日を決めてください',
    proof:
      '証拠がありません。確かめた内容を書くか、このページに付けたファイルか、関連する記録を選んでください。証拠なしでは閉じられません',
    another: '確認は、完了を報告した人でも担当者でもない人が行います。ほかの人に確かめてもらってください',
  },
  en: {
    to: 'Choose the next state again',
    evidence: `Keep the proof within ${evidence_length_max.toLocaleString('en')} characters`,
    evidence_item_id: 'Choose the record that proves it again',
    evidence_file_id: 'Choose the file that proves it again',
    owner: 'It has no owner or no day yet. First choose an owner, and until when, under “Edit”',
    proof:
      'There is no proof. Write what was checked, or choose a file attached on this page or a linked record. It cannot be closed without',
    another: 'It is verified by somebody who neither reported it done nor answers for it. Let someone else look at it',
  },
})

export const StepForm = (language: Language) => {
  const say = stepMessages[language]
  return z.object({
    to: z.enum(states, say.to),
    reason: reasonField(language),
    evidence: z.string().default('').transform(cleanLines).pipe(z.string().max(evidence_length_max, say.evidence)),
    evidence_file_id: chosenId(say.evidence_file_id),
    evidence_item_id: chosenId(say.evidence_item_id),
    version: versionSeen,
  })
}
export type StepForm = z.output<ReturnType<typeof StepForm>>

type Failed = 'outdated' | 'to' | 'owner' | 'proof' | 'another' | 'evidence_file_id' | 'evidence_item_id'

/**
 * Moves an improvement on, with the reason. It is closed as verified only with what proves it, and by another person than who did
 * it or answers for it; what was closed is opened again with all of its history. The same press twice is heard once.
 */
export async function takeStep(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  { version: seen, to, reason, ...proof }: StepForm,
): Promise<{ failed?: Failed }> {
  must(by, 'improvement.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockItem(tx, id)
    const newest = await findNewest(tx, id)
    if (!newest) throw new NotFound(`improvement ${id}`)
    const { done_by, ...proved } = to === 'verified' ? { ...nothingDone, ...proof } : nothingDone
    const judged = judgeVersion(newest, { state: to, ...proved }, { seen, by })
    if (judged.is === 'same') return {}
    if (judged.is !== 'next') return { failed: 'outdated' }
    if (!stepsFrom[newest.state].includes(to)) return { failed: 'to' }
    if (to === 'doing' && !hasOwnerAndDay(newest)) return { failed: 'owner' }
    if (to === 'verified') {
      if (!proves(proof)) return { failed: 'proof' }
      if (!mayVerify(by, newest)) return { failed: 'another' }
      const missing = await missingProof(tx, id, proof)
      if (missing) return { failed: missing }
    }
    await tx
      .insertInto('improvement')
      .values({
        ...saidOf(newest),
        ...{ id, version: judged.version, state: to, ...proved, reason, made_by: by.id, made_at: at },
        done_by: to === 'done' ? by.id : to === 'verified' ? newest.done_by : done_by,
      })
      .execute()
    await record(tx, by, at, {
      action: 'improvement.moved',
      about: pathOf({ kind: 'improvement', id }),
      mode: newest.mode,
      details: { version: judged.version, from: newest.state, to, ...reasonForTrail(newest.label, reason) },
    })
    return {}
  })
}

/** What of the proof is not there: the file must hang on this improvement, the record be linked with it. */
async function missingProof(tx: Tx, id: string, { evidence_file_id, evidence_item_id }: Proof) {
  const file =
    evidence_file_id &&
    (await tx
      .selectFrom('register_file')
      .where('id', '=', evidence_file_id)
      .where('item_id', '=', id)
      .where('removed_at', 'is', null)
      .select('id')
      .executeTakeFirst())
  if (evidence_file_id && !file) return 'evidence_file_id'
  const link =
    evidence_item_id &&
    (await tx
      .selectFrom('register_link')
      .where('removed_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb.and([eb('from_id', '=', id), eb('to_id', '=', evidence_item_id)]),
          eb.and([eb('to_id', '=', id), eb('from_id', '=', evidence_item_id)]),
        ]),
      )
      .select('id')
      .executeTakeFirst())
  return evidence_item_id && !link ? 'evidence_item_id' : undefined
}
