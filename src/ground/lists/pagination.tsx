import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import type { Pages } from './paged.ts'
import { rows_max, type Wanted } from './wanted.ts'

const figure = (count: number) => count.toLocaleString('en')

const texts = inBoth({
  ja: {
    label: 'ページ',
    previous: '前へ',
    next: '次へ',
    at: (page: number) => `${page}ページ`,
    of: (page: number, pages: number) => `${page} / ${pages}ページ`,
    all: '全件を印刷用に表示',
    all_max: `印刷用に表示（${figure(rows_max)}件まで）`,
    in_pages: 'ページに分けて表示',
    is_all: (count: number) => `全${figure(count)}件を表示しています。`,
    rest: (shown: number, count: number) =>
      `${figure(count)}件のうち先頭の${figure(shown)}件です。残りの${figure(count - shown)}件はこのページにありません。`,
    rows: (from: number, to: number, page: number, pages: number, count: number) =>
      `${figure(from)}〜${figure(to)} / ${figure(count)}件（${page} / ${pages}ページ）。ほかの${figure(count - (to - from + 1))}件はこの紙にありません`,
    rows_more: (from: number, to: number, page: number, has_more: boolean) =>
      `${figure(from)}〜${figure(to)}件目（${page}ページ目）。${has_more ? '続きがあり、' : '前のページの分は'}この紙にはありません`,
    rows_all: (count: number) => `全${figure(count)}件`,
  },
  en: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    at: (page: number) => `Page ${page}`,
    of: (page: number, pages: number) => `Page ${page} of ${pages}`,
    all: 'Show all for printing',
    all_max: `Show for printing (at most ${figure(rows_max)})`,
    in_pages: 'Show page by page',
    is_all: (count: number) => `All ${figure(count)} are shown.`,
    rest: (shown: number, count: number) =>
      `These are the first ${figure(shown)} of ${figure(count)}. The other ${figure(count - shown)} are not on this page.`,
    rows: (from: number, to: number, page: number, pages: number, count: number) =>
      `${figure(from)}–${figure(to)} of ${figure(count)} (page ${page} of ${pages}). The other ${figure(count - (to - from + 1))} are not on this paper`,
    rows_more: (from: number, to: number, page: number, has_more: boolean) =>
      `${figure(from)}–${figure(to)} (page ${page}). ${has_more ? 'There are more; they are' : 'Those before are'} not on this paper`,
    rows_all: (count: number) => `all ${figure(count)}`,
  },
})

type Part = Pages & { rows: readonly unknown[] }

/** True when the list has rows that do not stand here. */
const isPart = (part: Part) =>
  'has_more' in part ? part.page > 1 || part.has_more : part.pages > 1 || part.rows.length < part.count

/** Which rows of a list these are, beside its caption, on paper: there nothing else says that it goes on. `on_screen`: nor does anything there. */
export function ListPart({ found, on_screen }: { found: Part; on_screen?: boolean }) {
  const t = useTexts(texts)
  const { rows, offset, page, size } = found
  if (size !== 'all' && !isPart(found)) return null
  const [from, to] = [Math.min(offset + 1, offset + rows.length), offset + rows.length]
  const said =
    'has_more' in found
      ? t.rows_more(from, to, page, found.has_more)
      : size === 'all' && !isPart(found)
        ? t.rows_all(found.count)
        : size === 'all'
          ? t.rest(rows.length, found.count)
          : t.rows(from, to, page, found.pages, found.count)
  return (
    <>
      {' '}
      <small className={on_screen ? undefined : 'dads-print-only'}>{said}</small>
    </>
  )
}

/** The way to as many rows as paper takes, where nobody has counted them. */
export const ShowAll = ({ href }: { href: string }) => (
  <p className="dads-pagination">
    <a href={href}>{useTexts(texts).all_max}</a>
  </p>
)

/** Goes to the page before and after, and to all rows on one page for paper; absent when all stand here anyway. */
export function Pagination({ found, href }: { found: Part; href: (wanted: Wanted) => string }) {
  const words = useTexts(texts)
  const { page, size, rows } = found
  if (size === 'all')
    return (
      <nav className="dads-pagination" aria-label={words.label}>
        <span aria-current="page">
          {'count' in found && (isPart(found) ? words.rest(rows.length, found.count) : words.is_all(found.count))}
        </span>
        <a href={href({ page: 1, size: null })}>{words.in_pages}</a>
      </nav>
    )
  if (!isPart(found)) return null
  const has_next = 'pages' in found ? page < found.pages : found.has_more
  const is_short = 'count' in found && found.count <= rows_max
  return (
    <nav className="dads-pagination" aria-label={words.label}>
      {page > 1 && (
        <a className="dads-button" data-type="outline" data-size="md" rel="prev" href={href({ page: page - 1, size })}>
          {words.previous}
        </a>
      )}
      <span aria-current="page">{'pages' in found ? words.of(page, found.pages) : words.at(page)}</span>
      {has_next && (
        <a className="dads-button" data-type="outline" data-size="md" rel="next" href={href({ page: page + 1, size })}>
          {words.next}
        </a>
      )}
      <a href={href({ page: 1, size: 'all' })}>{is_short ? words.all : words.all_max}</a>
    </nav>
  )
}
