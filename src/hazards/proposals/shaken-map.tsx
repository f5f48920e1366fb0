import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { areaByCode, prefectures } from '#ground/market/areas.ts'
import {
  type Intensity,
  intensities,
  intensityRank,
  intensityWords,
  type ReportedIntensity,
} from '#hazards/telegrams/index.ts'
import { keyOf } from './places.ts'
import type { StoredMatch } from './stored-match.ts'

const texts = inBoth({
  ja: {
    label: '揺れた地域と拠点の地図',
    lead: '1ます＝1都道府県。数字は拠点の数、濃いほど強い揺れ。',
    where: (name: string, intensity: string | null, sites: number) =>
      `${name}${intensity ? ` 震度${intensity}` : ''}${sites > 0 ? ` 拠点${sites}` : ''}`,
  },
  en: {
    label: 'Map of the shaken areas and the sites in them',
    lead: 'One square a prefecture. The figure is the number of sites; darker is stronger.',
    where: (name: string, intensity: string | null, sites: number) =>
      `${name}${intensity ? `, intensity ${intensity}` : ''}${sites > 0 ? `, ${sites} sites` : ''}`,
  },
})

const square = 30

type Square = { intensity: ReportedIntensity | null; is_touched: boolean; sites: Set<string> }

/** Japan as 47 squares: how strongly each prefecture was hit, and how many sites stand there. The tables beside it say the same in words. */
export function ShakenMap({ matches }: { matches: readonly StoredMatch[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const squares = squaresOf(matches)
  if ([...squares.values()].every(({ is_touched }) => !is_touched)) return null
  const columns = Math.max(...prefectures.map(({ column }) => column)) + 1
  const rows = Math.max(...prefectures.map(({ row }) => row)) + 1
  const spoken = prefectures.flatMap((prefecture) => {
    const found = squares.get(prefecture.code)
    if (!found?.is_touched) return []
    const name = language === 'en' ? prefecture.name_en : prefecture.name_ja
    return [t.where(name, found.intensity && intensityWords[language][found.intensity], found.sites.size)]
  })
  return (
    <figure className="dads-map">
      <svg
        viewBox={`0 0 ${columns * square} ${rows * square}`}
        role="img"
        aria-label={`${t.label}: ${spoken.join(language === 'en' ? '; ' : '、')}`}
      >
        {prefectures.map((prefecture) => {
          const found = squares.get(prefecture.code)
          const [x, y] = [prefecture.column * square, prefecture.row * square]
          return (
            <g key={prefecture.code} data-level={levelOf(found)}>
              <rect x={x + 1} y={y + 1} width={square - 2} height={square - 2} rx="3" />
              <text x={x + square / 2} y={y + 12} textAnchor="middle" className="dads-map__name">
                {prefecture.name_ja.replace(/[都府県]$/, '').slice(0, 3)}
              </text>
              {found && found.sites.size > 0 && (
                <text x={x + square / 2} y={y + 25} textAnchor="middle" className="dads-map__count">
                  {found.sites.size}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <figcaption>{t.lead}</figcaption>
    </figure>
  )
}

function squaresOf(matches: readonly StoredMatch[]): Map<string, Square> {
  const squares = new Map<string, Square>()
  const at = (area_code: string): Square => {
    // An area of shaking has three digits; those of warnings begin with the prefecture's two.
    const code = area_code.length === 3 ? areaByCode.get(area_code)?.prefecture_code : area_code.slice(0, 2)
    const found = squares.get(code ?? '') ?? { intensity: null, is_touched: false, sites: new Set<string>() }
    if (code) squares.set(code, found)
    return found
  }
  for (const { areas, sites, kind } of matches) {
    if (kind !== 'tsunami')
      for (const area of areas) {
        const found = at(area.code)
        found.is_touched = true
        if (area.intensity && (!found.intensity || intensityRank(area.intensity) > intensityRank(found.intensity)))
          found.intensity = area.intensity
      }
    for (const site of sites) {
      const found = at(site.area_code)
      found.is_touched = true
      found.sites.add(keyOf(site))
    }
  }
  return squares
}

/** How dark a square is: 0 untouched, 1 touched without an intensity or below 5-, to 6 for 7. */
function levelOf(found: Square | undefined): number {
  if (!found?.is_touched) return 0
  if (!found.intensity) return 1
  return Math.max(1, intensityRank(found.intensity) - intensities.indexOf('5-' satisfies Intensity) + 2)
}
