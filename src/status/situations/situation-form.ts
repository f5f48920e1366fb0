import { z } from 'zod'
import { civilTime } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { Audience } from '#telling/audience/index.ts'
import { hazards } from './words.ts'

const messages = inBoth({
  ja: {
    mode: '実災害か訓練かを選んでください',
    hazard: '災害等の種類を選んでください',
    title: '名称を120文字以内で入力してください',
    text: '説明は4,000文字以内で入力してください',
    event_at: '発生日時を入力してください',
    event_future: '発生日時が未来になっています。起きた時刻を入力してください',
    recovery: '復旧目標時限は、空欄にするか、1分から10,080分（7日）までの数字で入力してください',
    update: '更新の間隔は5分から1,440分までの数字で入力してください',
    criterion: '設置基準を選んでください',
    drill: '実災害の事案に対応中です。それでも始めるときは、印を付けてください',
    other_mode: '提案と区分が違います。訓練の提案からは訓練だけを始められます',
    key: '画面の有効期限が切れました。もう一度開き直してください',
    reason: '理由を一覧から選ぶか、2,000文字以内で書いてください',
    reason_code: '理由を選び直してください',
    nobody: 'この照会先に当たる機関は今はありません。選び直してください',
  },
  en: {
    mode: 'Choose whether this is real or an exercise',
    hazard: 'Choose the kind of hazard',
    title: 'Enter a name of up to 120 characters',
    text: 'Keep the description within 4,000 characters',
    event_at: 'Enter when it happened',
    event_future: 'This time is in the future. Enter when it happened',
    recovery: 'Leave the recovery objective empty, or enter minutes from 1 to 10,080 (7 days)',
    update: 'Enter the interval as a number of minutes from 5 to 1,440',
    criterion: 'Choose the criterion for setting up the command centre',
    drill: 'A real situation is open. Tick the box if you still want to start',
    other_mode: 'The proposal is of another mode: from a drill only an exercise can be started',
    key: 'This page is no longer valid. Please open it again',
    reason: 'Choose a reason from the list, or write yours in up to 2,000 characters',
    reason_code: 'Choose the reason again',
    nobody: 'No institution would be asked now. Choose again',
  },
})

const minutes = (least: number, most: number, message: string) =>
  z
    .string()
    .trim()
    .normalize('NFKC')
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .pipe(z.int().min(least, message).max(most, message))

const reasonFields = (language: Language) => {
  const say = messages[language]
  return {
    reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
    /** Which of the listed reasons it is; filled in by the program. */
    reason_code: z
      .string()
      .regex(/^[a-z_]+\.[a-z_]+\.\d+$/, say.reason_code)
      .nullable()
      .default(null),
  }
}

const centreFields = (language: Language) => {
  const say = messages[language]
  return {
    criterion: z
      .string(say.criterion)
      .regex(/^[0-9a-f-]{36}:\d{1,6}$/, say.criterion)
      .transform((value) => {
        const [criterion_id = '', version = ''] = value.split(':')
        return { criterion_id, criterion_version: Number(version) }
      }),
    /** Empty unless somebody sets one: no objective is invented. */
    recovery_minutes: z
      .string()
      .trim()
      .default('')
      .transform((text, context) => {
        if (text === '') return null
        const read = minutes(1, 10_080, say.recovery).safeParse(text)
        if (read.success) return read.data
        context.addIssue(say.recovery)
        return z.NEVER
      }),
  }
}

/** What is asked of every situation that is opened. */
const opening = (language: Language, now: Date) => {
  const say = messages[language]
  const title = z.string().trim().max(120, say.title)
  const text = z.string().trim().max(4000, say.text).default('')
  return z.object({
    proposal_id: z.union([z.uuid(), z.literal('').transform(() => null)]).default(null),
    mode: z.enum(['actual', 'exercise', 'test'], say.mode),
    hazard: z.enum(hazards, say.hazard),
    title_ja: title.min(1, say.title),
    title_en: title.default(''),
    text_ja: text,
    text_en: text,
    event_at: civilTime(say.event_at).refine((at) => at.getTime() <= now.getTime() + 60_000, say.event_future),
    update_minutes: minutes(5, 1440, say.update),
    ...reasonFields(language),
    idempotency_key: z.uuid(say.key),
    drill: z.string().default(''),
    /** As of when the form shows the proposal. */
    proposal_seen: z.string().default(''),
  })
}

const opened = <Form extends { drill: string; title_en: string; title_ja: string }>({ drill, ...form }: Form) => ({
  ...form,
  title_en: form.title_en || form.title_ja,
  is_beside_real: drill === 'yes',
})

/** With a command centre from the start. */
export const SituationForm = (language: Language, now: Date) =>
  opening(language, now).extend(centreFields(language)).transform(opened)

/** A gathering; whom it asks is read by a form of its own. */
export const GatheringForm = (language: Language, now: Date) => opening(language, now).transform(opened)

/** A command centre in a situation that is open already. */
export const SetUpForm = (language: Language) => z.object({ ...reasonFields(language), ...centreFields(language) })
export type SetUpForm = z.output<ReturnType<typeof SetUpForm>>

export const DissolveForm = (language: Language) => z.object(reasonFields(language))
export type DissolveForm = z.output<ReturnType<typeof DissolveForm>>

type Criterion = z.output<ReturnType<typeof SituationForm>>['criterion']
/** What is opened: with a command centre by a criterion, or as a gathering with those whom it asks. */
export type Opening = z.output<ReturnType<typeof GatheringForm>> &
  ({ criterion: Criterion; recovery_minutes: number | null } | { audience: Audience })

export const otherMode = (language: Language) => ({ mode: messages[language].other_mode })
export const drillBesideReal = (language: Language) => ({ drill: messages[language].drill })
export const nobodyAsked = (language: Language) => ({ audience: messages[language].nobody })
