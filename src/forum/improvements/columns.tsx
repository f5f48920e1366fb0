import { inBoth, type Language } from '#ground/html/language.ts'
import type { CsvColumn } from '#ground/lists/csv.ts'
import type { ListColumn } from '#ground/lists/listing.tsx'
import { ItemLink } from '#ground/register/item-link.tsx'
import { numberOf } from '#ground/register/kinds.ts'
import { improvementWords } from './improvement-words.ts'
import type { ListedImprovement } from './list-queries.ts'
import { Due, ownerWords, StateChip } from './state-parts.tsx'

const heads = inBoth({
  ja: {
    number: '番号と件名',
    state: '状態',
    due: '期日',
    owner: '担当',
    source: 'きっかけ',
    title: '件名',
    finding: '気付いたこと',
    action: '対応の内容',
    evidence: '証拠',
    changed: '最終更新',
  },
  en: {
    number: 'Number and title',
    state: 'State',
    due: 'Due',
    owner: 'Owner',
    source: 'Noticed in',
    title: 'Title',
    finding: 'Finding',
    action: 'What is to be done',
    evidence: 'Proof',
    changed: 'Last changed',
  },
})

/** An improvement in a list. */
export function improvementColumns(language: Language): ListColumn<ListedImprovement>[] {
  const head = heads[language]
  const words = improvementWords[language]
  return [
    { head: head.number, cell: (one) => <ItemLink item={one} />, text: (one) => numberOf(language, one) },
    { head: head.state, cell: ({ state }) => <StateChip state={state} />, text: ({ state }) => words.states[state] },
    { head: head.due, cell: (one) => <Due {...one} />, text: ({ due_on }) => due_on },
    { head: head.owner, cell: (one) => ownerWords(language, one), text: (one) => ownerWords(language, one) },
    {
      head: head.source,
      cell: ({ source }) => words.sources[source],
      text: ({ source }) => words.sources[source],
    },
  ]
}

/** The same in a file, with the texts that no list has room for. */
export const fileColumns = (language: Language): CsvColumn<ListedImprovement>[] => [
  ...improvementColumns(language),
  ...(['title', 'finding', 'action', 'evidence'] as const).map((name) => ({
    head: heads[language][name],
    text: (one: ListedImprovement) => one[name],
  })),
  { head: heads[language].changed, text: ({ made_at }) => made_at },
]
