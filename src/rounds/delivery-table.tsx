import { Chip } from '#html/chip.tsx'
import { Details } from '#html/details.tsx'
import { Empty } from '#html/empty.tsx'
import { inBoth, named } from '#html/language.ts'
import { Pagination } from '#html/pagination.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { DataTable } from '#html/table.tsx'
import { Time } from '#html/time.tsx'
import type { DeliveryView } from './queries.ts'
import { deliveryWords } from './words.ts'

const texts = inBoth({
  ja: {
    summary: '1通ごとの送信状況を見る',
    caption: '1通ごとの状況（確認が必要なものから）',
    contact: '担当者',
    institution: '機関',
    state: '状況',
    attempts: '試行',
    times: (count: number) => `${count}回`,
    answer: 'メールサーバーの応答',
    none: 'まだありません',
    perhaps: '届いたかもしれないため、自動では送り直しません。電話で確かめてください。',
    empty: 'メールはありません',
    empty_next: '担当者が登録されていません。機関名簿に登録してから、もう一度依頼してください。',
  },
  en: {
    summary: 'See each mail',
    caption: 'Each mail, those that need a look first',
    contact: 'Contact',
    institution: 'Institution',
    state: 'State',
    attempts: 'Attempts',
    times: (count: number) => `${count}`,
    answer: 'Answer of the mail server',
    none: 'None yet',
    perhaps: 'It may have arrived, so it is not sent again by itself. Ask by phone.',
    empty: 'No mails',
    empty_next: 'No contact is registered. Register contacts in the directory, then ask again.',
  },
})

export type DeliveryPage = { rows: DeliveryView[]; page: number; pages: number }

/** What the mail server said to each mail. Only for readers who may see deliveries. */
export function DeliveryTable({ round_id, rows, page, pages }: DeliveryPage & { round_id: string }) {
  const t = useTexts(texts)
  const states = useTexts(deliveryWords)
  const { language } = useReading()
  return (
    <Details summary={t.summary} id="deliveries" open={page > 1}>
      <DataTable
        caption={t.caption}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t.empty}>
            <p>{t.empty_next}</p>
          </Empty>
        }
        columns={[
          { head: t.institution, cell: (row) => named(language, row) },
          {
            head: t.contact,
            cell: ({ contact_ja, contact_en, address }) => (
              <>
                {contact_ja !== null && named(language, { name_ja: contact_ja, name_en: contact_en })}
                <br />
                {address}
              </>
            ),
          },
          {
            head: t.state,
            cell: ({ state, sent_at }) => (
              <>
                <Chip look={state}>{states[state]}</Chip> {sent_at && <Time at={sent_at} />}
                {state === 'perhaps' && <span className="dads-note"> {t.perhaps}</span>}
              </>
            ),
          },
          { head: t.attempts, cell: ({ attempts }) => t.times(attempts), numeric: true },
          { head: t.answer, cell: ({ answer }) => answer ?? t.none },
        ]}
      />
      <Pagination page={page} pages={pages} href={(to) => `/rounds/${round_id}?page=${to}`} />
    </Details>
  )
}
