import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { Use } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '非常用コードが使われました',
    next: '本人に心当たりがあるかを、電話で確かめてください。',
    register: '非常用コードの管理簿を見る',
  },
  en: {
    title: 'A break-glass code was used',
    next: 'Telephone that person to make sure that it was them.',
    register: 'See the register of break-glass codes',
  },
})

/** Stands on the home page of the desk for days after a real use. */
export function BreakGlassBanner({ uses }: { uses: readonly Use[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (uses.length === 0) return null
  return (
    <Banner kind="error" title={t.title}>
      <ul>
        {uses.map(({ used_at, name_ja, name_en, reason }) => (
          <li key={used_at.toISOString()}>
            <Time at={used_at} with_date /> {named(language, { name_ja: name_ja ?? '', name_en })}: {reason}
          </li>
        ))}
      </ul>
      <p>
        {t.next} <a href="/break-glass">{t.register}</a>
      </p>
    </Banner>
  )
}
