import { type ChannelName, channelNames } from '#ground/channels/channel.ts'
import { channelWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { Delivered, DeliveryCounts, DeliveryLine, Filter } from './queries.ts'
import { answerWords, deliveryLooks, deliveryStates, deliveryWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '1通ごとの配信',
    all: 'すべて',
    by_state: '状況で絞り込む',
    by_channel: '手段で絞り込む',
    caption: '配信（確認が必要なものから）',
    institution: '機関',
    to: '宛先',
    channel: '手段',
    state: '状況',
    attempts: '試行',
    times: (count: number) => `${count}回`,
    answer: '相手側の応答・理由',
    none: 'まだありません',
    details: '詳しく見る',
    held: '1時間の上限を超えたため、まとめて送ります',
    empty: '配信はありません',
    empty_next: '送る先がまだないか、絞り込みに合うものがありません。',
    resend: '届かなかった宛先に送り直す',
    resend_lead: 'まだ回答していない機関の、届かなかった宛先だけに送り直します。受け取られた宛先には送りません。',
    failed: (count: number) => `送信に失敗した${count}件に送り直す`,
    perhaps: (count: number) => `到達不明の${count}件に送り直す`,
    perhaps_hint: '届いている可能性があります。2通届くことがあります。',
    act: '選んだ宛先に送り直す',
    resent: (count: number) => `${count}件を送り直します`,
    nothing: '送り直すものはありませんでした',
    back: '通知に戻る',
  },
  en: {
    title: 'Every message',
    all: 'All',
    by_state: 'Show by state',
    by_channel: 'Show by channel',
    caption: 'Messages, those that need a look first',
    institution: 'Institution',
    to: 'To',
    channel: 'Channel',
    state: 'State',
    attempts: 'Attempts',
    times: (count: number) => `${count}`,
    answer: 'Answer of the other side, or why not',
    none: 'None yet',
    details: 'See details',
    held: 'Over the limit of an hour: sent together with others',
    empty: 'No messages',
    empty_next: 'Nothing has gone out yet, or nothing matches what you chose.',
    resend: 'Send again to those not reached',
    resend_lead:
      'Goes only to addresses that were not reached, of institutions that have not answered. Never to one that took it.',
    failed: (count: number) => `Send again to the ${count} that failed`,
    perhaps: (count: number) => `Send again to the ${count} that were perhaps reached`,
    perhaps_hint: 'They may have it already, and then get it twice.',
    act: 'Send again to these',
    resent: (count: number) => `${count} are sent again`,
    nothing: 'There was nothing to send again',
    back: 'Back to the notice',
  },
})

type DeliveriesPageProps = {
  notice: Delivered
  counts: DeliveryCounts
  found: Counted<DeliveryLine>
  filter: Filter
  /** What may be sent again, for those who may; null for others. */
  resend: { failed: number; perhaps: number; idempotency_key: string } | null
  problems?: Problems
  /** How many were just sent again; null when the page was opened by itself. */
  resent: number | null
}

/** What became of every message of a notice. */
export function DeliveriesPage({ notice, counts, found, filter, resend, problems = {}, resent }: DeliveriesPageProps) {
  const t = useTexts(texts)
  const words = useTexts(deliveryWords)
  const channelNamed = useTexts(channelWords)
  const { language } = useReading()
  const path = `/notices/${notice.id}` as const
  const at = (to: Partial<Filter>) => listAddress(`${path}/deliveries`, { ...filter, ...to })
  const sum = (is: (row: DeliveryCounts[number]) => boolean) =>
    counts.filter(is).reduce((total, { count }) => total + count, 0)
  const ofState = (row: DeliveryCounts[number]) => filter.state === null || row.state === filter.state
  const ofChannel = (row: DeliveryCounts[number]) => filter.channel === null || row.channel === filter.channel
  const channels = channelNames.filter((name: ChannelName) => counts.some(({ channel }) => channel === name))
  return (
    <Layout title={t.title} mode={notice.mode} label={labelOf.delivery} live={path} wide>
      <h1>{t.title}</h1>
      <p>
        <a href={path}>{language === 'en' ? notice.subject_en : notice.subject_ja}</a>
      </p>
      <ErrorSummary problems={problems} />
      {resent !== null && (
        <Banner kind={resent > 0 ? 'success' : 'info'} title={resent > 0 ? t.resent(resent) : t.nothing} />
      )}
      <Choose
        label={t.by_state}
        choices={[
          { href: at({ state: null }), text: t.all, count: sum(ofChannel), is_chosen: filter.state === null },
          ...deliveryStates
            .map((state) => ({
              href: at({ state }),
              text: words.states[state],
              count: sum((row) => ofChannel(row) && row.state === state),
              is_chosen: filter.state === state,
            }))
            .filter(({ count, is_chosen }) => count > 0 || is_chosen),
        ]}
      />
      {channels.length > 1 && (
        <Choose
          label={t.by_channel}
          choices={[
            { href: at({ channel: null }), text: t.all, count: sum(ofState), is_chosen: filter.channel === null },
            ...channels.map((channel) => ({
              href: at({ channel }),
              text: channelNamed[channel],
              count: sum((row) => ofState(row) && row.channel === channel),
              is_chosen: filter.channel === channel,
            })),
          ]}
        />
      )}
      {resend && resend.failed + resend.perhaps > 0 && (
        <section aria-labelledby="resend">
          <h2 id="resend">{t.resend}</h2>
          <p>{t.resend_lead}</p>
          <Form action={`${path}/resend`}>
            <input type="hidden" name="idempotency_key" value={resend.idempotency_key} />
            {resend.failed > 0 && (
              <Checkbox name="failed" text={t.failed(resend.failed)} problem={problems.failed} checked />
            )}
            {resend.perhaps > 0 && <Checkbox name="perhaps" text={t.perhaps(resend.perhaps)} hint={t.perhaps_hint} />}
            <Button>{t.act}</Button>
          </Form>
        </section>
      )}
      <Listing
        path={`${path}/deliveries`}
        caption={t.caption}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={filter}
        columns={[
          { head: t.institution, cell: (row) => named(language, row) },
          {
            head: t.to,
            cell: ({ contact_ja, contact_en, address }) => (
              <>
                {contact_ja !== null && named(language, { name_ja: contact_ja, name_en: contact_en })}
                <br />
                {address}
              </>
            ),
          },
          { head: t.channel, cell: ({ channel }) => channelNamed[channel] },
          {
            head: t.state,
            cell: ({ state, sent_at, is_held }) => (
              <>
                <Chip look={deliveryLooks[state]}>{words.states[state]}</Chip> {sent_at && <Time at={sent_at} />}
                {is_held && state === 'waiting' && <span className="dads-note"> {t.held}</span>}
              </>
            ),
          },
          { head: t.attempts, cell: ({ attempts }) => t.times(attempts), numeric: true },
          {
            head: t.answer,
            cell: ({ id, answer }) => (
              <>
                {answer === null ? t.none : answerWords(language, answer)} <a href={`/deliveries/${id}`}>{t.details}</a>
              </>
            ),
          },
        ]}
      />
      <p>
        <a href={path}>{t.back}</a>
      </p>
    </Layout>
  )
}

type Chosen = { href: string; text: string; count: number; is_chosen: boolean }

/** What to show, each with how many there are; the one that is shown is no link. */
const Choose = ({ label, choices }: { label: string; choices: Chosen[] }) => (
  <nav aria-label={label}>
    <p>
      {label}
      {choices.map(({ href, text, count, is_chosen }) => (
        <span key={href} className="dads-choose">
          {' ・ '}
          {is_chosen ? (
            <strong aria-current="true">
              {text} {count}
            </strong>
          ) : (
            <a href={href}>
              {text} {count}
            </a>
          )}
        </span>
      ))}
    </p>
  </nav>
)
