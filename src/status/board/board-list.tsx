import type { ReactNode } from 'react'
import { onBehalf, viaWords } from '#delivery/answers/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { type Column, DataTable } from '#ground/html/table.tsx'
import { Age, Time, Until } from '#ground/html/time.tsx'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { type Board, views } from './board.ts'
import { type Asked, addressOf, linesOf } from './board-address.ts'
import { bcpLooks, useStateWords } from './board-tables.tsx'
import type { Line } from './line.ts'
import { Operating } from './operating.tsx'

const texts = inBoth({
  ja: {
    title: '機関の一覧',
    choose: '区分を選ぶ',
    caption: (view: string, count: number) => `${view}（${count}機関）　支障・不明・未報告の順`,
    find: '名称・コード・読みで機関を探す',
    find_act: '探す',
    found: (count: number) => `見つかった機関（${count}）`,
    only: '絞り込み',
    all: 'すべて表示する',
    empty: '該当する機関はありません',
    empty_next: '区分または絞り込みを変えてください。',
    counted: 'ほかの市場参加者は、件数だけを上の表に表示しています。',
    institution: '機関',
    own: '（貴機関）',
    operating: '業務の状況',
    damage: '被害',
    bcp: 'BCP',
    command_centre: '対策本部',
    reported: '報告',
    written: '記入',
    next_update: '次回の報告',
    none: '―',
  },
  en: {
    title: 'Institutions one by one',
    choose: 'Choose a view',
    caption: (view: string, count: number) => `${view} (${count}): trouble first, then unknown, then not reported`,
    find: 'Find an institution by name, code or reading',
    find_act: 'Find',
    found: (count: number) => `Institutions found (${count})`,
    only: 'Only',
    all: 'Show all',
    empty: 'There is no such institution',
    empty_next: 'Choose another view or show all.',
    counted: 'Other market participants only appear as counts, in the tables above.',
    institution: 'Institution',
    own: ' (yours)',
    operating: 'Operating status',
    damage: 'Damage',
    bcp: 'BCP',
    command_centre: 'Command centre',
    reported: 'Reported',
    written: 'written',
    next_update: 'Next update',
    none: '–',
  },
})

type Whose = { sees_all: boolean; own: string }

/** The institutions of one view, those in trouble first, a page at a time. */
export function BoardList({ board, asked, path, ...whose }: { board: Board; asked: Asked; path: string } & Whose) {
  const t = useTexts(texts)
  const { words, states, bcp } = useStateWords()
  const found = linesOf(board.lines, asked)
  const filters = [
    asked.q && `「${asked.q}」`,
    asked.state && states[asked.state],
    asked.bcp && `${t.bcp} ${bcp[asked.bcp]}`,
  ].filter(Boolean)
  return (
    <section aria-labelledby="list">
      <h2 id="list">{t.title}</h2>
      <nav className="dads-tabs" aria-label={t.choose}>
        {views.map((view) => (
          <a
            key={view}
            className="dads-button"
            data-type="outline"
            data-size="md"
            aria-current={view === asked.view ? 'page' : undefined}
            href={addressOf(path, { view })}
          >
            {words.views[view]}
          </a>
        ))}
      </nav>
      {filters.length > 0 && (
        <p>
          {t.only}: <b>{filters.join(' / ')}</b>　<a href={addressOf(path, { view: asked.view })}>{t.all}</a>
        </p>
      )}
      {!whose.sees_all && asked.view === 'participants' && <p>{t.counted}</p>}
      <Search asked={asked} path={path} />
      <BoardList.Rows
        lines={found.rows}
        caption={
          <>
            {asked.q ? t.found(found.count) : t.caption(words.views[asked.view], found.count)}
            <ListPart found={found} />
          </>
        }
        {...whose}
      />
      <Pagination found={found} href={(wanted) => addressOf(path, { ...asked, wanted })} />
    </section>
  )
}

/** By name or code, in both views at once: who rings up need not say which they belong to. */
function Search({ asked: { q, view }, path }: { asked: Asked; path: string }) {
  const t = useTexts(texts)
  return (
    <Details summary={t.find} id="find" open={q !== ''}>
      <search>
        <form method="get" action={`${path}#list`} className="dads-form" noValidate>
          <HiddenFields fields={{ view }} />
          <TextInput type="search" name="q" label={t.find} value={q} width="half" maxLength={100} />
          <Button kind="outline" size="md">
            {t.find_act}
          </Button>
        </form>
      </search>
    </Details>
  )
}

BoardList.Rows = function Rows({ lines, caption, ...whose }: { lines: Line[]; caption: ReactNode } & Whose) {
  const t = useTexts(texts)
  return (
    <DataTable
      caption={caption}
      rows={lines}
      rowKey={({ institution }) => institution.id}
      empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
      columns={useColumns(lines, whose)}
    />
  )
}

/** The same of one institution, below each other, for a page that is about it. */
BoardList.Facts = function Facts({ line, ...whose }: { line: Line } & Whose) {
  const t = useTexts(texts)
  const [, ...columns] = useColumns([line], whose)
  const items = columns.map(({ head, cell }) => ({ term: head, value: cell(line) }))
  return <SummaryList items={items.filter(({ value }) => value !== t.none)} />
}

function useColumns(lines: readonly Line[], { sees_all, own }: Whose): Column<Line>[] {
  const t = useTexts(texts)
  const { language } = useReading()
  const { words, bcp } = useStateWords()
  const isWhole = (line: Line) => sees_all || line.institution.id === own
  const ifWhole = <One,>(column: One): One[] => (lines.some(isWhole) ? [column] : [])
  return [
    {
      head: t.institution,
      cell: ({ institution }: Line) =>
        named(language, institution) + (institution.id === own && !sees_all ? t.own : ''),
    },
    { head: t.operating, cell: (line) => <Operating line={line} /> },
    ...ifWhole({
      head: t.damage,
      cell: ({ damage }: Line) => (damage ? <Chip look={damage}>{words.damages[damage]}</Chip> : t.none),
    }),
    {
      head: t.bcp,
      cell: (line) =>
        line.report_id || line.reported_at ? <Chip look={bcpLooks[line.bcp]}>{bcp[line.bcp]}</Chip> : t.none,
    },
    ...ifWhole({
      head: t.command_centre,
      cell: ({ command_centre: centre }: Line) =>
        centre === null ? t.none : centre === 'unknown' ? words.conditions.unknown : words.command_centre[centre],
    }),
    { head: t.reported, cell: (line) => (line.reported_at ? <Reported line={line} /> : t.none) },
    {
      head: t.next_update,
      cell: ({ next_update_at: due }) =>
        due ? (
          <>
            <Time at={due} />
            <br />
            <Until at={due} beside />
          </>
        ) : (
          t.none
        ),
    },
  ]
}

/** When it was said and by whom; who may read the report itself goes there. */
function Reported({ line }: { line: Line }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { words } = useStateWords()
  const { language } = useReading()
  if (!line.reported_at) return t.none
  const time = <Time at={line.reported_at} />
  return (
    <>
      {line.report_id ? <a href={`/reports/${line.report_id}`}>{time}</a> : time}
      <br />
      {line.written_at && (
        <>
          {t.written} <Time at={line.written_at} />
          <br />
        </>
      )}
      <Age at={line.written_at ?? line.reported_at} beside />
      {line.reported_by_ja && (
        <>
          <br />
          {language === 'en' ? (line.reported_by_en ?? line.reported_by_ja) : line.reported_by_ja}
        </>
      )}
      {line.via !== null && (line.via !== 'portal' || line.is_on_behalf) && (
        <>
          <br />
          <b>
            {vias[line.via]}
            {line.is_on_behalf && <Brackets>{behalf}</Brackets>}
          </b>
        </>
      )}
      {line.answers_asking !== null && (
        <>
          <br />
          {words.answers(line.answers_asking)}
        </>
      )}
    </>
  )
}
