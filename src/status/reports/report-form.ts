import { z } from 'zod'
import type { FunctionCode } from '#ground/db/tables.ts'
import { fromCivilInput } from '#ground/html/civil.ts'
import { oneLine, plainLines } from '#ground/html/clean-text.ts'
import { problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import {
  alternatives,
  bcpStates,
  commandCentres,
  conditions,
  damageFields,
  damages,
  functionCodes,
  statusWords,
} from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { alternativeOf, alternativeProblems } from './alternative.ts'
import { readWriting, type Writing } from './writing.ts'

export const text_length_max = 4000
/** When the next update may be promised for, in minutes from now. */
export const nextUpdates = ['30', '60', '120', '180', '360', '720', '1440'] as const

/** Who may read the remarks of a report: as the rest of it, or the secretariat alone. */
export const reportLabels = [labelOf.report, 'red'] as const

const messages = inBoth({
  ja: {
    choose: (what: string) => `「${what}」を選んでください`,
    bcp: 'BCPの発動状況',
    command_centre: '自機関の対策本部',
    next_update_minutes: '次回の報告',
    label: '補足を読める人',
    resumption_at: '再開見込みは、日付と時刻の両方を入力するか、空欄にしてください',
    too_early: '再開見込みは、災害等の発生より後の日時にしてください',
    too_late: '再開見込みは、1年以内の日時にしてください',
    alternative: '代替先を選び直してください',
    normal_at: '通常復帰の見込みは、日付と時刻の両方を入力するか、空欄にしてください',
    normal_too_early: '通常復帰の見込みは、災害等の発生より後の日時にしてください',
    normal_too_late: '通常復帰の見込みは、1年以内の日時にしてください',
    text: `補足は${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    characters: '補足に使えない文字（制御文字など）が含まれています。入力し直してください',
    twice: '同じ項目が2回送られました。もう一度選んでください',
    key: '画面の情報が壊れています。内容を確かめて、もう一度「状況を報告する」を押してください',
  },
  en: {
    choose: (what: string) => `Choose an answer for “${what}”`,
    bcp: 'BCP activation',
    command_centre: 'Own command centre',
    next_update_minutes: 'Next update',
    label: 'Who may read the remarks',
    resumption_at: 'Enter both date and time of the expected resumption, or leave it empty',
    too_early: 'The expected resumption must be later than the event',
    too_late: 'The expected resumption must be within a year',
    alternative: 'Choose the alternative again',
    normal_at: 'Enter both date and time of the expected return to normal, or leave it empty',
    normal_too_early: 'The expected return to normal must be later than the event',
    normal_too_late: 'The expected return to normal must be within a year',
    text: `Keep the remarks within ${text_length_max.toLocaleString('en')} characters`,
    characters:
      'The remarks contain characters that cannot be kept, such as control characters. Please enter them again',
    twice: 'This was sent twice. Please answer it again',
    key: 'Part of the page was lost. Check your answers and press “Report status” again',
  },
})

type For = {
  /** Functions the institution has; others are not asked, and not taken. */
  functions: readonly FunctionCode[]
  event_at: Date | null
  now: Date
}

const expected_ms_max = 366 * 86_400_000

/** What the one-screen form sends. Unknown fields are left aside. */
export const ReportForm = (language: Language, { functions, event_at, now }: For) => {
  const say = messages[language]
  const words = statusWords[language]
  const condition = (code: FunctionCode) =>
    functions.includes(code)
      ? z.enum(conditions, say.choose(words.functions[code]))
      : z
          .unknown()
          .optional()
          .transform(() => null)
  const damage = (field: (typeof damageFields)[number]) => z.enum(damages, say.choose(words.damage_fields[field]))
  const expected = (unreadable: string, too_early: string, too_late: string) =>
    z
      .string(unreadable)
      .transform((text, context) => {
        if (text.trim() === '') return null
        const at = fromCivilInput(text.trim())
        if (at && (!event_at || at > event_at) && at.getTime() <= now.getTime() + expected_ms_max) return at
        context.addIssue(!at ? unreadable : event_at && at <= event_at ? too_early : too_late)
        return z.NEVER
      })
      .default(null)
  return z.object({
    ...each(functionCodes, condition),
    ...each(damageFields, damage),
    bcp: z.enum(bcpStates, say.choose(say.bcp)),
    command_centre: z.enum(commandCentres, say.choose(say.command_centre)),
    resumption_at: expected(say.resumption_at, say.too_early, say.too_late),
    alternative_from: z
      .literal('')
      .transform(() => null)
      .or(z.enum(alternatives, say.alternative))
      .default(null),
    alternative_other: z.string(say.alternative).transform(oneLine).default(''),
    normal_at: expected(say.normal_at, say.normal_too_early, say.normal_too_late),
    text: z
      .string(say.text)
      .transform(plainLines)
      .pipe(z.string().max(text_length_max, say.text).refine(isKeepable, say.characters))
      .default(''),
    label: z.enum(reportLabels, say.choose(say.label)).default(reportLabels[0]),
    next_update_minutes: z.enum(nextUpdates, say.choose(say.next_update_minutes)).transform(Number),
    idempotency_key: z.uuid(say.key),
  })
}
export type ReportForm = z.output<ReturnType<typeof ReportForm>>

const no_alternative = { alternative_from: null, alternative_other: '', normal_at: null }

/** What one press says: everything runs, nothing is damaged, no plan is activated. */
export const allNormal = (update_minutes: number): Omit<ReportForm, 'idempotency_key'> => ({
  ...each(functionCodes, () => 'normal' as const),
  ...each(damageFields, () => 'none' as const),
  bcp: 'not_activated',
  command_centre: 'not_set_up',
  resumption_at: null,
  ...no_alternative,
  text: '',
  label: labelOf.report,
  next_update_minutes: update_minutes,
})

/** What a report may also be: said in a few words, it leaves plan and command centre unknown. */
export type ReportSaid = Omit<ReportForm, 'bcp' | 'command_centre'> & {
  bcp: ReportForm['bcp'] | 'unknown'
  command_centre: ReportForm['command_centre'] | 'unknown'
}

/** What somebody says in a word who runs on the alternative: all that they do, and nothing else is guessed. */
export const onAlternative = (update_minutes: number): Omit<ReportSaid, 'idempotency_key'> => ({
  ...nothingKnown(update_minutes),
  ...each(functionCodes, () => 'alternative' as const),
})

/** What somebody says who only says that not all is normal: nothing is guessed from their words. */
export const nothingKnown = (update_minutes: number): Omit<ReportSaid, 'idempotency_key'> => ({
  ...allNormal(update_minutes),
  ...each(functionCodes, () => 'unknown' as const),
  ...each(damageFields, () => 'unknown' as const),
  bcp: 'unknown',
  command_centre: 'unknown',
})

type Posted = { values: Record<string, string>; lists: Record<string, string[]> }

/** What was posted: the one press, or the one-screen form. A field that came twice is asked again: which was meant cannot be known. */
export function parseReport(
  language: Language,
  { values, lists }: Posted,
  { update_minutes, ...of }: For & { update_minutes: number },
): { form: ReportForm; writing: Writing } | { problems: Problems } {
  const schema = ReportForm(language, of)
  const twice = Object.keys(schema.shape).filter((name) => (lists[name]?.length ?? 0) > 1)
  const problems = Object.fromEntries(twice.map((name) => [name, messages[language].twice]))
  const writing = readWriting(values)
  if (values.all_normal === 'yes') {
    const key = schema.shape.idempotency_key.safeParse(values.idempotency_key)
    if (key.success && writing && twice.length === 0)
      return { form: { ...allNormal(update_minutes), idempotency_key: key.data }, writing }
    return { problems: { idempotency_key: messages[language].key, ...problems } }
  }
  const form = schema.safeParse(values)
  const missing = alternativeProblems(language, of.functions, values)
  if (form.success && writing && twice.length === 0 && Object.keys(missing).length === 0)
    return { form: alternativeOf(form.data), writing }
  const broken = writing ? {} : { idempotency_key: messages[language].key }
  return { problems: { ...problems, ...broken, ...missing, ...(form.error && problemsOf(form.error)) } }
}

const each = <Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>

/** Neither control characters other than tab and line end, nor half of a character. */
const isKeepable = (text: string) => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text)
