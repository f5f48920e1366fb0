import { peopleWithRole, readAddressee } from '#access/sign-in/index.ts'
import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { severityWords } from '#ground/channels/words.ts'
import type { Tx } from '#ground/db/database.ts'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { LockedNotice } from './lock-notice.ts'

type LetterTools = Pick<Tools, 'config' | 'later' | 'origin'>
type Addressed = { name_ja: string; name_en: string | null; email: string }
type What = 'submitted' | 'returned' | 'dropped'

const texts = inBoth({
  ja: {
    submitted: '【承認待ち】',
    returned: '【差し戻し】',
    dropped: '【破棄】',
    opening: {
      submitted: (who: string) => `${who}さんが、通知の承認を求めています。承認されるまで、だれにも送られません。`,
      returned: (who: string) => `${who}さんが、あなたの通知を差し戻しました。だれにも送られていません。`,
      dropped: (who: string) => `${who}さんが、あなたの通知を破棄しました。だれにも送られません。`,
    },
    next: {
      submitted: '次のページで内容と宛先を確かめ、配信するか、差し戻してください。',
      returned: '次のページで直し、もう一度承認を求めてください。',
      dropped: '下書きは次のページに残っています。',
    },
    to: (name: string) => `${name} 様`,
    subject: '件名',
    kind: '種類',
    severity: '重要度',
    mode: '区分',
    answer_by: '回答期限',
    reason: '理由',
    red: '共有範囲がTLP:REDのため、件名と理由はページだけに表示します。',
  },
  en: {
    submitted: 'To be released: ',
    returned: 'Sent back: ',
    dropped: 'Dropped: ',
    opening: {
      submitted: (who: string) => `${who} asks for the release of a notice. Until then it goes to nobody.`,
      returned: (who: string) => `${who} sent your notice back. It has gone to nobody.`,
      dropped: (who: string) => `${who} dropped your notice. It goes to nobody.`,
    },
    next: {
      submitted: 'Check the text and whom it goes to on this page; release it, or send it back.',
      returned: 'Change it on this page, and put it forward again.',
      dropped: 'The draft stays to be read on this page.',
    },
    to: (name: string) => `Dear ${name},`,
    subject: 'Subject',
    kind: 'Kind',
    severity: 'Severity',
    mode: 'Mode',
    answer_by: 'Answer by',
    reason: 'Reason',
    red: 'It is TLP:RED: its subject, and any reason, stand on the page alone.',
  },
})

/** Writes at once to everyone who can be the second person that a notice waits for them. */
export async function askForRelease(tx: Tx, tools: LetterTools, by: Person, at: Date, notice: LockedNotice) {
  const others = (await peopleWithRole(tx, deskRoles)).filter(({ id }) => id !== by.id && id !== notice.drafted_by)
  await tell(tx, tools, at, others, { what: 'submitted', by, notice })
}

/** Writes to those who wrote a notice and put it forward that another sent it back, or gave it up. */
export async function tellAuthors(
  tx: Tx,
  tools: LetterTools,
  by: Person,
  at: Date,
  it: { what: 'returned' | 'dropped'; notice: LockedNotice; reason?: string },
) {
  const { drafted_by, submitted_by } = it.notice
  const authors = new Set([drafted_by, ...(submitted_by ? [submitted_by] : [])])
  authors.delete(by.id)
  const found = await Promise.all([...authors].map((id) => readAddressee(tx, id)))
  await tell(
    tx,
    tools,
    at,
    found.filter((each) => each !== undefined),
    { ...it, by },
  )
}

type It = { what: What; by: Person; notice: LockedNotice; reason?: string }

async function tell(tx: Tx, tools: LetterTools, at: Date, to: readonly Addressed[], it: It) {
  const path = `/notices/${it.notice.id}`
  const subject = `${subjectIn('ja', it)} / ${subjectIn('en', it)}`
  const letters = to.map((one) => ({
    address: one.email,
    subject,
    body: (['ja', 'en'] as const)
      .map((language) => [texts[language].to(named(language, one)), ...partsIn(language, it), tools.origin + path])
      .map((parts) => parts.join('\n\n'))
      .join('\n\n----\n\n'),
    about: path,
    label: 'amber_strict' as const,
    mode: it.notice.mode,
    purpose: `notice-${it.what}`,
  }))
  await queueLetters(tx, tools, at, letters)
}

function subjectIn(language: Language, { what, notice }: It) {
  const title = notice.label === 'red' ? noticeKindWords[language][notice.kind] : notice[`subject_${language}`]
  return markedTitle(language, notice.mode, `${texts[language][what]}${title}`)
}

/** What is red stays on the page: who opens it has signed in. */
function partsIn(language: Language, { what, by, notice, reason }: It): string[] {
  const t = texts[language]
  const { mode, kind, severity, label, answer_by } = notice
  const is_red = label === 'red'
  const facts = [
    ...(is_red ? [] : [[t.subject, notice[`subject_${language}`]]]),
    [t.kind, noticeKindWords[language][kind]],
    [t.severity, severityWords[language][severity]],
    [t.mode, modeWords[language][mode]],
    ...(answer_by ? [[t.answer_by, timeWords(language, answer_by, answer_by, { with_date: true })]] : []),
    ...(reason && !is_red ? [[t.reason, reason]] : []),
  ]
  return [
    ...(mode === 'actual' ? [] : [modeWords[language][`${mode}_notice`]]),
    t.opening[what](named(language, by)),
    facts.map(([term, value]) => `${term}${language === 'ja' ? '：' : ': '}${value}`).join('\n'),
    ...(is_red ? [t.red] : []),
    t.next[what],
  ]
}
