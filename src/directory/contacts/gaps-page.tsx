import { Chip, Chips } from '#ground/html/chip.tsx'
import { dateWords } from '#ground/html/civil.ts'
import { Empty } from '#ground/html/empty.tsx'
import { Figures } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { gap_days, hasGaps } from './gaps.ts'
import { nationalHolidays } from './market-day.ts'
import type { MarketGap } from './market-gaps.ts'
import { contactWords, hours } from './words.ts'

const texts = inBoth({
  ja: {
    title: '連絡先の空白',
    lead: `これから${gap_days}日間に、誰にも連絡がつかない時間帯や、夜間・休業日の初動要員がいない機関です。使える連絡手段のない人は数えません。`,
    hours_note: '営業時間内は営業日の8:45〜17:15、休業日は土日・祝日・12月31日〜1月3日です。',
    beyond: `${nationalHolidays.to}より後の祝日は分からないため、土日と年末年始だけを休業日としています。`,
    with_gaps: '空白のある機関',
    quarantined: '届かない連絡手段',
    caption: '直してもらう機関',
    institution: '機関',
    nobody: '誰にも連絡がつかない時間',
    first_at: (day: string) => `最初は${day}`,
    first: '初動要員',
    missing: { night: '夜間なし', holiday: '休業日なし' },
    stopped: '届かない手段',
    confirmed: '最終確認',
    never: 'まだ',
    empty: '空白のある機関はありません',
    empty_next: '届かない連絡先がないかは、疎通テストで確かめられます。',
    test: '連絡先の疎通テストへ',
    none: '―',
  },
  en: {
    title: 'Gaps in the rosters',
    lead: `Institutions where, in the next ${gap_days} days, nobody can be reached at some hours, or no first responder is named for nights or holidays. Who has no working address does not count.`,
    hours_note:
      'Business hours are 8:45 to 17:15 on trading days; holidays are weekends, national holidays and 31 December to 3 January.',
    beyond: `After ${nationalHolidays.to} the national holidays are not known: only weekends and the turn of the year count as holidays.`,
    with_gaps: 'Institutions with gaps',
    quarantined: 'Addresses that do not arrive',
    caption: 'Institutions with something to mend',
    institution: 'Institution',
    nobody: 'Hours without anybody',
    first_at: (day: string) => `first on ${day}`,
    first: 'First responder',
    missing: { night: 'None at night', holiday: 'None on holidays' },
    stopped: 'Addresses stopped',
    confirmed: 'Last confirmed',
    never: 'Never',
    empty: 'No institution has gaps',
    empty_next: 'A silent test finds addresses that do not arrive.',
    test: 'Go to the silent test',
    none: '–',
  },
})

export function GapsPage({ institutions }: { institutions: MarketGap[] }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language, now } = useReading()
  return (
    <Layout label={labelOf.call_tree} title={t.title} wide>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <p className="dads-note">{t.hours_note}</p>
      {institutions.some(({ gaps }) => gaps.beyond_table) && <p>{t.beyond}</p>}
      <Figures
        items={[
          { term: t.with_gaps, figure: institutions.filter(({ gaps }) => hasGaps(gaps)).length },
          { term: t.quarantined, figure: institutions.reduce((sum, { quarantined }) => sum + quarantined, 0) },
        ]}
      />
      <DataTable
        caption={t.caption}
        rows={institutions}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          {
            head: t.institution,
            cell: (row) => <a href={`/institutions/${row.id}/contacts`}>{named(language, row)}</a>,
          },
          {
            head: t.nobody,
            cell: ({ gaps }) => {
              const [first] = gaps.spans
              if (!first) return t.none
              const kinds = hours.filter((one) => gaps.spans.some((span) => span.hours === one))
              return (
                <Chips>
                  {kinds.map((one) => (
                    <Chip key={one} look="stopped">
                      {words.hours[one]}
                    </Chip>
                  ))}
                  {t.first_at(dateWords(language, first.from, now))}
                </Chips>
              )
            },
          },
          {
            head: t.first,
            cell: ({ gaps }) =>
              gaps.without_first_responder.length === 0 ? (
                t.none
              ) : (
                <Chips>
                  {gaps.without_first_responder.map((one) => (
                    <Chip key={one} look="partial">
                      {t.missing[one]}
                    </Chip>
                  ))}
                </Chips>
              ),
          },
          { head: t.stopped, cell: ({ quarantined }) => quarantined || t.none, numeric: true },
          {
            head: t.confirmed,
            cell: ({ confirmed_at }) => (confirmed_at ? dateWords(language, confirmed_at, now) : t.never),
          },
        ]}
      />
      <p>
        <a href="/contacts/tests">{t.test}</a>
      </p>
    </Layout>
  )
}
