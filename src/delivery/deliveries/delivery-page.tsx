import { channelWords } from '#ground/channels/words.ts'
import { Chip } from '#ground/html/chip.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { DeliveryView, UnreadBounce } from './queries.ts'
import { answerWords, deliveryLooks, deliveryWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '配信の詳細',
    notice: '通知',
    institution: '機関',
    contact: '担当者',
    channel: '手段',
    address: '宛先',
    state: '状況',
    message_id: '識別番号（Message-ID）',
    queued: '送信の予約',
    next: '次の試行',
    sent_at: '受け取られた時刻',
    answer: '相手側の応答・理由',
    bundle: 'まとめて送ったもの',
    bundle_link: 'まとめた1通を見る',
    attempts: '試行ごとの結果',
    attempts_caption: '古いものから',
    attempt: '回',
    begun: '開始',
    at: '結果の時刻',
    result: '結果',
    no_result: '結果が記録されていません。送信中にプログラムが止まったため、届いている可能性があります。',
    in_hand: '送信中',
    none: 'まだありません',
    twice: '2度届いたおそれがあります。どちらも同じMessage-IDです。',
    perhaps:
      '届いた可能性があるため、これ以上は自動で送り直しません。回答がなければ次の段階の連絡を待たずに進めています。電話で確かめるか、通知の配信一覧から送り直してください。',
    came_back: '読み取れずに戻ったメール',
    came_back_next: '読んで、届いていないようなら、電話するか、ほかの宛先に送り直してください。',
    text: '送った内容',
    unsent: '送る内容',
    subject: '件名',
    all: 'この通知の配信をすべて見る',
  },
  en: {
    title: 'One message',
    notice: 'Notice',
    institution: 'Institution',
    contact: 'Contact',
    channel: 'Channel',
    address: 'Address',
    state: 'State',
    message_id: 'Message-ID',
    queued: 'Queued',
    next: 'Next attempt',
    sent_at: 'Taken at',
    answer: 'Answer of the other side, or why not',
    bundle: 'Sent with others',
    bundle_link: 'See the one message',
    attempts: 'Result of each attempt',
    attempts_caption: 'The earliest first',
    attempt: 'No.',
    begun: 'Begun',
    at: 'Result at',
    result: 'Result',
    no_result: 'No result is known: the program stopped while sending, so it may have arrived.',
    in_hand: 'Being sent',
    none: 'None yet',
    twice: 'It may have arrived twice, both under one Message-ID.',
    perhaps:
      'It may have arrived, so it is not sent any more by itself. Unless there is an answer, the next step is taken without waiting. Ask by phone, or send it again from the list.',
    came_back: 'Came back and could not be read',
    came_back_next: 'Read it; if the message did not arrive, call, or send it again to another address.',
    text: 'What was sent',
    unsent: 'What is to be sent',
    subject: 'Subject',
    all: 'See every message of this notice',
  },
})

/** Everything that is known of one message: what it said, when it was tried, and what the other side answered. */
export function DeliveryPage({
  delivery,
  said,
  came_back,
}: {
  delivery: DeliveryView
  said: { subject: string; text: string } | null
  came_back: readonly UnreadBounce[]
}) {
  const t = useTexts(texts)
  const words = useTexts(deliveryWords)
  const channels = useTexts(channelWords)
  const { language } = useReading()
  const path = `/notices/${delivery.notice_id}` as const
  const { state, tries, contact_ja, contact_en } = delivery
  const times = tries.filter(({ kind }) => kind === 'sent' || kind === 'perhaps').length
  const attempts = attemptsOf(tries)
  return (
    <Layout title={t.title} mode={delivery.mode} label={labelOf.delivery} live={path}>
      <h1>{t.title}</h1>
      <p>
        <Chip look={deliveryLooks[state]}>{words.states[state]}</Chip>
      </p>
      {state === 'perhaps' && <p>{t.perhaps}</p>}
      {times > 1 && <p>{t.twice}</p>}
      <SummaryList
        items={[
          { term: t.notice, value: <a href={path}>{language === 'en' ? delivery.subject_en : delivery.subject_ja}</a> },
          { term: t.institution, value: named(language, delivery) },
          ...(contact_ja === null
            ? []
            : [{ term: t.contact, value: named(language, { name_ja: contact_ja, name_en: contact_en }) }]),
          { term: t.channel, value: channels[delivery.channel] },
          { term: t.address, value: delivery.address },
          { term: t.message_id, value: delivery.message_id },
          { term: t.queued, value: <Time at={delivery.queued_at} with_date with_seconds /> },
          ...(state === 'waiting'
            ? [{ term: t.next, value: <Time at={delivery.next_try_at} with_date with_seconds /> }]
            : []),
          ...(delivery.sent_at
            ? [{ term: t.sent_at, value: <Time at={delivery.sent_at} with_date with_seconds /> }]
            : []),
          { term: t.answer, value: delivery.answer === null ? t.none : answerWords(language, delivery.answer) },
          ...(delivery.bundle_id
            ? [{ term: t.bundle, value: <a href={`/deliveries/${delivery.bundle_id}`}>{t.bundle_link}</a> }]
            : []),
        ]}
      />
      <h2>{t.attempts}</h2>
      {attempts.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <DataTable
          caption={t.attempts_caption}
          rows={attempts}
          rowKey={({ claim }) => String(claim)}
          columns={[
            { head: t.attempt, cell: ({ claim }) => claim, numeric: true },
            {
              head: t.begun,
              cell: ({ begun }) => begun && <Time at={new Date(begun.at)} with_date with_seconds />,
            },
            { head: t.at, cell: ({ came }) => came && <Time at={new Date(came.at)} with_date with_seconds /> },
            {
              head: t.result,
              // What the present claim has begun is in hand; of an earlier one nobody knows.
              cell: ({ claim, came }) =>
                came
                  ? words.kinds[came.kind]
                  : state === 'sending' && claim === delivery.claims
                    ? t.in_hand
                    : t.no_result,
            },
            { head: t.answer, cell: ({ came }) => came?.answer },
          ]}
        />
      )}
      {came_back.map(({ id, received_at, said }) => (
        <section key={id} aria-labelledby={`back-${id}`}>
          <h2 id={`back-${id}`}>
            {t.came_back} <Time at={received_at} with_date />
          </h2>
          <p>{t.came_back_next}</p>
          <LongText>{said ?? ''}</LongText>
        </section>
      ))}
      {said && (
        <>
          <h2>{state === 'waiting' || state === 'stopped' ? t.unsent : t.text}</h2>
          <p>
            {t.subject}: <strong>{said.subject}</strong>
          </p>
          <LongText>{said.text}</LongText>
        </>
      )}
      <p>
        <a href={`${path}/deliveries`}>{t.all}</a>
      </p>
    </Layout>
  )
}

/** Each attempt with when it was begun, and what came of it; either may not be known. */
function attemptsOf(tries: DeliveryView['tries']) {
  const of = Map.groupBy(tries, ({ claim }) => claim)
  return [...of].map(([claim, both]) => ({
    claim,
    begun: both.find(({ kind }) => kind === 'begun'),
    came: both.find(({ kind }) => kind !== 'begun'),
  }))
}
