import type { Mode } from '#ground/db/tables.ts'
import { modeWords } from './modes.ts'
import { useTexts } from './render.tsx'

/** The mode as a word beside a heading: what is real says so, too, because a drill may be open beside it. */
export function ModeMark({ mode }: { mode: Mode }) {
  const words = useTexts(modeWords)
  return (
    <b className="dads-mode-mark" data-mode={mode}>
      {words[mode === 'actual' ? 'actual_mark' : mode]}
    </b>
  )
}
