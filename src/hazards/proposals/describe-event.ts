import { areaByCode, prefectureByCode } from '#ground/market/areas.ts'
import { intensityWords, strongest, type Telegram, tsunamiGrades } from '#hazards/telegrams/index.ts'

const tsunamiWords = {
  major_warning: { ja: '大津波警報', en: 'Major tsunami warning' },
  warning: { ja: '津波警報', en: 'Tsunami warning' },
  advisory: { ja: '津波注意報', en: 'Tsunami advisory' },
}

export type ProposedEvent = {
  hazard: 'earthquake' | 'tsunami' | 'weather' | 'volcano' | 'other' | 'system_failure'
  event_at: Date
  title_ja: string
  title_en: string
}

/** What an event is called and when it happened, from the telegrams that still hold; null when none does. */
export function describeEvent(telegrams: Telegram[]): ProposedEvent | null {
  const [first] = telegrams
  if (!first) return null
  const event_at = happenedAt(telegrams) ?? first.target_at ?? first.report_at
  const bodies = telegrams.map(({ body }) => body)

  const shaken = bodies.flatMap((body) => (body.kind === 'earthquake' ? body.areas : []))
  const top = strongest(shaken.map(({ intensity }) => intensity))
  const where = shaken.find(({ intensity }) => intensity === top)
  const grade = tsunamiGrades
    .filter(
      (name) =>
        name in tsunamiWords &&
        bodies.some((body) => body.kind === 'tsunami' && body.areas.some((area) => area.grade === name)),
    )
    .at(-1) as keyof typeof tsunamiWords | undefined
  const tsunami = grade && tsunamiWords[grade]

  if (top && where)
    return {
      hazard: 'earthquake',
      event_at,
      title_ja: `地震 最大震度${intensityWords.ja[top]}（${where.name}${shaken.length > 1 ? 'ほか' : ''}）${tsunami ? `・${tsunami.ja}` : ''}`,
      title_en: `Earthquake, maximum intensity ${intensityWords.en[top]} (${placesEn([where.code])}${shaken.length > 1 ? ' and others' : ''})${tsunami ? `, ${tsunami.en.toLowerCase()}` : ''}`,
    }
  if (tsunami) return { hazard: 'tsunami', event_at, title_ja: tsunami.ja, title_en: tsunami.en }

  for (const body of bodies) {
    if (body.kind === 'nankai')
      return {
        hazard: 'earthquake',
        event_at,
        title_ja: `南海トラフ地震臨時情報（${body.info_name}）`,
        title_en: `Nankai Trough earthquake information (${body.info_code})`,
      }
    if (body.kind === 'volcano')
      return {
        hazard: 'volcano',
        event_at,
        title_ja: `${body.volcano_name} 噴火`,
        title_en: `Volcanic eruption (${placesEn(body.areas.map(({ code }) => code)) || body.volcano_name})`,
      }
    if (body.kind === 'weather') {
      const kinds = [...new Set(body.in_force.map(({ kind_name }) => kind_name))].join('・')
      return {
        hazard: 'weather',
        event_at,
        title_ja: `${kinds || '気象特別警報'}（${first.publishing_office}）`,
        title_en: `Weather special warning (${placesEn(body.in_force.map(({ area_code }) => area_code)) || first.publishing_office})`,
      }
    }
  }
  return { hazard: 'earthquake', event_at, title_ja: first.title, title_en: 'Earthquake information' }
}

/** The prefectures of areas, whose own names the agency gives in Japanese only. */
function placesEn(codes: string[]): string {
  const prefectures = codes.map((code) => areaByCode.get(code)?.prefecture_code ?? code.slice(0, 2))
  return [...new Set(prefectures)].map((code) => prefectureByCode.get(code)?.name_en ?? code).join(', ')
}

/** When it happened, by the telegram that knows best. */
function happenedAt(telegrams: Telegram[]): Date | null {
  for (const { body } of telegrams) {
    if (body.kind === 'earthquake' && body.origin_at) return body.origin_at
    if (body.kind === 'volcano' && body.erupted_at) return body.erupted_at
  }
  for (const { body } of telegrams) {
    const origin = body.kind === 'tsunami' ? body.sources.find(({ origin_at }) => origin_at)?.origin_at : null
    if (origin) return origin
  }
  return null
}
