import type { RoundTally } from '#delivery/answers/index.ts'
import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { Figures, PageHead } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import { AnswersTable } from './answers-page.tsx'
import { NoticeContent } from './notice-content.tsx'
import type { AttachmentView, NoticeView } from './queries.ts'
import { ByKind, Choices, Missing, type MissingPage, type Phones, reachLooks } from './sent-parts.tsx'
import { type AnswersFound, countsOf, type Reach, type ReceiptView } from './sent-queries.ts'
import { sentTexts } from './sent-texts.ts'
import { noticeWords } from './words.ts'

type SentPageProps = {
  notice: NoticeView
  attachments: AttachmentView[]
  receipts: ReceiptView[]
  /** Those of whom nothing is asked. */
  informed: { count: number; reached: number }
  /** How far its round has come in all its askings; null where it is no asking. */
  round: RoundTally | null
  /** The newest of them. */
  answers: AnswersFound
  /** By the number of the choice, from 1; null where none is to be chosen. */
  choices: Map<number, number> | null
  phones: Phones
  missing: MissingPage
  may: { correct: boolean; see_deliveries: boolean; call: boolean; see_round: boolean }
  /** Their own institution got it and they may answer. */
  is_own: boolean
  /** Names the press of the button that withdraws. */
  idempotency_key: string
}

/** How far a notice has come: who has answered, who has not and can be called, and what was said. */
export function SentPage({
  notice,
  attachments,
  receipts,
  informed,
  round,
  answers,
  choices,
  phones,
  missing,
  may,
  is_own,
  ...rest
}: SentPageProps) {
  const t = useTexts(sentTexts)
  const kind_names = useTexts(noticeKindWords)
  const words = useTexts(noticeWords)
  const { language, now } = useReading()
  const { id, mode, replaced_by_id, answer_wanted, answer_by } = notice
  const path = `/notices/${id}` as const
  const { all, kinds } = countsOf(receipts)
  const subject = words.titled(notice.kind, language === 'en' ? notice.subject_en : notice.subject_ja)
  const wants_answer = answer_wanted !== 'none'
  const headline = wants_answer ? t.progress(all.answered, all.asked) : t.no_answer(all.asked)
  return (
    <Layout
      title={subject}
      about={(language === 'en' ? notice.title_en : notice.title_ja) ?? undefined}
      mode={mode}
      label={notice.label}
      live={path}
      refresh_at={answer_by && answer_by > now ? answer_by : null}
    >
      <PageHead title={replaced_by_id ? <s>{subject}</s> : subject} kind={kind_names[notice.kind]} />
      {replaced_by_id && <Replaced notice={notice} />}
      {notice.override_reason && (
        <Banner kind="error" title={t.alone}>
          <p>
            {named(language, { name_ja: notice.releaser_ja ?? '', name_en: notice.releaser_en })}
            <br />
            {t.reason}: {notice.override_reason}
          </p>
        </Banner>
      )}
      {is_own && (
        <Banner kind="info" title={t.own}>
          <ButtonLink href={`/inbox/${id}`} size="md">
            {t.own_next}
          </ButtonLink>
        </Banner>
      )}
      <p>
        <b>{headline}</b>
        {round && (
          <>
            <br />
            {t.of_round(round.answered, round.asked)}
          </>
        )}
      </p>
      <Figures
        items={[
          { term: t.asked, figure: all.asked },
          ...(wants_answer
            ? [
                { term: t.answered, figure: all.answered },
                { term: t.open, figure: all.open },
                ...(all.ended > 0 ? [{ term: t.ended, figure: all.ended }] : []),
              ]
            : []),
        ]}
      />
      {informed.count > 0 && <p>{t.informed(informed.count, informed.reached)}</p>}
      <Chips>
        {(Object.keys(reachLooks) as Reach[]).map((reach) => (
          <Chip key={reach} look={reachLooks[reach]} count={all[reach]}>
            {t.reach[reach]}
          </Chip>
        ))}
      </Chips>
      <Buttons>
        {may.see_deliveries && <ButtonLink href={`${path}/deliveries`}>{t.deliveries}</ButtonLink>}
        {may.call && wants_answer && !replaced_by_id && <ButtonLink href={`/calls?notice=${id}`}>{t.calls}</ButtonLink>}
        {may.see_round && notice.round_id && <ButtonLink href={`/rounds/${notice.round_id}`}>{t.round}</ButtonLink>}
      </Buttons>
      <p>
        <a href="#content">{t.see_content}</a>
      </p>
      {may.correct && !replaced_by_id && notice.kind !== 'withdrawal' && (
        <section aria-labelledby="correct">
          <h2 id="correct">
            {t.correct}・{t.withdraw}
          </h2>
          <p>{t.correct_lead}</p>
          <Buttons>
            <ButtonLink href={`/notices/new?replaces=${id}`}>{t.correct}</ButtonLink>
            <Form action={`${path}/withdrawal`}>
              <HiddenFields fields={{ idempotency_key: rest.idempotency_key }} />
              <Button kind="outline" danger>
                {t.withdraw}
              </Button>
            </Form>
          </Buttons>
        </section>
      )}
      {choices && <Choices notice={notice} choices={choices} asked={all.asked} />}
      {wants_answer && all.open === 0 && all.ended === 0 && <Banner kind="success" title={t.all} />}
      <Missing missing={missing} phones={phones} path={path} wants_answer={wants_answer} />
      {kinds.length > 1 && <ByKind kinds={kinds} wants_answer={wants_answer} />}
      {answers.count > 0 && <Answers answers={answers} notice={notice} />}
      <section aria-labelledby="content">
        <h2 id="content">{t.content}</h2>
        <SummaryList items={whoReleased(notice, t, language)} />
        <NoticeContent notice={notice} attachments={attachments} />
      </section>
      <p>
        <a href="/notices">{t.back}</a>
      </p>
    </Layout>
  )
}

function Answers({ answers: { rows, count }, notice }: Pick<SentPageProps, 'answers' | 'notice'>) {
  const t = useTexts(sentTexts)
  return (
    <>
      <AnswersTable
        answers={rows}
        notice={notice}
        caption={rows.length < count ? t.answers_newest(rows.length, count) : t.answers(count)}
      />
      {rows.length < count && (
        <p>
          <a href={`/notices/${notice.id}/answers`}>{t.answers_all}</a>
        </p>
      )}
    </>
  )
}

function whoReleased(notice: NoticeView, t: (typeof sentTexts)['ja'], language: 'ja' | 'en') {
  const who = (name_ja: string | null, name_en: string | null, at: Date | null) => (
    <>
      {name_ja && named(language, { name_ja, name_en })}{' '}
      {at && (
        <>
          <Time at={at} with_date />
          <AgeBeside at={at} />
        </>
      )}
    </>
  )
  return [
    { term: t.submitted_by, value: who(notice.submitter_ja, notice.submitter_en, notice.submitted_at) },
    {
      term: t.released_by,
      value: (
        <>
          {who(notice.releaser_ja, notice.releaser_en, notice.released_at)}{' '}
          {notice.override_reason && <Chip look="severe">{t.alone}</Chip>}
        </>
      ),
    },
  ]
}

function Replaced({ notice }: { notice: NoticeView }) {
  const t = useTexts(sentTexts)
  return (
    <Banner kind="warning" title={notice.newer_kind === 'withdrawal' ? t.withdrawn : t.corrected}>
      <p>{notice.replaced_at && <Time at={notice.replaced_at} with_date />}</p>
      <ButtonLink href={`/notices/${notice.replaced_by_id}`} size="md">
        {t.see_newer}
      </ButtonLink>
    </Banner>
  )
}
