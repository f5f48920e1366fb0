import { onBehalf, saidWords, viaWords } from '#delivery/answers/index.ts'
import { answerActs } from '#delivery/deliveries/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { AnswerView, ReceivedNotice } from './queries.ts'

const texts = inBoth({
  ja: {
    ended: 'この通知への回答は締め切られました',
    yours: '貴機関の回答',
    to_answer: '回答する',
    no_answer: '回答はいりません。',
    informed: 'この通知は、情報共有として貴機関に届いています。回答・報告はいりません。',
    choose: '回答を選んでください',
    choose_act: '選んだ内容で回答する',
    note: '補足（任意）',
    change: '回答を変える・補足する',
    by: (via: string) => `${via}で`,
    taken_back: 'に取り消しました',
    may_not: '回答は、貴機関のBCP連絡担当者か機関管理者がします。',
  },
  en: {
    ended: 'This notice can no longer be answered',
    yours: 'Your institution’s answer',
    to_answer: 'Answer',
    no_answer: 'No answer is needed.',
    informed: 'Your institution got this for information. Neither an answer nor a report is needed.',
    choose: 'Choose an answer',
    choose_act: 'Give the chosen answer',
    note: 'Note (optional)',
    change: 'Change the answer or add to it',
    by: (via: string) => via,
    taken_back: ': taken back',
    may_not: 'A BCP contact or administrator of your institution answers.',
  },
})

type Props = { notice: ReceivedNotice; may_answer: boolean; values: Record<string, string>; problems: Problems }

/** What the institution has answered, and the way to answer: one big button where one is enough. */
export function Answers({ notice, may_answer, values, problems }: Props) {
  const t = useTexts(texts)
  const { answers, answer_wanted, closed_how, situation_closed_at } = notice
  if (answer_wanted === 'none') return <p>{t.no_answer}</p>
  if (closed_how === 'informed') return <p>{t.informed}</p>
  // What takes its place is what is to be answered, and the page says so above.
  if (notice.replaced_by_id !== null && answers.length === 0) return null
  const is_over = closed_how === 'ended' || situation_closed_at !== null
  const form = !is_over && may_answer ? <AnswerFields notice={notice} values={values} problems={problems} /> : null
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
      {is_over && answers.length === 0 && <p>{t.ended}</p>}
      {!is_over && !may_answer && answers.length === 0 && <p>{t.may_not}</p>}
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

function AnswerFields({ notice, values, problems }: Pick<Props, 'notice' | 'values' | 'problems'>) {
  const t = useTexts(texts)
  const acts = useTexts(answerActs)
  const { language } = useReading()
  if (notice.answer_wanted === 'report')
    return (
      <Buttons>
        <ButtonLink href={`/situations/${notice.situation_id}/report`} kind="solid-fill">
          {acts.report}
        </ButtonLink>
      </Buttons>
    )
  const is_choice = notice.answer_wanted === 'choice'
  return (
    <Form action={`/notices/${notice.id}/answer`}>
      <HiddenFields fields={{ written_upon: notice.answers.findLast((one) => !one.taken_back_at)?.id ?? '' }} />
      {is_choice && (
        <Radios
          name="choice"
          legend={t.choose}
          required
          value={values.choice}
          problem={problems.choice}
          choices={notice.choices.map((choice, index) => ({ value: String(index + 1), text: choice[language] }))}
        />
      )}
      {is_choice && <TextArea name="text" label={t.note} rows={2} value={values.text} problem={problems.text} />}
      <Buttons>
        <Button>{is_choice ? t.choose_act : acts.acknowledge}</Button>
      </Buttons>
    </Form>
  )
}

function OneAnswer({ answer, choices }: { answer: AnswerView; choices: ReceivedNotice['choices'] }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { language } = useReading()
  const said = saidWords(language, answer, choices)
  const words = answer.given === 'report' ? <a href={`/reports/${answer.report_id}`}>{said}</a> : said
  return (
    <>
      <b>{answer.taken_back_at ? <del>{words}</del> : words}</b>{' '}
      {answer.who_ja && named(language, { name_ja: answer.who_ja, name_en: answer.who_en })}{' '}
      <Time at={answer.answered_at} with_date /> {t.by(vias[answer.via])}
      {answer.is_on_behalf && <Brackets>{behalf}</Brackets>}
      {answer.taken_back_at && (
        <>
          {' '}
          <Time at={answer.taken_back_at} />
          {t.taken_back}
        </>
      )}
      {answer.text && <p>{answer.text}</p>}
    </>
  )
}
