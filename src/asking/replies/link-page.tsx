import { onBehalf, saidWords, viaWords } from '#delivery/answers/index.ts'
import { answerActs, noticeKindWords } from '#delivery/deliveries/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time, Until } from '#ground/html/time.tsx'
import { issuedLines, issuedOf } from '#library/official-notices/index.ts'
import type { Answerable, AnswerSaid, Standing } from './answerable.ts'

const texts = inBoth({
  ja: {
    institution: '回答する機関',
    person: '回答する方',
    answer_by: '回答期限',
    situation: '事案',
    red: '件名と本文は、サインインした方だけが読めます（TLP:RED）。',
    read: 'サインインして通知を読む',
    choose: 'あてはまるものを1つ押してください',
    all_normal: 'すべて正常と報告する',
    all_normal_means: '業務はすべて通常、被害なし、BCPは発動していない、という報告になります。',
    otherwise: '1つでも正常でないとき',
    report: 'サインインして状況を報告する',
    only: 'このページから回答できるのは、この1件の通知だけです。ほかの方に転送しないでください。',
    taken: '回答を受け付けました',
    answered: 'この通知には、貴機関の回答が済んでいます',
    who: 'だれが',
    when: 'いつ',
    what: '何と',
    change: '回答を変える・補足するときは、サインインしてください。',
    replaced: 'この通知は訂正されました。新しい通知を読んで、そちらに回答してください。',
    withdrawn: 'この通知は取り消されました。回答はいりません。',
    new_text: 'サインインして新しい通知を読む',
  },
  en: {
    institution: 'Institution that answers',
    person: 'Person who answers',
    answer_by: 'Answer by',
    situation: 'Situation',
    red: 'Only who signs in can read subject and text (TLP:RED).',
    read: 'Sign in and read the notice',
    choose: 'Press the one that applies',
    all_normal: 'Report that all is normal',
    all_normal_means: 'It reports that all functions run as usual, nothing is damaged and the BCP is not activated.',
    otherwise: 'If anything is not normal',
    report: 'Sign in and report your status',
    only: 'This page answers this one notice and nothing else. Please do not pass it on.',
    taken: 'Your answer has been taken',
    answered: 'Your institution has answered this notice',
    who: 'Who',
    when: 'When',
    what: 'What',
    change: 'To change the answer or add to it, please sign in.',
    replaced: 'This notice was corrected. Please read the new one and answer that.',
    withdrawn: 'This notice was withdrawn. No answer is needed.',
    new_text: 'Sign in and read the new notice',
  },
})

type Props = {
  token: string
  notice: Answerable
  standing: Exclude<Standing, 'over'>
  /** The first answer, where there is one. */
  answer: AnswerSaid | null
  is_just_taken: boolean
}

/** One notice for one recipient, and the one press that answers it. Shows nothing else, and changes nothing by being looked at. */
export function LinkPage({ token, notice, standing, answer, is_just_taken }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const modes = useTexts(modeWords)
  const { language } = useReading()
  const { mode, label, answer_by } = notice
  const is_red = label === 'red'
  const issued = is_red ? null : issuedOf(notice)
  const subject = language === 'en' ? notice.subject_en : notice.subject_ja
  const title = is_red ? kinds[notice.kind] : `${kinds[notice.kind]}: ${subject}`
  const marked = markedTitle(language, mode, title)
  const heading = standing === 'replaced' ? <s>{marked}</s> : marked
  return (
    <Layout title={title} mode={mode} label={label}>
      {standing === 'replaced' && (
        <Banner kind="warning" title={notice.replaced_by_kind === 'withdrawal' ? t.withdrawn : t.replaced}>
          <p>
            <a href={`/notices/${notice.replaced_by_id}`}>{t.new_text}</a>
          </p>
        </Banner>
      )}
      {standing === 'answered' && answer && <Answered notice={notice} answer={answer} is_just_taken={is_just_taken} />}
      <h1>{heading}</h1>
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
                      <Time at={answer_by} with_date /> <Until at={answer_by} />
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
      ) : (
        <Text text={language === 'en' ? notice.text_en : notice.text_ja} is_replaced={standing === 'replaced'} />
      )}
      {standing === 'open' && <Answer token={token} notice={notice} />}
      <p className="dads-note">{t.only}</p>
    </Layout>
  )
}

const Text = ({ text, is_replaced }: { text: string; is_replaced: boolean }) =>
  is_replaced ? (
    <s>
      <LongText>{text}</LongText>
    </s>
  ) : (
    <LongText>{text}</LongText>
  )

function Answer({ token, notice }: { token: string; notice: Answerable }) {
  const t = useTexts(texts)
  const acts = useTexts(answerActs)
  const { language } = useReading()
  const { answer_wanted, choices, situation_id } = notice
  const action = `/a/${token}`
  if (answer_wanted === 'choice')
    return (
      <Form action={action}>
        <h2>{t.choose}</h2>
        {choices.map((choice, index) => (
          <p key={choice.ja}>
            <Button name="choice" value={String(index + 1)}>
              {choice[language]}
            </Button>
          </p>
        ))}
      </Form>
    )
  if (answer_wanted === 'acknowledge')
    return (
      <Form action={action}>
        <Buttons>
          <Button name="acknowledged" value="yes">
            {acts.acknowledge}
          </Button>
        </Buttons>
      </Form>
    )
  return (
    <>
      <Form action={action}>
        <p>{t.all_normal_means}</p>
        <Buttons>
          <Button name="all_normal" value="yes">
            {t.all_normal}
          </Button>
        </Buttons>
      </Form>
      <h2>{t.otherwise}</h2>
      <p>
        <ButtonLink href={`/situations/${situation_id}/report`}>{t.report}</ButtonLink>
      </p>
    </>
  )
}

function Answered({
  notice,
  answer,
  is_just_taken,
}: {
  notice: Answerable
  answer: AnswerSaid
  is_just_taken: boolean
}) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { language } = useReading()
  const who = named(language, { name_ja: answer.who_ja ?? '', name_en: answer.who_en })
  return (
    <Banner kind="success" title={is_just_taken ? t.taken : t.answered}>
      <SummaryList
        items={[
          {
            term: t.who,
            value: [who, answer.is_on_behalf ? behalf : '', vias[answer.via]].filter(Boolean).join(' / '),
          },
          { term: t.when, value: <Time at={answer.answered_at} with_date with_seconds /> },
          { term: t.what, value: <b>{saidWords(language, answer, notice.choices)}</b> },
        ]}
      />
      <p>
        {t.change} <a href={`/notices/${notice.notice_id}`}>{t.read}</a>
      </p>
    </Banner>
  )
}
