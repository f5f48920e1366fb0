import type { Mode } from '#ground/db/tables.ts'
import { modeWords } from './modes.ts'
import { useReading } from './render.tsx'

/** The word of a drill or test, in both languages, across the page. Nothing when it is real. */
export function ModeBand({ mode }: { mode: Mode }) {
  const { language } = useReading()
  if (mode === 'actual') return null
  return (
    <p className="dads-mode-band" data-mode={mode}>
      <strong>
        {modeWords.ja[mode]} <span lang="en">{modeWords.en[mode]}</span>
      </strong>
      <span>{modeWords[language][`${mode}_notice`]}</span>
    </p>
  )
}
