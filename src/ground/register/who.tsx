import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { partTexts } from './part-texts.ts'

/** Who did something: by name, unless their name is not the reader's to see. */
export function Who({ name_ja, name_en }: { name_ja: string | null; name_en: string | null }) {
  const t = useTexts(partTexts)
  const { language } = useReading()
  return name_ja === null ? t.someone : named(language, { name_ja, name_en })
}
