import { z } from 'zod'
import { cleanLines } from '#ground/html/clean-text.ts'
import { chosenId, civilTime } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { Refused } from './standing.ts'

/** What is wrong with an entry, by what was refused; each is said at its field. */
export const entryMessages = inBoth({
  ja: {
    step: '発動か解除かを選んでください',
    decided_at: '決定した時刻を入力してください',
    effective_at: '効力の時刻を日時で入力するか、空欄にしてください',
    criterion: '根拠とする発動基準の版を選び直してください',
    situation: '関係する事案を選び直してください。区分（実災害・訓練）が同じ事案だけを選べます',
    reason: '理由を2,000文字以内で入力してください',
    key: '画面の有効期限が切れました。もう一度開き直してください',
    mode: '区分を選び直してください',
    future: '決定の時刻が未来になっています。決定した時刻を入力してください',
    before_decision: '効力の時刻が決定の時刻より前になっています',
    older: 'これより新しい決定が既に記録されています。古い決定で置き換えることはできません',
    already: 'このBCPは既に発動が記録されています。二重には発動できません',
    not_activated: 'このBCPは発動していないため、解除できません',
    before_began: '解除の効力が発動の効力より前になっています。発動の開始以後の時刻を入力してください',
    overtakes: '発動の効力が、前の解除の効力より前になっています',
  },
  en: {
    step: 'Choose whether it was activated or lifted',
    decided_at: 'Enter when it was decided',
    effective_at: 'Enter from when it holds, or leave it empty',
    criterion: 'Choose the version of the criteria again',
    situation: 'Choose the situation again. It must be of the same mode (real or exercise)',
    reason: 'Enter the reason, in up to 2,000 characters',
    key: 'This page is no longer valid. Please open it again',
    mode: 'Choose the mode again',
    future: 'The time of the decision is in the future. Enter when it was decided',
    before_decision: 'It would hold from before the decision',
    older: 'A newer decision is on record. An older one cannot take its place',
    already: 'This BCP is on record as activated. It cannot be activated twice',
    not_activated: 'This BCP is not activated, so it cannot be lifted',
    before_began: 'It would be lifted before it began. Enter a time from the beginning of the activation on',
    overtakes: 'It would hold from before the lifting that stands',
  },
})

/** At which field each refusal is said. */
export const fieldOf = {
  future: 'decided_at',
  before_decision: 'effective_at',
  older: 'decided_at',
  already: 'step',
  not_activated: 'step',
  before_began: 'effective_at',
  overtakes: 'effective_at',
} as const satisfies Record<Refused, string>

export const EntryForm = (language: Language) => {
  const say = entryMessages[language]
  return z
    .object({
      id: z.uuid(say.key),
      mode: z.enum(['actual', 'exercise', 'test'], say.mode),
      step: z.enum(['activated', 'lifted'], say.step),
      decided_at: civilTime(say.decided_at),
      effective_at: z.union([z.literal('').transform(() => null), civilTime(say.effective_at)]).default(null),
      criterion_version: z
        .union(
          [
            z.literal('').transform(() => null),
            z
              .string()
              .regex(/^[1-9]\d{0,8}$/)
              .transform(Number),
          ],
          say.criterion,
        )
        .default(null),
      situation_id: chosenId(say.situation),
      reason: reasonIn(say.reason),
    })
    .transform((form) => ({ ...form, effective_at: form.effective_at ?? form.decided_at }))
}
export type EntryForm = z.output<ReturnType<typeof EntryForm>>

export const CorrectionForm = (language: Language) => {
  const say = entryMessages[language]
  return z.object({ id: z.uuid(say.key), reason: reasonIn(say.reason) })
}
export type CorrectionForm = z.output<ReturnType<typeof CorrectionForm>>

const reasonIn = (message: string) =>
  z.string(message).transform(cleanLines).pipe(z.string().min(1, message).max(2000, message))
