import { z } from 'zod'
import { answersWanted, writtenKinds } from '#delivery/deliveries/index.ts'
import { severities } from '#ground/channels/channel.ts'
import { cleanLines } from '#ground/html/clean-text.ts'
import { idempotencyKey, versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { labels } from '#ground/rights/labels.ts'
import { hasBrokenBlank } from './blanks.ts'

export const name_length_max = 100
/** What a template says is what a notice may say. */
export const subject_length_max = 100
export const text_length_max = 4000
export const choice_length_max = 100
export const choices_max = 9
const answer_minutes_max = 43_200

const messages = inBoth({
  ja: {
    name: `名前を${name_length_max}文字以内で入力してください`,
    subject: `件名を${subject_length_max}文字以内の1行で入力してください`,
    text: `本文を${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    blank: '空欄は {{時刻}} のように、2つずつのかっこで囲み、50文字以内の1行で書いてください',
    pick: '1つ選んでください',
    choices: `選択肢を1行に1つ、日本語と英語を「|」で区切って、2〜${choices_max}行で入力してください（例：参加する | We take part）`,
    report: '状況の報告は、状況報告の依頼でだけ求めます。種類か求める回答を選び直してください',
    minutes: `回答までの時間を1〜${answer_minutes_max.toLocaleString('ja')}分の整数で入力するか、空欄にしてください`,
  },
  en: {
    name: `Enter a name of up to ${name_length_max} characters`,
    subject: `Enter a subject of one line, of up to ${subject_length_max} characters`,
    text: `Enter a text of up to ${text_length_max.toLocaleString('en')} characters`,
    blank: 'Write each blank like {{time}}: two braces on each side, one line of up to 50 characters',
    pick: 'Choose one',
    choices: `Enter 2 to ${choices_max} choices, one a line, Japanese and English parted by "|" (参加する | We take part)`,
    report: 'A report is wanted by a request to report and by nothing else: change the kind or the answer wanted',
    minutes: `Enter 1 to ${answer_minutes_max.toLocaleString('en')} whole minutes, or leave it empty`,
  },
})

/** Choices as a person writes them: one a line, Japanese and English parted by a bar. Undefined when a line is not so. */
function readChoices(text: string) {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) => line.split(/[|｜]/).map((each) => each.trim()))
  if (rows.length < 2 || rows.length > choices_max) return undefined
  if (rows.some((row) => row.length !== 2 || row.some((each) => each === '' || each.length > choice_length_max)))
    return undefined
  return rows.map(([ja = '', en = '']) => ({ ja, en }))
}
export const writeChoices = (choices: readonly { ja: string; en: string }[]) =>
  choices.map(({ ja, en }) => `${ja} | ${en}`).join('\n')

/** `version` is the one that was seen, 0 for a new template; `code` names a new one, so that a second press is the same. */
export const TemplateForm = (language: Language) => {
  const say = messages[language]
  const line = (max: number, message: string) =>
    z
      .string(message)
      .trim()
      .min(1, message)
      .max(max, message)
      .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), message)
  const withBlanks = <Text extends z.ZodType<string, string>>(text: Text) =>
    text.refine((written) => !hasBrokenBlank(written), say.blank)
  const subject = withBlanks(line(subject_length_max, say.subject))
  const text = withBlanks(
    z.string(say.text).transform(cleanLines).pipe(z.string().min(1, say.text).max(text_length_max, say.text)),
  )
  return z
    .object({
      name_ja: line(name_length_max, say.name),
      name_en: line(name_length_max, say.name),
      kind: z.enum(writtenKinds, say.pick),
      severity: z.enum(severities, say.pick),
      label: z.enum(labels, say.pick),
      subject_ja: subject,
      subject_en: subject,
      text_ja: text,
      text_en: text,
      answer_wanted: z.enum(answersWanted, say.pick),
      choices: z.string().default(''),
      answer_minutes: z
        .string()
        .default('')
        .transform((value) => value.normalize('NFKC').trim())
        .refine((value) => /^\d{0,5}$/.test(value), say.minutes)
        .transform((value) => (value === '' ? null : Number(value)))
        .refine((value) => value === null || (value >= 1 && value <= answer_minutes_max), say.minutes),
      code: idempotencyKey.optional().catch(undefined),
      version: versionSeen,
    })
    .transform(({ choices: written, ...form }, context) => {
      const { kind, answer_wanted } = form
      if ((answer_wanted === 'report') !== (kind === 'report_request'))
        context.addIssue({ code: 'custom', path: ['answer_wanted'], message: say.report })
      const choices = answer_wanted === 'choice' ? readChoices(written) : []
      if (!choices) context.addIssue({ code: 'custom', path: ['choices'], message: say.choices })
      return {
        ...form,
        choices: choices ?? [],
        answer_minutes: answer_wanted === 'none' ? null : form.answer_minutes,
      }
    })
}
export type TemplateForm = z.output<ReturnType<typeof TemplateForm>>
/** What a template says, whoever wrote it and in whichever version. */
export type TemplateText = Omit<TemplateForm, 'code' | 'version'>
