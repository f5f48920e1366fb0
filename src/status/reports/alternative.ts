import type { FunctionCode } from '#ground/db/tables.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import { functionCodes } from '#ground/market/words.ts'

export const alternative_other_length_max = 100

const messages = inBoth({
  ja: {
    alternative_from: '代替運用中の業務があります。代替先を選んでください',
    alternative_other: `代替先「その他」の内容を、${alternative_other_length_max}文字以内の1行で入力してください`,
  },
  en: {
    alternative_from: 'A function runs on the alternative. Choose which alternative',
    alternative_other: `Enter which other alternative, in one line of up to ${alternative_other_length_max} characters`,
  },
})

/** What is missing where a function is said to run on the alternative: on which. Pure. */
export function alternativeProblems(
  language: Language,
  functions: readonly FunctionCode[],
  values: Record<string, string>,
): Problems {
  const say = messages[language]
  if (!functions.some((code) => values[code] === 'alternative')) return {}
  if (!values.alternative_from) return { alternative_from: say.alternative_from }
  const line = oneLine(values.alternative_other ?? '')
  const is_line = line !== '' && line.length <= alternative_other_length_max
  return values.alternative_from === 'other' && !is_line ? { alternative_other: say.alternative_other } : {}
}

type Said = Partial<Record<FunctionCode, string | null>> & {
  alternative_from: string | null
  alternative_other: string
  normal_at: Date | null
}

/**
 * Says of the alternative only what is so: nothing once no function is on it, so that who is back to normal need not empty what the form
 * still holds, and a line of their own only beside "other". Pure.
 */
export function alternativeOf<Form extends Said>(form: Form): Form {
  const is_on = functionCodes.some((code) => form[code] === 'alternative')
  return {
    ...form,
    alternative_from: is_on ? form.alternative_from : null,
    alternative_other: is_on && form.alternative_from === 'other' ? form.alternative_other : '',
    normal_at: is_on ? form.normal_at : null,
  }
}
