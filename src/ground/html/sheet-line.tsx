import { createContext, useContext } from 'react'
import type { Label, Mode } from '#ground/db/tables.ts'
import { labelNames } from '#ground/rights/labels.ts'
import { inBoth, named } from './language.ts'
import { modeWords } from './modes.ts'
import { useReading, useTexts } from './render.tsx'
import { Time } from './time.tsx'

/** What each printed sheet of a page says of itself. */
export type Sheet = { title: string; about?: string | undefined; mode?: Mode | undefined; label?: Label | undefined }

/** Set by the frame of a page; tables repeat it on every sheet. */
export const SheetContext = createContext<Sheet | null>(null)

const texts = inBoth({
  ja: { printed: '時点', by: '印刷' },
  en: { printed: 'as of', by: 'printed by' },
})

/**
 * The first line of a table's head, on paper alone, where it is repeated on every sheet: the mode in a word, what this is, who
 * may read it, of which moment it is, and who printed it. Sheets come loose, and those of a drill look like real ones.
 */
export function SheetLine({ columns }: { columns: number }) {
  const sheet = useContext(SheetContext)
  const { language, reader, now } = useReading()
  const t = useTexts(texts)
  const modes = useTexts(modeWords)
  if (!sheet || !(sheet.mode || sheet.label)) return null
  const { title, about, mode, label } = sheet
  return (
    <tr className="dads-sheet dads-print-only" data-mode={mode ?? 'actual'}>
      <td colSpan={columns}>
        {mode && <b>{modes[mode === 'actual' ? 'actual_mark' : mode]}</b>} {[title, about].filter(Boolean).join('　')}
        {' ・ '}
        {label && `${labelNames[label]} ・ `}
        {language === 'en' && `${t.printed} `}
        <Time at={now} with_date />
        {language === 'ja' && t.printed}
        {reader && ` ・ ${t.by} ${named(language, reader)}`}
      </td>
    </tr>
  )
}
