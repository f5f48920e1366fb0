import type { Mode } from '#ground/db/tables.ts'
import { Empty } from '#ground/html/empty.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { besideOthers, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SheetContext } from '#ground/html/sheet-line.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { type Asked, listAddress } from '#ground/lists/address.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { LastCall } from './calls-page.tsx'
import { Numbers } from './numbers.tsx'
import type { CallRow } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '電話・FAX連絡表',
    made: '作成',
    intro: '画面が使えないときの手書き用です。結果は、あとで電話連絡リストに記録してください。',
    caption: (count: number) => `${count}機関`,
    place: '番',
    institution: '機関・通知',
    people: '電話・FAX',
    calls: 'これまでの電話',
    result: '結果（かけた人・時刻・回答）',
    none: '電話する機関はありません',
    none_next: '電話連絡リストに機関が載ると、ここから印刷できます。',
    back: '電話連絡リストへ戻る',
  },
  en: {
    title: 'Phone and fax sheet',
    made: 'Made',
    intro: 'To write on when no screen can be used. Record the results in the call list later.',
    caption: (count: number) => `${count} institutions`,
    place: 'No.',
    institution: 'Institution, notice',
    people: 'Phone, fax',
    calls: 'Calls so far',
    result: 'Result (who rang, when, what they said)',
    none: 'Nobody has to be rung',
    none_next: 'When institutions are on the call list, print them from here.',
    back: 'Back to the call list',
  },
})

const modes = ['actual', 'exercise', 'test'] as const

/** The whole list on paper. */
export function SheetPage({ rows, asked }: { rows: CallRow[]; asked: Asked }) {
  const t = useTexts(texts)
  const { now } = useReading()
  return (
    <Layout title={t.title} label={labelOf.delivery} wide>
      <h1>{t.title}</h1>
      <p>
        {t.made}: <Time at={now} with_date />
        <br />
        {t.intro} <a href={listAddress('/calls', asked)}>{t.back}</a>
      </p>
      {rows.length === 0 && (
        <Empty title={t.none}>
          <p>{t.none_next}</p>
        </Empty>
      )}
      {modes
        .filter((mode) => rows.some((row) => row.mode === mode))
        .map((mode) => (
          <Part key={mode} mode={mode} rows={rows.filter((row) => row.mode === mode)} />
        ))}
    </Layout>
  )
}

/** What is real and each kind of drill on sheets of their own: nobody rings a firm for real out of a drill's list. */
function Part({ mode, rows }: { mode: Mode; rows: CallRow[] }) {
  const t = useTexts(texts)
  const words = useTexts(modeWords)
  const { language } = useReading()
  const word = words[mode === 'actual' ? 'actual_mark' : mode]
  return (
    <SheetContext value={{ title: t.title, mode, label: labelOf.delivery }}>
      <section className="dads-sheet-part">
        <DataTable
          caption={`${word} ${t.caption(rows.length)}`}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              head: t.institution,
              cell: (row) => (
                <>
                  {besideOthers(language, row.mode, named(language, row))}
                  <br />
                  {language === 'en' ? row.subject_en : row.subject_ja}
                </>
              ),
            },
            { head: t.people, cell: ({ people }) => <Numbers people={people} with_fax /> },
            // Where nobody has called yet there is room to write.
            { head: t.calls, cell: ({ calls }) => (calls.length > 0 ? <LastCall calls={calls} /> : '') },
            { head: t.result, cell: () => '　' },
          ]}
        />
      </section>
    </SheetContext>
  )
}
