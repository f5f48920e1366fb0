import { Banner } from '#ground/html/banner.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { partTexts } from './part-texts.ts'

/** Somebody else has saved first: what it says now, where that is not what stands in the form. */
export function Newer({ differences }: { differences: readonly Difference[] }) {
  const t = useTexts(partTexts)
  return (
    <Banner kind="warning" title={t.outdated}>
      <p>{t.outdated_next}</p>
      {differences.length > 0 ? <Diff differences={differences} /> : <p>{t.no_difference}</p>}
    </Banner>
  )
}
