import { Brackets } from '#ground/html/brackets.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Day, dayAt, dueWords } from '#ground/html/day.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type ImprovementState, isClosed, isOverdue } from './improvement.ts'
import { improvementWords, stateLooks } from './improvement-words.ts'

export function StateChip({ state }: { state: ImprovementState }) {
  const words = useTexts(improvementWords)
  return <Chip look={stateLooks[state]}>{words.states[state]}</Chip>
}

/** Until when, and how much of that is left; what is overdue says so in a chip. */
export function Due({ state, due_on }: { state: ImprovementState; due_on: string | null }) {
  const { language, now } = useReading()
  if (due_on === null) return '—'
  if (isClosed(state)) return <Day on={due_on} />
  const words = dueWords(language, due_on, now)
  return (
    <>
      <Day on={due_on} />
      {isOverdue({ state, due_on }, dayAt(now)) ? (
        <>
          {' '}
          <Chip look="severe">{words}</Chip>
        </>
      ) : (
        <Brackets>{words}</Brackets>
      )}
    </>
  )
}

type Owned = {
  owner_person_id: string | null
  owner_ja: string | null
  owner_en: string | null
  institution_ja: string | null
  institution_en: string | null
}

/** Who answers for it, in words: a person by name, an institution by its own. */
export function ownerWords(language: Language, owned: Owned): string {
  const { owner_ja, owner_en, institution_ja, institution_en, owner_person_id } = owned
  if (owner_ja !== null) return named(language, { name_ja: owner_ja, name_en: owner_en })
  if (institution_ja !== null) return named(language, { name_ja: institution_ja, name_en: institution_en })
  const words = improvementWords[language]
  return owner_person_id === null ? words.nobody : words.somebody
}
