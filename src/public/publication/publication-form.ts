import { z } from 'zod'
import { civilTime } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { functionCodes, markets } from '#ground/market/words.ts'
import { isBcpMarket } from '#status/activations/index.ts'

const messages = inBoth({
  ja: {
    text_ja: '公表する文章を4,000文字以内で入力してください',
    text_en: '英語の文章は4,000文字以内で入力してください',
    next_update_at: '次の公表の予定を日時で入力するか、空欄にしてください',
    past: '次の公表の予定が過去になっています',
    of_gathering: '情報収集は通常は公表しません。公表するときは、印を付けてください',
    chosen: '選択した項目を読み取れません。選び直してください',
  },
  en: {
    text_ja: 'Enter the text to publish, in up to 4,000 characters',
    text_en: 'Keep the English text within 4,000 characters',
    next_update_at: 'Enter when the next publication is planned, or leave it empty',
    past: 'The planned next publication is in the past',
    of_gathering: 'A gathering is not published as a rule. Tick the box if it is to be',
    chosen: 'What was chosen cannot be read. Please choose again',
  },
})

/** What the secretariat chooses to tell the public; lists come from check boxes. */
export const PublicationForm = (language: Language, now: Date) => {
  const say = messages[language]
  return z
    .object({
      text_ja: z.string(say.text_ja).trim().min(1, say.text_ja).max(4000, say.text_ja),
      text_en: z.string().trim().max(4000, say.text_en).default(''),
      functions: z
        .array(
          z.string().transform((value, context) => {
            const [market, function_code] = value.split(':')
            const found = {
              market: markets.find((name) => name === market),
              function_code: functionCodes.find((name) => name === function_code),
            }
            if (found.market && found.function_code) return { market: found.market, function_code: found.function_code }
            context.addIssue(say.chosen)
            return z.NEVER
          }),
        )
        .max(markets.length * functionCodes.length, say.chosen)
        .default([]),
      institutions: z.array(z.uuid(say.chosen)).max(200, say.chosen).default([]),
      activations: z.array(z.string().refine(isBcpMarket, say.chosen)).max(20, say.chosen).default([]),
      participants: z.literal('yes').optional(),
      next_update_at: z
        .union([z.literal('').transform(() => null), civilTime(say.next_update_at).refine((at) => at > now, say.past)])
        .default(null),
      is_correction: z.literal('yes').optional(),
      /** That a gathering is published was chosen expressly. */
      of_gathering: z.literal('yes').optional(),
    })
    .transform((form) => ({
      ...form,
      text_en: form.text_en || form.text_ja,
      participants: form.participants === 'yes',
      is_correction: form.is_correction === 'yes',
      of_gathering: form.of_gathering === 'yes',
    }))
}
export type PublicationForm = z.output<ReturnType<typeof PublicationForm>>

/** Said where a gathering would become public without anybody's having chosen that. */
export const notExpressly = (language: Language) => ({ of_gathering: messages[language].of_gathering })
