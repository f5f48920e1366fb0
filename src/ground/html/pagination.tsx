import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

const texts = inBoth({
  ja: {
    label: 'ページ',
    previous: '前へ',
    next: '次へ',
    of: (page: number, pages: number) => `${page} / ${pages}ページ`,
  },
  en: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    of: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },
})

/** Goes to the page before and after; absent when there is only one. Pages count from 1. */
export function Pagination({ page, pages, href }: { page: number; pages: number; href: (page: number) => string }) {
  const words = useTexts(texts)
  if (pages <= 1) return null
  return (
    <nav className="dads-pagination" aria-label={words.label}>
      {page > 1 && (
        <a className="dads-button" data-type="outline" data-size="md" rel="prev" href={href(page - 1)}>
          {words.previous}
        </a>
      )}
      <span aria-current="page">{words.of(page, pages)}</span>
      {page < pages && (
        <a className="dads-button" data-type="outline" data-size="md" rel="next" href={href(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  )
}
