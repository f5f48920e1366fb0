import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

const texts = inBoth({
  ja: {
    label: 'ページ',
    previous: '前へ',
    next: '次へ',
    at: (page: number) => `${page}ページ`,
    of: (page: number, pages: number) => `${page} / ${pages}ページ`,
  },
  en: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    at: (page: number) => `Page ${page}`,
    of: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },
})

/** Which page this is, from 1, and how many there are; of a list that nobody counted, whether there is another. */
export type Pages = { page: number } & ({ pages: number } | { has_more: boolean })

/** Goes to the page before and after; absent when there is only one. */
export function Pagination({ href, ...at }: Pages & { href: (page: number) => string }) {
  const words = useTexts(texts)
  const { page } = at
  const has_next = 'pages' in at ? page < at.pages : at.has_more
  if (page === 1 && !has_next) return null
  return (
    <nav className="dads-pagination" aria-label={words.label}>
      {page > 1 && (
        <a className="dads-button" data-type="outline" data-size="md" rel="prev" href={href(page - 1)}>
          {words.previous}
        </a>
      )}
      <span aria-current="page">{'pages' in at ? words.of(page, at.pages) : words.at(page)}</span>
      {has_next && (
        <a className="dads-button" data-type="outline" data-size="md" rel="next" href={href(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  )
}
