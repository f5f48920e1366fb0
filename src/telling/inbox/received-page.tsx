import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { AgeBeside, Time, UntilBeside } from '#ground/html/time.tsx'
import { issuedLines } from '#library/official-notices/index.ts'
import { AttachmentList } from '#telling/notices/index.ts'
import { Answers } from './answers-part.tsx'
import type { ReceivedNotice } from './queries.ts'

const texts = inBoth({
  ja: {
    from: '送信元',
    kind: '種類',
    released: '配信',
    answer_by: '回答期限',
    situation: '事案',
    attachments: '添付',
    replaced: 'この通知は訂正されました',
    replaced_next: '訂正後の通知を読む',
    withdrawn: 'この通知は取り消されました',
    withdrawn_next: '取消の通知を読む',
    replaces: '訂正・取消の対象',
    failed: {
      ended: '回答を受け付けていません：この通知への回答は締め切られています',
      replaced: '回答を受け付けていません：この通知は訂正されたか、取り消されています',
      newer:
        '回答を受け付けていません：画面を開いた後に、貴機関の別の方が回答しました。下の回答と見比べて、変えるときだけ、もう一度押してください',
      not_wanted: '回答を受け付けていません：この通知には、その回答はできません',
    },
    back: '届いた通知の一覧へ戻る',
  },
  en: {
    from: 'From',
    kind: 'Kind',
    released: 'Sent',
    answer_by: 'Answer by',
    situation: 'Situation',
    attachments: 'Attached',
    replaced: 'This notice was corrected',
    replaced_next: 'Read the corrected notice',
    withdrawn: 'This notice was withdrawn',
    withdrawn_next: 'Read the withdrawal',
    replaces: 'Corrects or withdraws',
    failed: {
      ended: 'Not taken: this notice can no longer be answered',
      replaced: 'Not taken: this notice was corrected or withdrawn',
      newer:
        'Not taken: somebody else of your institution has answered since you opened the page. Compare below, and press again only to change it',
      not_wanted: 'Not taken: that is no answer to this notice',
    },
    back: 'Back to what was sent to us',
  },
})

type Props = {
  notice: ReceivedNotice
  may_answer: boolean
  values?: Record<string, string>
  problems?: Problems
  /** Why an answer was not taken. */
  failed?: keyof (typeof texts)['ja']['failed']
}

/** A notice as an institution reads and answers it. What was replaced stays readable, struck through, and points at what holds now. */
export function ReceivedPage({ notice, may_answer, values = {}, problems = {}, failed }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const { language } = useReading()
  const { mode, issued, replaced_by_id, answers, answer_wanted, released_at } = notice
  const is_replaced = replaced_by_id !== null
  const subject = language === 'en' ? notice.subject_en : notice.subject_ja
  const text = language === 'en' ? notice.text_en : notice.text_ja
  const title = markedTitle(language, mode, `${kinds[notice.kind]}: ${subject}`)
  return (
    <Layout title={title} mode={mode} label={notice.label} live={`/notices/${notice.id}`}>
      <ErrorSummary problems={problems} />
      {failed && <Banner kind="warning" title={t.failed[failed]} />}
      <h1>{is_replaced ? <s>{title}</s> : title}</h1>
      {replaced_by_id && <Replaced notice={notice} />}
      <SummaryList
        items={[
          { term: t.from, value: named(language, { name_ja: notice.office_ja, name_en: notice.office_en }) },
          ...(released_at
            ? [
                {
                  term: t.released,
                  value: (
                    <>
                      <Time at={released_at} with_date />
                      <AgeBeside at={released_at} />
                    </>
                  ),
                },
              ]
            : []),
          ...(notice.answer_by && answer_wanted !== 'none'
            ? [
                {
                  term: t.answer_by,
                  value: (
                    <>
                      <b>
                        <Time at={notice.answer_by} with_date />
                      </b>
                      {answers.length === 0 && !is_replaced && <UntilBeside at={notice.answer_by} />}
                    </>
                  ),
                },
              ]
            : []),
          ...(notice.title_ja && notice.title_en
            ? [
                {
                  term: t.situation,
                  value: (
                    <a href={`/situations/${notice.situation_id}`}>
                      {language === 'en' ? notice.title_en : notice.title_ja}
                    </a>
                  ),
                },
              ]
            : []),
          ...(issued ? issuedLines(language, issued) : []),
          ...(notice.replaces_id && notice.before_ja && notice.before_en
            ? [
                {
                  term: t.replaces,
                  value: (
                    <a href={`/notices/${notice.replaces_id}`}>
                      <s>{language === 'en' ? notice.before_en : notice.before_ja}</s>
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <p className="dads-long-text">{is_replaced ? <s>{text}</s> : text}</p>
      {notice.attachments.length > 0 && (
        <section aria-labelledby="attachments">
          <h2 id="attachments">
            {t.attachments}
            <Brackets>{notice.attachments.length}</Brackets>
          </h2>
          <AttachmentList notice_id={notice.id} attachments={notice.attachments} />
        </section>
      )}
      <Answers notice={notice} may_answer={may_answer && !is_replaced} values={values} problems={problems} />
      <p>
        <a href="/inbox">{t.back}</a>
      </p>
    </Layout>
  )
}

function Replaced({ notice }: { notice: ReceivedNotice }) {
  const t = useTexts(texts)
  const is_withdrawn = notice.newer_kind === 'withdrawal'
  return (
    <Banner kind="warning" title={is_withdrawn ? t.withdrawn : t.replaced}>
      {notice.replaced_at && (
        <p>
          <Time at={notice.replaced_at} with_date />
        </p>
      )}
      <ButtonLink href={`/notices/${notice.replaced_by_id}`} size="md">
        {is_withdrawn ? t.withdrawn_next : t.replaced_next}
      </ButtonLink>
    </Banner>
  )
}
