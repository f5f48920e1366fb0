import { z } from 'zod'
import { cleanLines, oneLine } from '#ground/html/clean-text.ts'
import { chosenId, civilDay, idempotencyKey, versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { labelOf, labels } from '#ground/rights/labels.ts'
import { sources } from './improvement.ts'

const [title_length_max, text_length_max, about_length_max, reason_length_max] = [200, 4000, 300, 500]

export const formMessages = inBoth({
  ja: {
    title: `件名を${title_length_max}文字以内の1行で入力してください`,
    finding: `気付いたことを${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    source: 'きっかけを選んでください',
    about: `きっかけの場所は${about_length_max}文字以内で入力してください`,
    action: `対応の内容は${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    owner: '担当者か担当機関のどちらか一方にしてください',
    owner_person_id: '担当者を選び直してください',
    owner_institution: 'この機関コードの機関はありません。コードを確かめてください（例：SEC-001）',
    needs_owner: '対応中のものには担当が必要です。担当者か担当機関を決めてください',
    needs_day: '対応中のものには期日が必要です。期日を入力してください',
    due_on: '期日を入力し直してください',
    label: '共有範囲を選び直してください',
    mode: '区分を選び直してください',
    reason: `理由を${reason_length_max}文字以内で入力してください`,
    closed: 'この改善事項は閉じられました。変更するには、先に再開してください',
  },
  en: {
    title: `Enter a title of one line, of up to ${title_length_max} characters`,
    finding: `Enter what was found, in up to ${text_length_max.toLocaleString('en')} characters`,
    source: 'Choose where it was noticed',
    about: `Keep where it came from within ${about_length_max} characters`,
    action: `Keep what is to be done within ${text_length_max.toLocaleString('en')} characters`,
    owner: 'Choose a person or an institution, not both',
    owner_person_id: 'Choose the owner again',
    owner_institution: 'There is no institution of this code. Check it (such as SEC-001)',
    needs_owner: 'What is worked on needs an owner. Choose a person or an institution',
    needs_day: 'What is worked on needs a day. Enter until when it is to be done',
    due_on: 'Enter the day again',
    label: 'Choose again who may read it',
    mode: 'Choose the mode again',
    reason: `Enter the reason, in up to ${reason_length_max} characters`,
    closed: 'This improvement was closed. To change it, open it again first',
  },
})

/** The reason for a change, of a few lines at most. */
export const reasonField = (language: Language) => {
  const message = formMessages[language].reason
  return z.string(message).transform(cleanLines).pipe(z.string().min(1, message).max(reason_length_max, message))
}

/** `version` is the one that was seen, 0 for a new one, which `key` names; only a change needs a reason. */
export const ImprovementForm = (language: Language) => {
  const say = formMessages[language]
  const long = (message: string) =>
    z.string(message).transform(cleanLines).pipe(z.string().max(text_length_max, message))
  return z
    .object({
      title: z.string(say.title).transform(oneLine).pipe(z.string().min(1, say.title).max(title_length_max, say.title)),
      finding: long(say.finding).refine(Boolean, say.finding),
      source: z.enum(sources, say.source),
      about: z.string().default('').transform(oneLine).pipe(z.string().max(about_length_max, say.about)),
      action: long(say.action).default(''),
      owner_person_id: chosenId(say.owner_person_id),
      owner_institution: z
        .string()
        .default('')
        .transform((code) => code.normalize('NFKC').trim().toUpperCase()),
      due_on: civilDay(say.due_on),
      label: z.enum(labels, say.label).default(labelOf.improvement),
      mode: z.enum(['actual', 'exercise', 'test'], say.mode).default('actual'),
      reason: z.string().default(''),
      key: idempotencyKey.optional().catch(undefined),
      version: versionSeen,
    })
    .superRefine(({ version, reason, owner_person_id, owner_institution }, context) => {
      if (version > 0 && !reasonField(language).safeParse(reason).success)
        context.addIssue({ code: 'custom', path: ['reason'], message: say.reason })
      if (owner_person_id !== null && owner_institution !== '')
        context.addIssue({ code: 'custom', path: ['owner_institution'], message: say.owner })
    })
    .transform((form) => ({ ...form, reason: form.version > 0 ? cleanLines(form.reason) : '' }))
}
export type ImprovementForm = z.output<ReturnType<typeof ImprovementForm>>
