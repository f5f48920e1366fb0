import { useReading } from '#ground/html/render.tsx'
import { type Item, numberOf, pathOf } from './kinds.ts'

/** A thing by its number and title, and the way to it. */
export function ItemLink({ item }: { item: Pick<Item, 'id' | 'kind' | 'number' | 'mode' | 'title'> }) {
  const { language } = useReading()
  return (
    <a href={pathOf(item)}>
      {numberOf(language, item)} {item.title}
    </a>
  )
}
