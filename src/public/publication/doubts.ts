import { toCivilText } from '#ground/html/civil.ts'
import type { PublicSituation } from '#public/site/index.ts'
import type { BoardRow } from '#status/board/index.ts'

/** What does not fit together in what would become public: shown in the check, for people to judge. */
export type Doubts = {
  /** Times of day that are said in one language only. */
  only_ja: string[]
  only_en: string[]
  /** Times in the text, and expected resumptions beside it that are none of them. */
  said: string[]
  resumptions: { name_ja: string; name_en: string; at: string }[]
  /** Institutions that the text names, though they were not chosen to be named. */
  unchosen: { name_ja: string; name_en: string }[]
}

/** Compares the text with itself in the other language, with the rows beside it, and with who was chosen. Pure. */
export function doubtsAbout(
  told: Pick<PublicSituation, 'text_ja' | 'text_en' | 'institutions'>,
  rows: readonly BoardRow[],
  chosen: readonly string[],
): Doubts {
  const [ja, en] = [timesIn(told.text_ja), timesIn(told.text_en)]
  const said = [...new Set([...ja, ...en])].sort()
  const has_english = told.text_en !== told.text_ja
  return {
    only_ja: has_english ? ja.filter((time) => !en.includes(time)) : [],
    only_en: has_english ? en.filter((time) => !ja.includes(time)) : [],
    said,
    resumptions: told.institutions.flatMap(({ name_ja, name_en, resumption_at }) => {
      const at = resumption_at && clockOf(resumption_at)
      return at && said.length > 0 && !said.includes(at) ? [{ name_ja, name_en, at }] : []
    }),
    unchosen: rows
      .map(({ institution }) => institution)
      .filter(({ id, name_ja, name_en }) => {
        const is_named = told.text_ja.includes(name_ja) || told.text_en.includes(name_en)
        return is_named && !chosen.includes(id)
      })
      .map(({ name_ja, name_en }) => ({ name_ja, name_en })),
  }
}

const clockOf = (at: string) => toCivilText(new Date(at)).slice(11, 16)

const japanese = /(午前|午後)?\s*(\d{1,2})(?::(\d\d)(?!\s*[ap]\.?m)|時(?!間)(?:(\d{1,2})分|(半))?)/gi
const english = /(?<![\d:])(\d{1,2})(?::(\d\d))?\s*(a\.?m\.?|p\.?m\.?)?(?![\d:])/gi

/** The times of day that a text names, as 15:00: 「15時」「午後3時半」, "3 p.m.", "15:00". */
export function timesIn(text: string): string[] {
  const plain = text.normalize('NFKC')
  const found = [
    ...[...plain.matchAll(japanese)].map(([, half, hour, minute, minutes, half_past]) =>
      clock(Number(hour), minute ?? minutes ?? (half_past ? '30' : '0'), half === '午後' ? 'p' : half && 'a'),
    ),
    ...[...plain.matchAll(english)]
      .filter(([, , minute, half]) => minute || half)
      .map(([, hour, minute, half]) => clock(Number(hour), minute ?? '0', half?.[0]?.toLowerCase())),
  ]
  return [...new Set(found.flatMap((time) => time ?? []))].sort()
}

function clock(hour: number, minute: string, half: string | undefined): string | null {
  const at = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour
  if (at > 24 || Number(minute) > 59) return null
  return `${String(at).padStart(2, '0')}:${minute.padStart(2, '0')}`
}
