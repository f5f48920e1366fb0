import type { AnswerWanted, Choice, Label, Mode, NoticeKind, NoticeSeverity } from '#ground/db/tables.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { subject_length_max, text_length_max } from '#telling/templates/index.ts'

type Prefilled = Record<string, string>

type Said = {
  severity: NoticeSeverity
  label: Label
  subject_ja: string
  subject_en: string
  text_ja: string
  text_en: string
  answer_wanted: AnswerWanted
  choices: Choice[]
}

/** Who may read a notice unless somebody says otherwise. */
export const usual_label: Label = 'green'

const hour_ms = 3_600_000

/** What the form of a kind begins with, so that in an emergency a few presses are enough; `answer_minutes` from `now`. */
export function usualValues(kind: NoticeKind, belongs_to: string, now: Date): Prefilled {
  const usual = {
    belongs_to: kind === 'test' ? 'none:test' : belongs_to,
    label: usual_label,
    severity: kind === 'report_request' ? 'urgent' : kind === 'test' ? 'routine' : 'important',
    answer_wanted: kind === 'practice' ? 'none' : 'acknowledge',
  }
  if (kind === 'report_request')
    return {
      ...usual,
      subject_ja: '被害と業務の状況を報告してください',
      subject_en: 'Report damage and how your operations stand',
      text_ja: '被害の有無と業務の状況を報告してください。被害がない場合も、その旨を必ず報告してください。',
      text_en: 'Please report any damage and how your operations stand. If nothing is wrong, please report that too.',
      answer_wanted: 'report',
      answer_by: toCivilInput(new Date(now.getTime() + hour_ms)),
    }
  if (kind === 'test')
    return {
      ...usual,
      subject_ja: '連絡が届くかどうかの試験です',
      subject_en: 'We are testing whether messages arrive',
      text_ja: '連絡経路の試験です。届いたことを回答してください。ほかの対応は不要です。',
      text_en: 'This is a test of the channels. Please answer that it arrived. There is nothing else to do.',
    }
  return usual
}

/** How a gathering asks: no command centre is set up, and it says so; it is no emergency, and says that by its severity. */
export const gatheringValues: Prefilled = {
  severity: 'important',
  subject_ja: '状況を教えてください（情報収集）',
  subject_en: 'Please tell us how you are (gathering information)',
  text_ja:
    '被害の有無と業務の状況を報告してください。被害がない場合も、その旨を報告してください。\n\n事務局による情報収集です。市場の対策本部は設置していません。',
  text_en:
    'Please report any damage and how your operations stand. If nothing is wrong, please report that too.\n\nThe secretariat is gathering information. No command centre of the market is set up.',
}

/** What institutions are told when a situation is opened again that was closed by mistake. */
export const reopenedValues: Prefilled = {
  subject_ja: '事案の終結は誤りでした。対応を続けます',
  subject_en: 'The closing of the situation was a mistake. The response goes on',
  text_ja:
    '先ほどの事案の終結は誤りでした。対応を続けています。\n\n終結で終わった照会には、あらためてお願いする照会で回答してください。',
  text_en:
    'The closing of the situation was a mistake; the response goes on.\n\nAskings that ended with it are made anew: please answer those.',
}

/** A template's words as a form; its blanks stay to be filled. */
export const valuesOfTemplate = (
  template: Said & { id: string; answer_minutes: number | null },
  belongs_to: string,
  now: Date,
): Prefilled => ({
  ...valuesOf(template),
  belongs_to,
  template_id: template.id,
  answer_by:
    template.answer_minutes === null ? '' : toCivilInput(new Date(now.getTime() + template.answer_minutes * 60_000)),
})

type Kept = Said & {
  mode: Mode
  situation_id: string | null
  official_notice_id: string | null
  answer_by: Date | null
  repeat_minutes: number | null
}

/** What a notice says as the form that changes it, or that writes its correction; a deadline that has passed is to be set again. */
export const valuesOfNotice = (notice: Kept, now: Date): Prefilled => ({
  ...valuesOf(notice),
  belongs_to: notice.situation_id ?? `none:${notice.mode}`,
  official_notice_id: notice.official_notice_id ?? '',
  answer_by: notice.answer_by && notice.answer_by > now ? toCivilInput(notice.answer_by) : '',
  repeat_minutes: notice.repeat_minutes === null ? '' : String(notice.repeat_minutes),
})

const valuesOf = ({ choices, severity, label, answer_wanted, ...said }: Said): Prefilled => ({
  severity,
  label,
  answer_wanted,
  subject_ja: said.subject_ja,
  subject_en: said.subject_en,
  text_ja: said.text_ja,
  text_en: said.text_en,
  choices_ja: choices.map(({ ja }) => ja).join('\n'),
  choices_en: choices.map(({ en }) => en).join('\n'),
})

/**
 * Whom an official notice is for, as the boxes of the form: institutions with a site in its prefectures, and of them only the kinds and
 * classes that it is addressed to; one that names no area is for those kinds and classes. One that says nothing leaves it open.
 */
export function audienceOfOfficial({
  prefectures,
  to_kinds,
  to_memberships,
}: {
  prefectures: string[]
  to_kinds: string[]
  to_memberships: string[]
}): Record<string, string[]> {
  if (prefectures.length > 0) return { areas: prefectures, only_kinds: to_kinds, only_memberships: to_memberships }
  return to_kinds.length > 0 ? { kinds: to_kinds, only_memberships: to_memberships } : { memberships: to_memberships }
}

type Official = {
  id: string
  issuer: string
  title: string
  body: string
  label: Label
}

/** An official notice passed on: as much of it as fits; the whole is attached, and who issued it stands above every text. */
export function valuesOfOfficial({ id, issuer, title, body, label }: Official): Prefilled {
  const cut = (text: string, length_max: number) =>
    [...text].length > length_max ? `${[...text].slice(0, length_max - 1).join('')}…` : text
  const lead_ja = '次の通達を転送します。原文を添付しています。\n\n'
  return {
    official_notice_id: id,
    label,
    subject_ja: cut(title, subject_length_max),
    subject_en: cut(`${title} (${issuer})`, subject_length_max),
    text_ja: lead_ja + cut(body, text_length_max - lead_ja.length),
    text_en: 'We pass on this official notice. Its original (in Japanese) is attached.',
  }
}
