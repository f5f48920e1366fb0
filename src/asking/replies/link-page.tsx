import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time, Until } from '#ground/html/time.tsx'
import { issuedLines, issuedOf } from '#library/official-notices/index.ts'
import { CallMe, LinkForms } from './link-forms.tsx'
import { Outcome } from './link-outcome.tsx'
import type { LinkProps } from './link-props.ts'

const texts = inBoth({
  ja: {
    institution: '回答する機関',
    person: '回答する方',
    answer_by: '回答期限',
    situation: '事案',
    red: '件名と本文は、サインインした方だけが読めます（TLP:RED）。',
    read: 'サインインして通知を読む',
    only: 'このページから回答できるのは、この1件の通知だけです。ほかの方に転送しないでください。',
    phone: '事務局の電話',
  },
  en: {
    institution: 'Institution that answers',
    person: 'Person who answers',
    answer_by: 'Answer by',
    situation: 'Situation',
    red: 'Only who signs in can read subject and text (TLP:RED).',
    read: 'Sign in and read the notice',
    only: 'This page answers this one notice and nothing else. Please do not pass it on.',
    phone: 'Phone of the secretariat',
  },
})

/**
 * One notice for one recipient, the presses that answer it, and what stands of their institution. Shows nothing else, and changes nothing
 * by being looked at.
 */
export function LinkPage(props: LinkProps) {
  const { notice, standing, speaks, phones } = props
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const modes = useTexts(modeWords)
  const { language } = useReading()
  const { mode, label, answer_by } = notice
  const is_red = label === 'red'
  const is_past = standing === 'replaced' || standing === 'ended'
  const issued = is_red ? null : issuedOf(notice)
  const subject = language === 'en' ? notice.subject_en : notice.subject_ja
  const title = is_red ? kinds[notice.kind] : `${kinds[notice.kind]}: ${subject}`
  const marked = markedTitle(language, mode, title)
  const text = <LongText>{language === 'en' ? notice.text_en : notice.text_ja}</LongText>
  return (
    <Layout title={title} mode={mode} label={label}>
      <Outcome {...props} />
      <h1>{is_past ? <s>{marked}</s> : marked}</h1>
      {mode !== 'actual' && (
        <p>
          <b>{modes[`${mode}_notice`]}</b>
        </p>
      )}
      <SummaryList
        items={[
          { term: t.institution, value: <b>{named(language, notice)}</b> },
          {
            term: t.person,
            value: named(language, { name_ja: notice.contact_ja, name_en: notice.contact_en }),
          },
          ...(notice.title_ja !== null && notice.title_en !== null && !is_red
            ? [{ term: t.situation, value: language === 'en' ? notice.title_en : notice.title_ja }]
            : []),
          ...(issued ? issuedLines(language, issued) : []),
          ...(answer_by && standing === 'open'
            ? [
                {
                  term: t.answer_by,
                  value: (
                    <b>
                      <Time at={answer_by} with_date /> <Until at={answer_by} beside />
                    </b>
                  ),
                },
              ]
            : []),
        ]}
      />
      {is_red ? (
        <p>
          {t.red} <a href={`/notices/${notice.notice_id}`}>{t.read}</a>
        </p>
      ) : is_past ? (
        <s>{text}</s>
      ) : (
        text
      )}
      {standing === 'open' && speaks && <LinkForms {...props} />}
      {!is_past && speaks && notice.answer_wanted === 'report' && <CallMe {...props} />}
      <p className="dads-note">
        {t.only}
        {phones.length > 0 && (
          <>
            <br />
            {t.phone}{' '}
            {phones.map((phone) => (
              <a key={phone} className="dads-time" href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>
                {phone}{' '}
              </a>
            ))}
          </>
        )}
      </p>
    </Layout>
  )
}
