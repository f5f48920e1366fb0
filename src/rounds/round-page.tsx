import { labelOf } from '#access/index.ts'
import { showWritten } from '#contacts/index.ts'
import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { ButtonLink, Buttons } from '#html/button.tsx'
import { Chip, Chips } from '#html/chip.tsx'
import { LongText } from '#html/frame.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { DataTable } from '#html/table.tsx'
import { Age, Time, Until } from '#html/time.tsx'
import { type DeliveryPage, DeliveryTable } from './delivery-table.tsx'
import { ProgressPicture } from './progress-picture.tsx'
import type { RoundProgress, RoundView } from './queries.ts'
import { deliveryStates, deliveryWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '状況報告の依頼',
    progress: (answered: number, asked: number) => `${asked}機関のうち${answered}機関が報告しました`,
    infrastructure: '関係機関',
    participants: '市場参加者',
    count: (answered: number, asked: number) => `${answered} / ${asked}機関`,
    situation: '事案',
    asked: '依頼',
    answer_by: '回答期限',
    text: '依頼文',
    all: 'すべての機関が報告しました',
    missing: (count: number) => `まだ報告していない機関（${count}）`,
    institution: '機関',
    kind: '区分',
    reach: 'メール',
    unreached: '1通も届いていません',
    no_contact: '担当者の登録なし',
    call: '電話',
    no_call: '登録なし',
    mails: 'メールの送信状況',
    closed: 'この事案は終結しました。残りのメールは送られません。',
    again: 'もう一度、状況報告を依頼する',
    board: '状況ボードを見る',
  },
  en: {
    title: 'Request to report',
    progress: (answered: number, asked: number) => `${answered} of ${asked} institutions have reported`,
    infrastructure: 'Infrastructure',
    participants: 'Market participants',
    count: (answered: number, asked: number) => `${answered} of ${asked}`,
    situation: 'Situation',
    asked: 'Asked',
    answer_by: 'Answer by',
    text: 'Text',
    all: 'All institutions have reported',
    missing: (count: number) => `Institutions that have not reported (${count})`,
    institution: 'Institution',
    kind: 'Group',
    reach: 'Mail',
    unreached: 'No mail got through',
    no_contact: 'No contact registered',
    call: 'Phone',
    no_call: 'None registered',
    mails: 'Mails',
    closed: 'This situation is closed. Mails that are left are not sent.',
    again: 'Ask for reports again',
    board: 'See the status board',
  },
})

type Props = {
  round: RoundView
  progress: RoundProgress
  /** Null for readers who do not see single mails. */
  deliveries: DeliveryPage | null
  may_ask: boolean
}

/** Who has answered and who has not, and what became of the mails. */
export function RoundPage({ round, progress, deliveries, may_ask }: Props) {
  const t = useTexts(texts)
  const states = useTexts(deliveryWords)
  const { language, now } = useReading()
  const path = `/situations/${round.situation_id}`
  const { asked, answered, missing, infrastructure, participants } = progress
  const isOpen = round.closed_at === null
  return (
    <Layout
      title={t.title}
      mode={round.mode}
      label={labelOf.delivery}
      live={path}
      refresh_at={round.answer_by > now ? round.answer_by : null}
    >
      <h1>{t.title}</h1>
      {!isOpen && <Banner kind="info" title={t.closed} />}
      <ProgressPicture answered={answered} asked={asked} label={t.progress(answered, asked)} />
      <p>
        <b>{t.progress(answered, asked)}</b>
      </p>
      <SummaryList
        items={[
          { term: t.infrastructure, value: t.count(infrastructure.answered, infrastructure.asked) },
          { term: t.participants, value: t.count(participants.answered, participants.asked) },
          { term: t.situation, value: <a href={path}>{language === 'en' ? round.title_en : round.title_ja}</a> },
          {
            term: t.asked,
            value: (
              <>
                <Time at={round.asked_at} with_date />
                <Brackets>
                  <Age at={round.asked_at} />
                </Brackets>{' '}
                {named(language, { name_ja: round.asked_by_ja, name_en: round.asked_by_en })}
              </>
            ),
          },
          {
            term: t.answer_by,
            value: (
              <>
                <Time at={round.answer_by} with_date />
                {isOpen && (
                  <Brackets>
                    <Until at={round.answer_by} />
                  </Brackets>
                )}
              </>
            ),
          },
          { term: t.text, value: <LongText>{language === 'en' ? round.text_en : round.text_ja}</LongText> },
        ]}
      />
      <Buttons>
        <ButtonLink href={`${path}/board`}>{t.board}</ButtonLink>
        {may_ask && isOpen && <ButtonLink href={`${path}/ask`}>{t.again}</ButtonLink>}
      </Buttons>
      {missing.length === 0 ? (
        <Banner kind="success" title={t.all} />
      ) : (
        <DataTable
          caption={t.missing(missing.length)}
          rows={missing}
          rowKey={({ id }) => id}
          columns={[
            { head: t.institution, cell: (each) => named(language, each) },
            { head: t.kind, cell: (each) => (each.is_infrastructure ? t.infrastructure : t.participants) },
            {
              head: t.reach,
              cell: ({ mail_state }) => (
                <Chip look={mail_state ?? 'failed'}>
                  {mail_state === null ? t.no_contact : mail_state === 'failed' ? t.unreached : states[mail_state]}
                </Chip>
              ),
            },
            { head: t.call, cell: (each) => <Call {...each} /> },
          ]}
        />
      )}
      <section aria-labelledby="mails">
        <h2 id="mails">{t.mails}</h2>
        <Chips>
          {deliveryStates.map((state) => (
            <Chip key={state} look={state} count={progress.by_state[state]}>
              {states[state]}
            </Chip>
          ))}
        </Chips>
        {deliveries && <DeliveryTable round_id={round.id} {...deliveries} />}
      </section>
    </Layout>
  )
}

type Callable = { contact_ja: string | null; contact_en: string | null; phone: string | null }

function Call({ contact_ja, contact_en, phone }: Callable) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (!contact_ja || !phone) return t.no_call
  return (
    <>
      <a href={`tel:${phone}`}>{showWritten(phone)}</a> {named(language, { name_ja: contact_ja, name_en: contact_en })}
    </>
  )
}
