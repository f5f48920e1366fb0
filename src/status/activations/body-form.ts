import { z } from 'zod'
import { cleanLines, oneLine } from '#ground/html/clean-text.ts'
import { versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'

export const bodyMessages = inBoth({
  ja: {
    institution: 'その機関コードの機関がありません。名簿にある機関コードを入力してください',
    body: '決定主体の名称を120文字以内で入力してください',
    procedure: '決定の手続を4,000文字以内で入力してください',
    reason: '変更の理由を2,000文字以内で入力してください',
  },
  en: {
    institution: 'No institution has this code. Enter a code of the directory',
    body: 'Enter the name of the deciding body, in up to 120 characters',
    procedure: 'Enter the procedure, in up to 4,000 characters',
    reason: 'Enter the reason for the change, in up to 2,000 characters',
  },
})

export const BodyForm = (language: Language) => {
  const say = bodyMessages[language]
  const text = (clean: (text: string) => string, length_max: number, message: string) =>
    z.string(message).transform(clean).pipe(z.string().min(1, message).max(length_max, message))
  return z.object({
    institution: text(oneLine, 20, say.institution),
    body_ja: text(oneLine, 120, say.body),
    body_en: text(oneLine, 120, say.body),
    procedure_ja: text(cleanLines, 4000, say.procedure),
    procedure_en: text(cleanLines, 4000, say.procedure),
    reason: text(cleanLines, 2000, say.reason),
    version: versionSeen,
  })
}
export type BodyForm = z.output<ReturnType<typeof BodyForm>>
