import type { Language } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import type { CsvColumn } from '#ground/lists/csv.ts'
import type { EntryView } from './queries.ts'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

/** What the file of the history says of each entry, with since when it is known to be an error. */
export function historyColumns(language: Language): CsvColumn<EntryView>[] {
  const t = activationTexts[language]
  const words = activationWords[language]
  return [
    {
      head: t.step,
      text: ({ mode, market, step }) =>
        markedTitle(language, mode, `${marketName(language, market)} ${words.steps[step]}`),
    },
    { head: t.decided_at, text: ({ decided_at }) => decided_at },
    { head: t.from, text: ({ step, effective_at }) => (step === 'corrected' ? null : effective_at) },
    { head: t.body, text: ({ body_ja, body_en }) => (language === 'en' ? body_en : body_ja) },
    { head: t.whose, text: ({ is_on_behalf }) => (is_on_behalf ? t.by_desk : t.own_word) },
    { head: t.criteria, text: ({ criterion_version }) => criterion_version },
    { head: t.reason, text: ({ reason }) => reason },
    { head: t.situation, text: ({ title_ja, title_en }) => (language === 'en' ? title_en : title_ja) },
    { head: t.state_corrected, text: ({ corrected_at }) => corrected_at },
  ]
}
