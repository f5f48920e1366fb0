import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { must, NotFound, type Person } from '#access/index.ts'
import { labels } from '#access/labels.ts'
import type { Tools } from '#app/tools.ts'
import { severities } from '#channels/index.ts'
import { inBoth, type Language } from '#html/language.ts'
import { record } from '#trail/index.ts'

export const templateKinds = ['command_centre', 'official', 'report_request', 'practice', 'test'] as const
export const answersWanted = ['none', 'acknowledge', 'choice', 'report'] as const
export const name_length_max = 100
export const subject_length_max = 100
export const text_length_max = 4000
export const choices_max = 9
export const answer_minutes_max = 43_200

const messages = inBoth({
  ja: {
    name: `名前を${name_length_max}文字以内で入力してください`,
    subject: `件名を${subject_length_max}文字以内の1行で入力してください`,
    text: `本文を${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    pick: '1つ選んでください',
    choices: `選択肢を1行に1つ、日本語と英語を「|」で区切って、2〜${choices_max}行で入力してください（例：参加する | We take part）`,
    report: '状況の報告を求められるのは、状況報告の依頼だけです',
    minutes: `回答までの時間を1〜${answer_minutes_max.toLocaleString('ja')}分で入力するか、空欄にしてください`,
  },
  en: {
    name: `Enter a name of up to ${name_length_max} characters`,
    subject: `Enter a subject of one line, of up to ${subject_length_max} characters`,
    text: `Enter a text of up to ${text_length_max.toLocaleString('en')} characters`,
    pick: 'Choose one',
    choices: `Enter 2 to ${choices_max} choices, one a line, Japanese and English parted by "|" (参加する | We take part)`,
    report: 'Only a request to report asks for a report',
    minutes: `Enter 1 to ${answer_minutes_max.toLocaleString('en')} minutes, or leave it empty`,
  },
})

/** Choices as a person writes them: one a line, Japanese and English parted by a bar. Undefined when a line is not so. */
function readChoices(text: string) {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) => line.split(/[|｜]/).map((each) => each.trim()))
  if (rows.some((row) => row.length !== 2 || row.some((each) => each === '' || each.length > 100))) return undefined
  return rows.map(([ja = '', en = '']) => ({ ja, en }))
}
export const writeChoices = (choices: readonly { ja: string; en: string }[]) =>
  choices.map(({ ja, en }) => `${ja} | ${en}`).join('\n')

/** Line ends as one character and no other control characters, whatever the browser sent. */
const plainLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim()

export const TemplateForm = (language: Language) => {
  const say = messages[language]
  const line = (max: number, message: string) =>
    z
      .string(message)
      .trim()
      .min(1, message)
      .max(max, message)
      .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), message)
  const text = z.string(say.text).transform(plainLines).pipe(z.string().min(1, say.text).max(text_length_max, say.text))
  return z
    .object({
      kind: z.enum(templateKinds, say.pick),
      severity: z.enum(severities, say.pick),
      label: z.enum(labels, say.pick),
      name_ja: line(name_length_max, say.name),
      name_en: line(name_length_max, say.name),
      subject_ja: line(subject_length_max, say.subject),
      subject_en: line(subject_length_max, say.subject),
      text_ja: text,
      text_en: text,
      answer_wanted: z.enum(answersWanted, say.pick),
      choices: z.string().default(''),
      answer_minutes: z
        .string()
        .default('')
        .transform((value) => (value.trim() === '' ? null : Number(value)))
        .pipe(
          z.number(say.minutes).int(say.minutes).min(1, say.minutes).max(answer_minutes_max, say.minutes).nullable(),
        ),
    })
    .superRefine(({ kind, answer_wanted }, context) => {
      if (answer_wanted === 'report' && kind !== 'report_request')
        context.addIssue({ code: 'custom', path: ['answer_wanted'], message: say.report })
    })
    .transform(({ choices, ...form }, context) => {
      const read = form.answer_wanted === 'choice' ? readChoices(choices) : []
      if (read && (form.answer_wanted !== 'choice' || (read.length >= 2 && read.length <= choices_max)))
        return { ...form, choices: read }
      context.addIssue({ code: 'custom', path: ['choices'], message: say.choices })
      return z.NEVER
    })
}
export type TemplateForm = z.output<ReturnType<typeof TemplateForm>>

/** Saves a new template, or a new version of one (`code`), if nobody else has meanwhile made one over `version`. */
export async function saveTemplate(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { choices, ...form }: TemplateForm,
  before: { code: string; version: number } | null,
): Promise<{ code: string } | { failed: 'changed' }> {
  must(by, 'template.edit')
  const at = clock()
  const code = before?.code ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    if (before) {
      const known = await tx
        .selectFrom('notice_template')
        .where('code', '=', code)
        .where('removed_at', 'is', null)
        .orderBy('version', 'desc')
        .limit(1)
        .select('version')
        .executeTakeFirst()
      if (!known) throw new NotFound(`template ${code}`)
      if (known.version !== before.version) return { failed: 'changed' }
    }
    const version = (before?.version ?? 0) + 1
    const made = await tx
      .insertInto('notice_template')
      .values({ ...form, code, version, choices: JSON.stringify(choices), made_by: by.id, made_at: at })
      // Of two who save over the same version at once, the second sees what the first did.
      .onConflict((conflict) => conflict.columns(['code', 'version']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return { failed: 'changed' }
    await record(tx, by, at, {
      action: 'template.edited',
      about: `/notice-templates/${code}`,
      details: { version, name: form.name_ja },
    })
    return { code }
  })
}

/** Takes a template out of use; notices that were made from it keep it. Twice is not an error. */
export async function removeTemplate({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, code: string) {
  must(by, 'template.edit')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const removed = await tx
      .updateTable('notice_template')
      .set({ removed_at: at })
      .where('code', '=', code)
      .where('removed_at', 'is', null)
      .returning('id')
      .execute()
    if (removed.length === 0) return
    await record(tx, by, at, { action: 'template.removed', about: `/notice-templates/${code}` })
  })
}
