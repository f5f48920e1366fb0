import { inBoth, type Texts } from '#ground/html/language.ts'
import { refuse } from './rejection.ts'
import type { Element } from './xml.ts'

export const namespaces = {
  report: 'http://xml.kishou.go.jp/jmaxml1/',
  head: 'http://xml.kishou.go.jp/jmaxml1/informationBasis1/',
  element: 'http://xml.kishou.go.jp/jmaxml1/elementBasis1/',
  seismology: 'http://xml.kishou.go.jp/jmaxml1/body/seismology1/',
  meteorology: 'http://xml.kishou.go.jp/jmaxml1/body/meteorology1/',
  volcanology: 'http://xml.kishou.go.jp/jmaxml1/body/volcanology1/',
} as const

/** Collects what is odd about a telegram without giving up on the rest of it. */
export type Note = (ja: string, en: string) => void
export function notebook(): { oddities: Texts<string>[]; note: Note } {
  const oddities: Texts<string>[] = []
  // A broken file can be odd in thousands of places; a person needs to see the first few.
  const note: Note = (ja, en) => {
    if (oddities.length < oddities_max) oddities.push(inBoth({ ja, en }))
  }
  return { oddities, note }
}
const oddities_max = 50

/** Children of that name in the parent's own namespace, unless another is given. */
export const childrenOf = (parent: Element, name: string, namespace: string = parent.namespace): Element[] =>
  parent.children.filter((child) => child.name === name && child.namespace === namespace)

export const childOf = (parent: Element | undefined, name: string, namespace?: string): Element | undefined =>
  parent && childrenOf(parent, name, namespace ?? parent.namespace)[0]

/** The child's text without blanks around it, full-width ones included; empty where there is no such child. */
export const textAt = (parent: Element | undefined, name: string): string => childOf(parent, name)?.text.trim() ?? ''

/** Letters and digits in half width, no blanks around: for codes and values, never for names. */
export const plain = (text: string): string => text.normalize('NFKC').trim()
export const codeAt = (parent: Element | undefined, name: string): string => plain(textAt(parent, name))

export function needChild(parent: Element, name: string, path: string, namespace?: string): Element {
  const found = childOf(parent, name, namespace)
  if (found) return found
  if (parent.children.some((child) => child.name === name))
    refuse('wrong_namespace', `${path} の名前空間が違います。`, `${path} is in the wrong namespace.`)
  refuse('missing_element', `必要な要素 ${path} がありません。`, `The required element ${path} is missing.`)
}

/** An xs:dateTime that exists in the calendar and names its offset; null for any other text. */
export function instant(text: string): Date | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-](\d\d):(\d\d))$/.exec(plain(text))
  if (!parts) return null
  const [year, month, day, hour, minute, second, offset_hours, offset_minutes] = [1, 2, 3, 4, 5, 6, 8, 9].map((at) =>
    Number(parts[at] ?? 0),
  ) as [number, number, number, number, number, number, number, number]
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const exists =
    year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59
  if (!exists || offset_hours > 14 || offset_minutes > 59) return null
  const sign = parts[7]!.startsWith('-') ? -1 : 1
  const offset = sign * (offset_hours * 60 + offset_minutes)
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000)
}

/** The time at a child, or null with a note where there is a text that is no time. */
export function timeAt(parent: Element | undefined, name: string, note: Note): Date | null {
  const text = textAt(parent, name)
  if (text === '') return null
  const at = instant(text)
  if (at === null)
    note(
      `${name} の日時「${text.slice(0, 40)}」を読めません。`,
      `Cannot read the time "${text.slice(0, 40)}" in ${name}.`,
    )
  return at
}
