import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { ItemLink } from '#ground/register/item-link.tsx'
import type { ImprovementAbout } from './queries.ts'
import { Due, StateChip } from './state-parts.tsx'

const texts = inBoth({
  ja: { title: 'ここから見つかった改善事項', none: 'まだありません。', add: '改善事項を登録する' },
  en: { title: 'Improvements found here', none: 'None yet.', add: 'Record an improvement' },
})

/** What was found wanting in something of this portal, on its own page; with the way to record more for who may. */
export function ImprovementsFrom({
  about,
  improvements,
  may_edit,
}: {
  about: string
  improvements: readonly ImprovementAbout[]
  may_edit: boolean
}) {
  const t = useTexts(texts)
  if (improvements.length === 0 && !may_edit) return null
  return (
    <section aria-labelledby="improvements">
      <h2 id="improvements">{t.title}</h2>
      {improvements.length === 0 && <p>{t.none}</p>}
      <ul>
        {improvements.map((one) => (
          <li key={one.id}>
            <ItemLink item={one} /> <StateChip state={one.state} /> {one.due_on && <Due {...one} />}
          </li>
        ))}
      </ul>
      {may_edit && (
        <p>
          <a href={`/improvements/new?${new URLSearchParams({ from: about })}`}>{t.add}</a>
        </p>
      )}
    </section>
  )
}
