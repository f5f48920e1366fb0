import { z } from 'zod'
import { versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { isByName } from './words.ts'

export const reason_length_max = 500

const messages = inBoth({
  ja: {
    field: '名前で見えるか、件数だけかを選んでください',
    times:
      '時刻だけを名前で見せることはできません。業務の状況かBCPの発動状況も名前で見えるようにするか、件数だけにしてください',
    reason: `理由を${reason_length_max}文字以内で入力してください`,
  },
  en: {
    field: 'Choose by name, or counts only',
    times: 'Times alone cannot be seen by name. Let functions or BCP be seen by name, too, or choose counts only',
    reason: `Enter the reason, in up to ${reason_length_max} characters`,
  },
})

/** What the council wants members to see, upon the version that was seen. */
export const ViewForm = (language: Language) => {
  const say = messages[language]
  const field = z.enum(['name', 'counts'], say.field).transform((chosen) => chosen === 'name')
  return z
    .object({
      version: versionSeen,
      shows_functions: field,
      shows_bcp: field,
      shows_said_at: field,
      shows_next_update: field,
      reason: z.string(say.reason).trim().min(1, say.reason).max(reason_length_max, say.reason),
    })
    .superRefine((form, context) => {
      if (isByName(form)) return
      for (const time of ['shows_said_at', 'shows_next_update'] as const)
        if (form[time]) context.addIssue({ code: 'custom', path: [time], message: say.times })
    })
}
export type ViewForm = z.output<ReturnType<typeof ViewForm>>
