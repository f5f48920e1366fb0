import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { ListedTelegram, ProposalView, RejectedTelegram, readTelegram } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '電文',
    received: '受信した電文',
    rejected: '読めなかった電文',
    empty: '電文はまだありません',
    empty_next:
      '自動受信が始まると、ここに出ます。サーバーの担当者は、電文のファイルを取り込むこともできます（運用手引き）。',
    at: '発表時刻',
    code: '種類',
    mode: '区分',
    kind: '情報',
    headline: '見出し',
    source: '取得元',
    reason: '理由',
    received_at: '受信',
    kinds: { issued: '発表', corrected: '訂正', cancelled: '取消' },
    proposals: 'この事象の提案と事案',
    situation: '事案のページへ',
    xml: '電文の原文（XML）を開く',
    credit: '出典：気象庁防災情報XML',
  },
  en: {
    title: 'Telegrams',
    received: 'Telegrams received',
    rejected: 'Telegrams that could not be read',
    empty: 'There are no telegrams yet',
    empty_next:
      'They appear here once they are received. Those who run the server can also take in files (see the runbook).',
    at: 'Issued',
    code: 'Kind',
    mode: 'Mode',
    kind: 'Information',
    headline: 'Headline',
    source: 'From',
    reason: 'Reason',
    received_at: 'Received',
    kinds: { issued: 'Issued', corrected: 'Corrected', cancelled: 'Cancelled' },
    proposals: 'Proposals and situations of this event',
    situation: 'Go to the situation',
    xml: 'Open the telegram itself (XML)',
    credit: 'Source: Japan Meteorological Agency, disaster prevention XML',
  },
})

type ListProps = { found: Paged<ListedTelegram>; rejected: readonly RejectedTelegram[] }

export function TelegramsPage({ found, rejected }: ListProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/telegrams" label={labelOf.telegram}>
      <h1>{t.title}</h1>
      <Listing
        path="/telegrams"
        caption={t.received}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        columns={[
          {
            head: t.code,
            cell: (telegram) => (
              <a href={`/telegrams/${telegram.id}`}>
                {telegram.code} {telegram.title}
              </a>
            ),
          },
          { head: t.at, cell: (telegram) => <Time at={telegram.control_at} with_date with_seconds /> },
          { head: t.mode, cell: (telegram) => modeWords[language][telegram.mode] },
          { head: t.kind, cell: (telegram) => t.kinds[telegram.info_kind] },
          { head: t.headline, cell: (telegram) => telegram.headline },
        ]}
      />
      {rejected.length > 0 && (
        <DataTable
          caption={t.rejected}
          rows={rejected}
          rowKey={(telegram) => telegram.id}
          columns={[
            { head: t.source, cell: (telegram) => telegram.source },
            { head: t.reason, cell: (telegram) => (language === 'en' ? telegram.reason_en : telegram.reason_ja) },
            { head: t.received_at, cell: (telegram) => <Time at={telegram.received_at} /> },
          ]}
        />
      )}
      <p>{t.credit}</p>
    </Layout>
  )
}

type TelegramProps = { telegram: Awaited<ReturnType<typeof readTelegram>>; proposals: readonly ProposalView[] }

export function TelegramPage({ telegram, proposals }: TelegramProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  const title = `${telegram.code} ${telegram.title}`
  return (
    <Layout title={title} mode={telegram.mode} label={labelOf.telegram}>
      <h1>{title}</h1>
      <SummaryList
        items={[
          { term: t.at, value: <Time at={telegram.control_at} with_date with_seconds /> },
          { term: t.mode, value: modeWords[language][telegram.mode] },
          { term: t.kind, value: t.kinds[telegram.info_kind] },
          { term: t.headline, value: telegram.headline },
          { term: t.source, value: telegram.source },
          { term: t.received_at, value: <Time at={telegram.received_at} with_date with_seconds /> },
        ]}
      />
      {proposals.length > 0 && (
        <section aria-labelledby="proposals">
          <h2 id="proposals">{t.proposals}</h2>
          <ul>
            {proposals.map((proposal) => (
              <li key={proposal.id}>
                <a href={`/proposals/${proposal.id}`}>
                  {markedTitle(language, proposal.mode, language === 'en' ? proposal.title_en : proposal.title_ja)}
                </a>
                {proposal.situation_id && (
                  <>
                    {' '}
                    ・ <a href={`/situations/${proposal.situation_id}`}>{t.situation}</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={`/telegrams/${telegram.id}/xml`}>{t.xml}</a>
      </p>
      <p>{t.credit}</p>
    </Layout>
  )
}
