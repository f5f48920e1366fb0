import { kindMarks } from '#deliveries/index.ts'
import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#html/button.tsx'
import { Radios } from '#html/choices.tsx'
import { Details } from '#html/details.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Form, type Problems, TextArea } from '#html/forms.tsx'
import { LabelMark } from '#html/label.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { markedTitle } from '#html/modes.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { Age, Time, Until } from '#html/time.tsx'
import type { AnswerView, ReceivedNotice } from './queries.ts'
import { viaWords } from './words.ts'

const texts = inBoth({
  ja: {
    from: '送信元',
    kind: '種類',
    released: '配信',
    answer_by: '回答期限',
    situation: '事案',
    official: '元の文書',
    label: '共有範囲',
    attachments: '添付',
    size: (kb: number) => `${kb.toLocaleString('ja')} KB`,
    replaced: (time: string) => `この通知は${time}に訂正されました`,
    replaced_next: '訂正後の通知を読む',
    withdrawn: (time: string) => `この通知は${time}に取り消されました`,
    withdrawn_next: '取消の通知を読む',
    replaces: '訂正・取消の対象',
    ended: 'この通知への回答は締め切られました',
    yours: '貴機関の回答',
    to_answer: '回答する',
    no_answer: '回答はいりません。',
    acknowledge: '確認しましたと回答する',
    choose: '回答を選んでください',
    choose_act: '選んだ内容で回答する',
    note: '補足（任意）',
    report: '状況を報告する',
    change: '回答を変える・補足する',
    acknowledged: '確認しました',
    reported: '状況を報告しました',
    by: (via: string) => `${via}で`,
    behalf: '事務局が代わって記録',
    first: '最初の回答',
    may_not: '回答は、貴機関のBCP担当者か機関管理者がします。',
    back: '届いた通知の一覧へ戻る',
  },
  en: {
    from: 'From',
    kind: 'Kind',
    released: 'Sent',
    answer_by: 'Answer by',
    situation: 'Situation',
    official: 'Original document',
    label: 'Who may read it',
    attachments: 'Attached',
    size: (kb: number) => `${kb.toLocaleString('en')} KB`,
    replaced: (time: string) => `This notice was corrected ${time}`,
    replaced_next: 'Read the corrected notice',
    withdrawn: (time: string) => `This notice was withdrawn ${time}`,
    withdrawn_next: 'Read the withdrawal',
    replaces: 'Corrects or withdraws',
    ended: 'This notice can no longer be answered',
    yours: 'Your institution’s answer',
    to_answer: 'Answer',
    no_answer: 'No answer is needed.',
    acknowledge: 'Answer that you have read it',
    choose: 'Choose an answer',
    choose_act: 'Give the chosen answer',
    note: 'Note (optional)',
    report: 'Report your status',
    change: 'Change the answer or add to it',
    acknowledged: 'Read',
    reported: 'Status reported',
    by: (via: string) => `by ${via}`,
    behalf: 'recorded by the secretariat',
    first: 'first answer',
    may_not: 'A BCP contact or administrator of your institution answers.',
    back: 'Back to what was sent to us',
  },
})

type Props = {
  notice: ReceivedNotice
  may_answer: boolean
  values?: Record<string, string>
  problems?: Problems
}

/** A notice as an institution reads and answers it. What was replaced stays readable, struck through, and points at what holds now. */
export function ReceivedPage({ notice, may_answer, values = {}, problems = {} }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(kindMarks)
  const { language } = useReading()
  const { mode, replaced_by_id, answers, answer_wanted, released_at } = notice
  const isReplaced = replaced_by_id !== null
  const subject = language === 'en' ? notice.subject_en : notice.subject_ja
  const text = language === 'en' ? notice.text_en : notice.text_ja
  const title = markedTitle(language, mode, `${kinds[notice.kind]}: ${subject}`)
  return (
    <Layout title={title} mode={mode} label={notice.label} live={`/notices/${notice.id}`}>
      <ErrorSummary problems={problems} />
      <h1>{isReplaced ? <s>{title}</s> : title}</h1>
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
                      <Brackets>
                        <Age at={released_at} />
                      </Brackets>
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
                      {answers.length === 0 && !isReplaced && (
                        <Brackets>
                          <Until at={notice.answer_by} />
                        </Brackets>
                      )}
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
          ...(notice.issuer
            ? [
                {
                  term: t.official,
                  value: `${notice.issuer} ${notice.reference ?? ''} ${notice.issued_on ?? ''}`.trim(),
                },
              ]
            : []),
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
          { term: t.label, value: <LabelMark label={notice.label} /> },
        ]}
      />
      <div className="dads-prose">{isReplaced ? <s>{lines(text)}</s> : lines(text)}</div>
      {notice.attachments.length > 0 && (
        <section aria-labelledby="attachments">
          <h2 id="attachments">
            {t.attachments}
            <Brackets>{notice.attachments.length}</Brackets>
          </h2>
          <ul>
            {notice.attachments.map(({ id, file_name, size }) => (
              <li key={id}>
                <a href={`/notices/${notice.id}/attachments/${id}`}>{file_name}</a>{' '}
                {t.size(Math.max(1, Math.round(size / 1024)))}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Answers notice={notice} may_answer={may_answer && !isReplaced} values={values} problems={problems} />
      <p>
        <a href="/inbox">{t.back}</a>
      </p>
    </Layout>
  )
}

function Replaced({ notice }: { notice: ReceivedNotice }) {
  const t = useTexts(texts)
  const isWithdrawn = notice.newer_kind === 'withdrawal'
  return (
    <Banner
      kind="warning"
      title={
        <>
          {isWithdrawn ? t.withdrawn('') : t.replaced('')}
          {notice.replaced_at && (
            <Brackets>
              <Time at={notice.replaced_at} with_date />
            </Brackets>
          )}
        </>
      }
    >
      <ButtonLink href={`/notices/${notice.replaced_by_id}`} size="md">
        {isWithdrawn ? t.withdrawn_next : t.replaced_next}
      </ButtonLink>
    </Banner>
  )
}

function Answers({ notice, may_answer, values, problems }: Required<Props>) {
  const t = useTexts(texts)
  const { answers, answer_wanted, closed_how, situation_closed_at } = notice
  if (answer_wanted === 'none') return <p>{t.no_answer}</p>
  const isOver = closed_how === 'ended' || (answer_wanted === 'report' && situation_closed_at !== null)
  const form = !isOver && may_answer ? <AnswerFields notice={notice} values={values} problems={problems} /> : null
  return (
    <section aria-labelledby="answer">
      <h2 id="answer">{answers.length > 0 ? t.yours : t.to_answer}</h2>
      {answers.length > 0 && (
        <ul>
          {answers.map((answer) => (
            <li key={answer.id}>
              <OneAnswer answer={answer} choices={notice.choices} />
            </li>
          ))}
        </ul>
      )}
      {isOver && notice.replaced_by_id === null && answers.length === 0 && <p>{t.ended}</p>}
      {!isOver && !may_answer && notice.replaced_by_id === null && answers.length === 0 && <p>{t.may_not}</p>}
      {form &&
        (answers.length > 0 ? (
          <Details summary={t.change} id="change">
            {form}
          </Details>
        ) : (
          form
        ))}
    </section>
  )
}

function AnswerFields({ notice, values, problems }: Pick<Required<Props>, 'notice' | 'values' | 'problems'>) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (notice.answer_wanted === 'report')
    return (
      <Buttons>
        <ButtonLink href={`/situations/${notice.situation_id}/report`} kind="solid-fill">
          {t.report}
        </ButtonLink>
      </Buttons>
    )
  const isChoice = notice.answer_wanted === 'choice'
  return (
    <Form action={`/notices/${notice.id}/answer`}>
      {isChoice && (
        <Radios
          name="choice"
          legend={t.choose}
          required
          value={values.choice}
          problem={problems.choice}
          choices={notice.choices.map((choice, index) => ({ value: String(index + 1), text: choice[language] }))}
        />
      )}
      {isChoice && <TextArea name="text" label={t.note} rows={2} value={values.text} problem={problems.text} />}
      <Button>{isChoice ? t.choose_act : t.acknowledge}</Button>
    </Form>
  )
}

function OneAnswer({ answer, choices }: { answer: AnswerView; choices: ReceivedNotice['choices'] }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const { language } = useReading()
  const chosen = answer.choice === null ? undefined : choices[answer.choice - 1]
  return (
    <>
      <b>
        {answer.given === 'report' ? (
          <a href={`/reports/${answer.report_id}`}>{t.reported}</a>
        ) : (
          (chosen?.[language] ?? t.acknowledged)
        )}
      </b>{' '}
      {answer.name_ja && named(language, { name_ja: answer.name_ja, name_en: answer.name_en })}{' '}
      <Time at={answer.answered_at} with_date /> {t.by(vias[answer.via])}
      {answer.is_on_behalf && <Brackets>{t.behalf}</Brackets>}
      {answer.text && <p>{answer.text}</p>}
    </>
  )
}

/** A plain text as it was written: blank lines part paragraphs, single line ends stay. */
const lines = (text: string) =>
  text.split(/\n{2,}/).map((paragraph, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed text, rendered once
    <p key={index}>
      {paragraph.split('\n').flatMap((line, number) => (number === 0 ? [line] : [<br key={`${number}-`} />, line]))}
    </p>
  ))
