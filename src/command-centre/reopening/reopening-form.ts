import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'

const messages = inBoth({
  ja: {
    reason: '再開する理由を2,000文字以内で入力してください',
    text: '一般の方への説明を1,000文字以内で入力してください',
    key: '画面の有効期限が切れました。もう一度開き直してください',
  },
  en: {
    reason: 'Enter why it is opened again, in up to 2,000 characters',
    text: 'Enter what the public is told, in up to 1,000 characters',
    key: 'This page is no longer valid. Please open it again',
  },
})

/** What the public is told unless somebody says otherwise. */
export const usualWords = {
  text_ja: '先ほどの終結のお知らせは誤りでした。本件への対応は続いています。',
  text_en: 'The notice that this event had ended was a mistake. The response to it goes on.',
}

export const ReopeningForm = (language: Language) => {
  const say = messages[language]
  return z
    .object({
      id: z.uuid(say.key),
      reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
      text_ja: z.string(say.text).trim().min(1, say.text).max(1000, say.text),
      text_en: z.string().trim().max(1000, say.text).default(''),
    })
    .transform((form) => ({ ...form, text_en: form.text_en || form.text_ja }))
}
export type ReopeningForm = z.output<ReturnType<typeof ReopeningForm>>
