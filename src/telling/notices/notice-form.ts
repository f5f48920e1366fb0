import { z } from 'zod'
import { answersWanted } from '#delivery/deliveries/index.ts'
import { severities } from '#ground/channels/channel.ts'
import type { Choice } from '#ground/db/tables.ts'
import { cleanLines, oneLine } from '#ground/html/clean-text.ts'
import { civilTime, idempotencyKey, versionSeen } from '#ground/html/fields.ts'
import type { Language } from '#ground/html/language.ts'
import { labels } from '#ground/rights/labels.ts'
import { choice_length_max, choices_max, subject_length_max, text_length_max } from '#telling/templates/index.ts'
import { formMessages } from './form-messages.ts'

export const answer_days_max = 30
export const repeat_minutes_min = 5
export const repeat_minutes_max = 1440

/** The fields of a notice beside its audience, which `AudienceForm` reads, and its files. */
export const NoticeForm = (language: Language, { kind, now }: { kind: string; now: Date }) => {
  const say = formMessages[language]
  const text = (clean: (text: string) => string, length_max: number, message: string) =>
    z.string(message).transform(clean).pipe(z.string().min(1, message).max(length_max, message))
  const lines = (message: string) =>
    z
      .string()
      .default('')
      .transform((written) => cleanLines(written).split('\n').map(oneLine).filter(Boolean))
      .refine((said) => said.every((each) => each.length <= choice_length_max), message)
  const is_request = kind === 'report_request'
  return z
    .object({
      belongs_to: z.string(say.belongs_to).regex(/^(none:(actual|exercise|test)|[0-9a-f-]{36})$/, say.belongs_to),
      severity: z.enum(severities, say.severity),
      official_notice_id: z.union([z.literal('').transform(() => null), z.uuid()], say.official).default(null),
      subject_ja: text(oneLine, subject_length_max, say.subject_ja),
      text_ja: text(cleanLines, text_length_max, say.text_ja),
      subject_en: text(oneLine, subject_length_max, say.subject_en),
      text_en: text(cleanLines, text_length_max, say.text_en),
      answer_wanted: is_request ? z.literal('report').catch('report') : z.enum(answersWanted, say.answer_wanted),
      choices_ja: lines(say.choices_long),
      choices_en: lines(say.choices_long),
      answer_by: z
        .string()
        .default('')
        .pipe(z.union([z.literal('').transform(() => null), civilTime(say.answer_by)]))
        .refine((at) => at === null || at > now, say.past)
        .refine((at) => at === null || at.getTime() < now.getTime() + answer_days_max * 86_400_000, say.far),
      repeat_minutes: z
        .string()
        .default('')
        .transform((written) => (written.trim() === '' ? null : Number(written.normalize('NFKC'))))
        .pipe(z.int(say.repeat).min(repeat_minutes_min, say.repeat).max(repeat_minutes_max, say.repeat).nullable()),
      label: z.enum(labels, say.label),
      template_id: z.union([z.literal('').transform(() => null), z.uuid()]).catch(null),
      idempotency_key: idempotencyKey.optional().catch(undefined),
      version: versionSeen,
    })
    .transform(({ belongs_to, choices_ja, choices_en, ...form }, context) => {
      const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
      const { answer_wanted } = form
      const is_choice = answer_wanted === 'choice'
      if (is_choice && (choices_ja.length < 2 || choices_ja.length > choices_max)) wrong('choices_ja', say.choices_ja)
      else if (is_choice && choices_ja.length !== choices_en.length)
        wrong('choices_en', say.choices_en(choices_ja.length, choices_en.length))
      const [nowhere, mode] = belongs_to.split(':')
      const situation_id = nowhere === 'none' ? null : belongs_to
      if (situation_id === null && answer_wanted === 'report') wrong('belongs_to', say.needs_situation)
      if (is_request && form.answer_by === null) wrong('answer_by', say.answer_by)
      if (kind === 'official' && form.official_notice_id === null) wrong('official_notice_id', say.official)
      if (form.repeat_minutes !== null && !is_request) form.repeat_minutes = null
      const choices: Choice[] = is_choice ? choices_ja.map((ja, index) => ({ ja, en: choices_en[index] ?? '' })) : []
      return {
        ...form,
        official_notice_id: kind === 'official' ? form.official_notice_id : null,
        answer_by: answer_wanted === 'none' ? null : form.answer_by,
        situation_id,
        /** Null: that of the situation. */
        mode: situation_id === null ? (mode as 'actual' | 'exercise' | 'test') : null,
        choices,
      }
    })
}
export type NoticeForm = z.output<ReturnType<typeof NoticeForm>>

/** The parts of a version-bound act: what was seen is what is done. */
export const ActForm = z.object({
  version: versionSeen,
  mode: z.enum(['actual', 'exercise', 'test']).catch('test'),
  seen: z.string().catch(''),
})

export const reasonForm = (message: string, { min, max }: { min: number; max: number }) =>
  z.string(message).transform(cleanLines).pipe(z.string().min(min, message).max(max, message))
