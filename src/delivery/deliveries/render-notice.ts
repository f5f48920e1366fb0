import { showWritten } from '#directory/contacts/index.ts'
import type { ChannelName } from '#ground/channels/channel.ts'
import { composeSms } from '#ground/channels/gateway/compose-sms.ts'
import { composeVoice } from '#ground/channels/gateway/compose-voice.ts'
import { severityWords } from '#ground/channels/words.ts'
import type { AnswerWanted, Choice, Label, Mode, NoticeKind, NoticeSeverity } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { labelWords } from '#ground/html/label.tsx'
import { inBoth, type Language, languages, named } from '#ground/html/language.ts'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { labelNames } from '#ground/rights/labels.ts'
import { type Issued, issuedLines } from '#library/official-notices/index.ts'
import { type Blanks, blank, filled, ifReplies } from './blanks.ts'
import { mailHtml } from './mail-html.tsx'
import { answerActs, noticeKindWords } from './notice-words.ts'
import type { Part } from './part.ts'

/** Everything that a notice says, whoever gets it. Names as the directory has them. */
export type NoticeToRender = {
  id: string
  mode: Mode
  kind: NoticeKind
  severity: NoticeSeverity
  label: Label
  subject_ja: string
  subject_en: string
  text_ja: string
  text_en: string
  answer_wanted: AnswerWanted
  choices: Choice[]
  answer_by: Date | null
  at: Date
  situation: { title_ja: string; title_en: string } | null
  /** The document that it passes on. */
  official: Issued | null
  /** The notice that this one corrects or withdraws. */
  replaces: { subject_ja: string; subject_en: string; released_at: Date } | null
  attachments: number
  /** The office that says it, and where it can be called; null where the directory has no number. */
  sender: { name_ja: string; name_en: string; phone: string | null }
  /** The address that people type, without a path. */
  origin: string
  /** It is for those of whom nothing is asked though others are: it says so. */
  is_informed?: boolean
  /** Whether a reply by SMS is taken in: nothing invites one that nobody hears. */
  takes_sms: boolean
}

export type Rendering = { subject: string; body: string; html: string | null }

const urgent = `【${severityWords.ja.urgent}】`

const texts = inBoth({
  ja: {
    by: (time: string) => `（${time}まで）`,
    person: (name: string) => `${name} 様`,
    informed: '【情報共有】この通知は情報共有のためにお送りしています。貴機関からの回答・報告は不要です。',
    about: (situation: string) => `「${situation}」について`,
    replaces: (subject: string, time: string) => `${time}にお送りした「${subject}」は、この通知に置き換わりました。`,
    withdraws: (subject: string, time: string) => `${time}にお送りした「${subject}」を取り消します。`,
    deadline: (time: string) => `回答期限：${time}`,
    how: {
      acknowledge: 'このメールに「1」とだけ書いて返信しても、確認したことになります。',
      choice: 'このメールに番号だけを書いて返信しても、回答になります。',
      report:
        'すべて正常なら、このメールに「1」とだけ書いて返信すれば報告になります。正常でないときは「2」に続けて状況を書いてください。すべて代替手段で続けている（代替運用中）なら「3」だけで報告になります。',
    },
    page: '通知をポータルで見る（サインインが必要です）',
    attachments: (count: number) => `添付${count}件とともにポータルで見る（サインインが必要です）`,
    help: 'リンクを開けないとき',
    call: (office: string, phone: string) => `${office}へ電話で回答してください：${phone}`,
    no_phone: (office: string) => `緊急連絡網に定めた番号で、${office}へ電話で回答してください。`,
    sender: (office: string) => `送信元：${office} 事務局（証券市場BCPポータル「狼煙」）`,
  },
  en: {
    by: (time: string) => ` (by ${time})`,
    person: (name: string) => name,
    informed: 'For your information: your institution is not asked to answer or to report.',
    about: (situation: string) => `About: "${situation}"`,
    replaces: (subject: string, time: string) => `"${subject}", sent ${time}, is replaced by this notice.`,
    withdraws: (subject: string, time: string) => `"${subject}", sent ${time}, is withdrawn.`,
    deadline: (time: string) => `Answer by: ${time}`,
    how: {
      acknowledge: 'A reply to this mail that says just "1" does the same.',
      choice: 'A reply to this mail that says just the number does the same.',
      report:
        'If all is normal, a reply to this mail that says just "1" is your report. If not, write "2" and then what is wrong. If all goes on by other means (on the alternative), just "3" is your report.',
    },
    page: 'Read the notice in the portal (sign-in required)',
    attachments: (count: number) => `Read it in the portal, with ${count} attached (sign-in required)`,
    help: 'If the link does not open',
    call: (office: string, phone: string) => `Answer by phone to ${office}: ${phone}`,
    no_phone: (office: string) => `Answer by phone to ${office}, at the number in your call tree.`,
    sender: (office: string) => `From: the secretariat at ${office} (Noroshi, BCP portal of the securities market)`,
  },
})

/**
 * What a notice says on one channel, with blanks for what differs between recipients: Japanese first, then English; a drill
 * says so first and last. Pure: the same notice gives the same text, on the page that is checked and on the way out.
 */
export function renderNotice(notice: NoticeToRender, channel: ChannelName): Rendering {
  const subject = subjectOf(notice)
  if (channel === 'sms') return { subject, body: smsOf(notice).text, html: null }
  if (channel === 'voice') return { subject, body: voiceOf(notice), html: null }
  const parts = languages.map((language) => part(language, notice))
  const body = `${parts.map(plainText).join('\n\n----------------------------------------\n\n')}\n`
  return { subject, body, html: channel === 'mail' ? mailHtml(subject, parts, linkOf(notice)) : null }
}

/** The same notice for those of whom nothing is asked. */
export const forInformation = (notice: NoticeToRender): NoticeToRender => ({
  ...notice,
  answer_wanted: 'none',
  answer_by: null,
  choices: [],
  is_informed: true,
})

export function subjectOf({ mode, severity, kind, subject_ja, answer_by, at, is_informed }: NoticeToRender): string {
  const by = answer_by ? texts.ja.by(timeWords('ja', answer_by, at, { with_date: true })) : ''
  const mark = mode === 'actual' && severity === 'urgent' ? urgent : ''
  const told = is_informed ? '【情報共有】' : ''
  return oneLine(markedTitle('ja', mode, `${mark}${told}【${noticeKindWords.ja[kind]}】${subject_ja}${by}`))
}

const linkOf = ({ answer_wanted }: NoticeToRender) => (answer_wanted === 'none' ? null : blank('link'))

/** What a link and a code look like to one who counts characters. */
const stand_ins = (origin: string): Partial<Blanks> => ({ link: `${origin}/a/${'x'.repeat(26)}`, code: 'XXXXX' })

/** The SMS of a notice, with its parts as a recipient's phone would count them. */
export function smsOf(notice: NoticeToRender) {
  const { mode, severity, kind, subject_ja, answer_wanted, sender, origin, official, takes_sms } = notice
  const asked = answer_wanted === 'none' ? null : answer_wanted
  return composeSms(
    {
      mode,
      severity,
      subject: `${notice.is_informed ? '【情報共有】' : ''}【${noticeKindWords.ja[kind]}】${subject_ja}`,
      ...(official && {
        details: issuedLines('ja', official)
          .map(({ value }) => value)
          .join(' '),
      }),
      reply_code: asked && takes_sms ? blank('code') : null,
      ...(asked && { answer_wanted: asked }),
      link: asked && blank('link'),
      sender: sender.name_ja,
    },
    (text) => filled(text, { ...no_blanks, ...stand_ins(origin) }),
  )
}
const no_blanks: Blanks = { institution_ja: '', institution_en: '', contact_ja: '', contact_en: '', link: '', code: '' }

const voiceOf = ({ mode, severity, kind, subject_ja, subject_en, sender, answer_wanted, official }: NoticeToRender) =>
  composeVoice({
    mode,
    severity,
    subject_ja: [noticeKindWords.ja[kind], official?.issuer, subject_ja].filter(Boolean).join('、'),
    subject_en: `${noticeKindWords.en[kind]}. ${subject_en}`,
    sender,
    is_answer_wanted: answer_wanted !== 'none',
    phone: sender.phone,
  })

function part(language: Language, notice: NoticeToRender): Part {
  const say = texts[language]
  const { mode, situation, replaces, sender, answer_wanted, answer_by, at, attachments } = notice
  const time = (moment: Date) => timeWords(language, moment, at, { with_date: true })
  const office = oneLine(named(language, sender))
  const ja = language === 'ja'
  return {
    language,
    mark: mode === 'actual' ? null : markOf(language, mode),
    label: `${labelNames[notice.label]} ${labelWords[language][notice.label]}`,
    to: [blank(ja ? 'institution_ja' : 'institution_en'), say.person(blank(ja ? 'contact_ja' : 'contact_en'))],
    about: [
      notice.is_informed && say.informed,
      oneLine(`${noticeKindWords[language][notice.kind]}: ${ja ? notice.subject_ja : notice.subject_en}`),
      situation && say.about(oneLine(ja ? situation.title_ja : situation.title_en)),
      replaces &&
        (notice.kind === 'withdrawal' ? say.withdraws : say.replaces)(
          oneLine(ja ? replaces.subject_ja : replaces.subject_en),
          time(replaces.released_at),
        ),
    ]
      .filter(Boolean)
      .join('\n'),
    official: notice.official ? issuedIn(language, notice.official).join('\n') : '',
    text: ja ? notice.text_ja : notice.text_en,
    choices:
      answer_wanted === 'choice' ? notice.choices.map((choice, index) => `${index + 1}  ${choice[language]}`) : [],
    deadline: answer_by && say.deadline(time(answer_by)),
    link_label: answer_wanted === 'none' ? null : answerActs[language][answer_wanted],
    how: answer_wanted === 'none' ? null : say.how[answer_wanted],
    page: {
      label: attachments > 0 ? say.attachments(attachments) : say.page,
      url: `${notice.origin}/notices/${notice.id}`,
    },
    help: {
      title: say.help,
      text: sender.phone ? say.call(office, oneLine(showWritten(sender.phone))) : say.no_phone(office),
    },
    sender: say.sender(office),
  }
}

/** Each with its label, on a line of its own. */
const issuedIn = (language: Language, official: Issued) =>
  issuedLines(language, official).map(({ term, value }) => oneLine(`${term}${language === 'ja' ? '：' : ': '}${value}`))

function markOf(language: Language, mode: 'exercise' | 'test') {
  const words = modeWords[language]
  return markedTitle(language, mode, words[`${mode}_notice`])
}

const plainText = (each: Part) =>
  [
    each.mark,
    each.label,
    each.to.join('\n'),
    each.about,
    each.official,
    each.text,
    each.choices.join('\n'),
    each.deadline,
    each.link_label && `${each.link_label}\n${blank('link')}${ifReplies(each.how ? `\n\n${each.how}` : '')}`,
    `${each.page.label}\n${each.page.url}`,
    `${each.help.title}\n${each.help.text}`,
    each.sender,
    each.mark,
  ]
    .filter(Boolean)
    .join('\n\n')
