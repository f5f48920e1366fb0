import type { ReactNode } from 'react'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { type Column, DataTable } from '#ground/html/table.tsx'
import { type Asked, listAddress } from './address.ts'
import { type CsvColumn, csv_rows_max } from './csv.ts'
import type { Paged } from './paged.ts'
import { ListPart, Pagination } from './pagination.tsx'

const texts = inBoth({
  ja: {
    behind: 'このページには何もありません',
    first: '最初のページを見る',
    csv: (rows: number) => `表の形式（CSV）で保存する（上から${rows.toLocaleString('en')}行まで）`,
  },
  en: {
    behind: 'There is nothing on this page',
    first: 'See the first page',
    csv: (rows: number) => `Save as a table (CSV), at most the first ${rows.toLocaleString('en')} rows`,
  },
})

/** A column of a page, and of the file that is made of it. */
export type ListColumn<Row> = Column<Row> & CsvColumn<Row>

type Nothing = { title: ReactNode; next: ReactNode }
type Props<Row> = {
  /** The address of the list. */
  path: string
  /** What stands here and in which order. */
  caption: ReactNode
  columns: readonly ListColumn<Row>[]
  found: Paged<Row>
  rowKey: (row: Row) => string
  /** Said when there is nothing at all. */
  empty: Nothing
  /** What was asked for: the pager and the file keep it. */
  asked?: Asked
  search?: {
    fields: ReactNode
    act: string
    /** Said when nothing is like that, with the words of the link to everything. */
    nothing: Nothing & { all: string }
    /** They stand behind the act's words until something was asked for. */
    is_folded?: boolean
  }
  /** Offers the same rows as a file, at the address of the list with `.csv`. */
  has_csv?: boolean
}

/** A list to look through: what to look for, a page of what was found, the way to the others, and to all of it as a file. */
export function Listing<Row>({
  path,
  caption,
  columns,
  found,
  rowKey,
  empty,
  asked = {},
  search,
  has_csv,
}: Props<Row>) {
  const t = useTexts(texts)
  const is_narrowed = Object.values(asked).some(Boolean)
  const is_behind = found.rows.length === 0 && found.page > 1
  return (
    <>
      {search && <Search {...{ path, search, is_narrowed }} />}
      <DataTable
        caption={
          <>
            {caption}
            <ListPart found={found} />
          </>
        }
        rows={found.rows}
        rowKey={rowKey}
        columns={columns}
        empty={
          is_behind ? (
            <Empty title={t.behind}>
              <a href={listAddress(path, asked)}>{t.first}</a>
            </Empty>
          ) : search && is_narrowed ? (
            <Empty title={search.nothing.title}>
              {search.nothing.next} <a href={path}>{search.nothing.all}</a>
            </Empty>
          ) : (
            <Empty title={empty.title}>{empty.next}</Empty>
          )
        }
      />
      {!is_behind && <Pagination found={found} href={(wanted) => listAddress(path, asked, wanted)} />}
      {has_csv && found.rows.length > 0 && <CsvLink path={path} asked={asked} />}
    </>
  )
}

function Search<Row>({
  path,
  search,
  is_narrowed,
}: {
  path: string
  search: NonNullable<Props<Row>['search']>
  is_narrowed: boolean
}) {
  const form = (
    <search>
      <form method="get" action={path} className="dads-form" noValidate>
        {search.fields}
        <Button kind="outline" size="md">
          {search.act}
        </Button>
      </form>
    </search>
  )
  if (!search.is_folded) return form
  return (
    <Details summary={search.act} id="filter" open={is_narrowed}>
      {form}
    </Details>
  )
}

/** The way to the rows of a list as a file. */
export function CsvLink({ path, asked = {} }: { path: string; asked?: Asked }) {
  const t = useTexts(texts)
  return (
    <p>
      <a href={listAddress(`${path}.csv`, asked)}>{t.csv(csv_rows_max)}</a>
    </p>
  )
}
