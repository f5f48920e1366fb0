import type { ItemKind, Label, Mode } from '#ground/db/tables.ts'
import type { Language, Texts } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'

/** What is known of a thing of any register: its head. */
export type Item = {
  id: string
  kind: ItemKind
  number: number
  /** null: the market's. */
  institution_id: string | null
  mode: Mode
  title: string
  label: Label
}

/** Every kind of thing that a register keeps: where its pages are, what it is called, and what stands before its numbers. */
const kinds = {
  improvement: {
    path: '/improvements',
    words: { ja: '改善事項', en: 'Improvement' },
    mark: { ja: '改善', en: 'I' },
  },
} as const satisfies Record<ItemKind, { path: string; words: Texts<string>; mark: Texts<string> }>

export const itemKinds = Object.keys(kinds) as ItemKind[]
export const kindWord = (language: Language, kind: ItemKind): string => kinds[kind].words[language]

/** The address of the page of a thing. */
export const pathOf = ({ kind, id }: Pick<Item, 'kind' | 'id'>) => `${kinds[kind].path}/${id}` as const

/** The number by which people speak of a thing: 「改善-012」, "I-012"; of a drill it says so. */
export const numberOf = (language: Language, { kind, number, mode }: Pick<Item, 'kind' | 'number' | 'mode'>): string =>
  markedTitle(language, mode, `${kinds[kind].mark[language]}-${String(number).padStart(3, '0')}`)

/** The kind and number that somebody wrote, in either language, whichever way it was typed; null when it is none. */
export function readNumber(text: string): Pick<Item, 'kind' | 'number'> | null {
  const plain = text
    .normalize('NFKC')
    .replace(/【.*?】|\[.*?\]/g, '')
    .replace(/[‐‑–—−ー]/g, '-')
    .replace(/\s/g, '')
  const [, mark = '', figures = ''] = /^(\D+?)-?0*([1-9]\d{0,8})$/.exec(plain) ?? []
  const kind = itemKinds.find((each) =>
    Object.values(kinds[each].mark).some((one) => one.toLowerCase() === mark.toLowerCase()),
  )
  return kind ? { kind, number: Number(figures) } : null
}
