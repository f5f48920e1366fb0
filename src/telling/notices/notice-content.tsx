import { noticeKindWords, wantedWords } from '#delivery/deliveries/index.ts'
import { severityWords } from '#ground/channels/words.ts'
import { LongText } from '#ground/html/frame.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { named } from '#ground/html/language.ts'
import { modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type SummaryItem, SummaryList } from '#ground/html/summary-list.tsx'
import { Time, UntilBeside } from '#ground/html/time.tsx'
import { labelNames } from '#ground/rights/labels.ts'
import { issuedLines, issuedOf } from '#library/official-notices/index.ts'
import { AttachmentList } from './attachment-list.tsx'
import { checkTexts } from './check-texts.ts'
import type { AttachmentView, NoticeView } from './queries.ts'

/** What a notice says, in both languages, with everything that belongs to it. */
export function NoticeContent({ notice, attachments }: { notice: NoticeView; attachments: readonly AttachmentView[] }) {
  const t = useTexts(checkTexts)
  const kinds = useTexts(noticeKindWords)
  const modes = useTexts(modeWords)
  const severities = useTexts(severityWords)
  const answers = useTexts(wantedWords)
  const labelText = useTexts(labelWords)
  const { language } = useReading()
  const { kind, severity, label, answer_wanted, answer_by, released_at } = notice
  const issued = issuedOf(notice)
  const titled = (ja: string | null, en: string | null) => (language === 'en' ? en : ja)
  const said = (name: 'subject' | 'text', value: (text: string) => SummaryItem['value']): SummaryItem[] =>
    (['ja', 'en'] as const).map((of) => ({
      term: t.said[name][of],
      value: <div lang={of}>{value(notice[`${name}_${of}`])}</div>,
    }))
  const items: (SummaryItem | false)[] = [
    { term: t.kind, value: kinds[kind] },
    { term: t.mode, value: modes[notice.mode] },
    notice.replaces_id !== null && {
      term: t.replaces,
      value: (
        <a href={`/notices/${notice.replaces_id}`}>
          <s>{titled(notice.before_ja, notice.before_en)}</s>
        </a>
      ),
    },
    {
      term: t.situation,
      value: notice.situation_id ? (
        <a href={`/situations/${notice.situation_id}`}>{titled(notice.title_ja, notice.title_en)}</a>
      ) : (
        t.none
      ),
    },
    notice.official_notice_id !== null && {
      term: t.official,
      value: <a href={`/official-notices/${notice.official_notice_id}`}>{notice.official_title}</a>,
    },
    ...(issued ? issuedLines(language, issued) : []),
    ...said('subject', (text) => <b>{text}</b>),
    ...said('text', (text) => <LongText>{text}</LongText>),
    attachments.length > 0 && {
      term: t.attachments,
      value: <AttachmentList notice_id={notice.id} attachments={attachments} />,
    },
    { term: t.severity, value: severities[severity] },
    { term: t.label, value: `${labelNames[label]} ${labelText[label]}` },
    { term: t.answer, value: answers[answer_wanted] },
    answer_wanted === 'choice' && {
      term: t.choices,
      value: (
        <ol>
          {notice.choices.map((choice, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its number
            <li key={index}>
              {choice.ja} / <span lang="en">{choice.en}</span>
            </li>
          ))}
        </ol>
      ),
    },
    answer_by !== null && {
      term: t.answer_by,
      value: (
        <>
          <Time at={answer_by} with_date />
          <UntilBeside at={answer_by} />
        </>
      ),
    },
    notice.repeat_minutes !== null && { term: t.repeat, value: t.every(notice.repeat_minutes) },
    {
      term: t.by,
      value: (
        <>
          {named(language, { name_ja: notice.drafter_ja, name_en: notice.drafter_en })}{' '}
          <Time at={notice.drafted_at} with_date />
        </>
      ),
    },
    released_at === null && { term: t.public, value: t.nothing_public },
  ]
  return <SummaryList items={items.filter((item) => item !== false)} />
}
