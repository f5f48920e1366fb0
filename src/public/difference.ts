import { statusWords } from '#status/words.ts'
import { type Words, whatWords } from './difference-words.ts'
import type { FunctionState, InstitutionState, PublicSituation } from './snapshot.ts'
import { withOffset } from './times.ts'
import { hazardWords } from './words.ts'

/** One thing that the public will read differently; null where there was or will be nothing. Values hold both languages where they have two. */
export type PublicDifference = { what_ja: string; what_en: string; before: string | null; after: string | null }

/** Everything about a situation that changes publicly, in the order of the page, and nothing else; the order of rows aside. */
export function differences(before: PublicSituation | null, after: PublicSituation): PublicDifference[] {
  if (before && (before.id !== after.id || before.mode !== after.mode))
    throw new Error('Only what was published about the same situation can be compared')
  return order.flatMap((field) => compare[field](before, after))
}

type Compare = (before: PublicSituation | null, after: PublicSituation) => PublicDifference[]
type Value = string | number | null

const line = (what: Words, before: Value, after: Value): PublicDifference[] =>
  before === after ? [] : [{ what_ja: what.ja, what_en: what.en, before: textOf(before), after: textOf(after) }]
const textOf = (value: Value) => (value === null ? null : String(value))

const field =
  <Field extends keyof PublicSituation & keyof typeof whatWords>(
    name: Field,
    show: (value: NonNullable<PublicSituation[Field]>) => string,
  ): Compare =>
  (before, after) =>
    line(whatWords[name], shown(before?.[name], show), shown(after[name], show))

const shown = <T>(value: T | null | undefined, show: (value: NonNullable<T>) => string) =>
  value === null || value === undefined ? null : show(value)

const asIs = (text: string) => text
/** 2026-11-21 10:30 JST; seconds only where there are any, so that no two different times look alike. */
const time = (at: string) => {
  const ms = new Date(at).getUTCMilliseconds()
  const [date, clock = ''] = withOffset(new Date(at)).slice(0, 19).split('T')
  const seconds = ms > 0 ? `${clock}.${String(ms).padStart(3, '0')}` : clock.replace(/:00$/, '')
  return `${date} ${seconds} JST`
}
const both = (words: Words) => `${words.ja} / ${words.en}`
const condition = (code: FunctionState['condition']) =>
  both({ ja: statusWords.ja.conditions[code], en: statusWords.en.conditions[code] })
const bcp = (code: InstitutionState['bcp']) => both({ ja: statusWords.ja.bcp[code], en: statusWords.en.bcp[code] })

type Facts<Row> = { what: Words; show: (row: Row) => string | null }[]

/** Rows under the name by which people know them: a new or a lost one is one line, a changed one a line for each fact. */
function rows<Row>(before: Row[], after: Row[], nameOf: (row: Row) => Words, facts: Facts<Row>): PublicDifference[] {
  /** Two rows of one name stay two. */
  const keyed = (list: Row[]) => {
    const names = list.map((row) => both(nameOf(row)))
    const nth = (index: number) => names.slice(0, index).filter((name) => name === names[index]).length
    return new Map(list.map((row, index) => [`${names[index]} ${nth(index)}`, row]))
  }
  const [old, fresh] = [keyed(before), keyed(after)]
  const whole = (row: Row) =>
    facts
      .map(({ what, show }) => [what, show(row)] as const)
      .filter(([, value]) => value !== null)
      .map(([what, value]) => `${what.ja}（${what.en}）: ${value}`)
      .join('、')
  const changed = (row: Row, was: Row) =>
    facts.flatMap(({ what, show }) =>
      line({ ja: `${nameOf(row).ja}：${what.ja}`, en: `${nameOf(row).en}: ${what.en}` }, show(was), show(row)),
    )
  return [
    ...[...fresh].flatMap(([key, row]) => {
      const was = old.get(key)
      return was === undefined ? line(nameOf(row), null, whole(row)) : changed(row, was)
    }),
    ...[...old].flatMap(([key, row]) => (fresh.has(key) ? [] : line(nameOf(row), whole(row), null))),
  ]
}

const w = whatWords
const functionName = ({ market, function_code }: FunctionState): Words => ({
  ja: `${statusWords.ja.markets[market]}／${statusWords.ja.functions[function_code]}`,
  en: `${statusWords.en.markets[market]} / ${statusWords.en.functions[function_code]}`,
})
const functionFacts: Facts<FunctionState> = [
  { what: w.condition, show: (row) => condition(row.condition) },
  { what: w.as_of, show: (row) => time(row.as_of) },
  { what: w.expires_at, show: (row) => time(row.expires_at) },
  { what: w.source_ja, show: (row) => row.source_ja },
  { what: w.source_en, show: (row) => row.source_en },
]
const institutionFacts: Facts<InstitutionState> = [
  { what: w.kind_ja, show: (row) => row.kind_ja },
  { what: w.kind_en, show: (row) => row.kind_en },
  { what: w.condition, show: (row) => condition(row.condition) },
  { what: w.bcp, show: (row) => bcp(row.bcp) },
  { what: w.resumption_at, show: (row) => shown(row.resumption_at, time) },
  { what: w.as_of, show: (row) => time(row.as_of) },
  { what: w.expires_at, show: (row) => time(row.expires_at) },
]
type Earlier = PublicSituation['earlier'][number]
const earlierFacts: Facts<Earlier> = [
  { what: w.published_at, show: (row) => time(row.published_at) },
  { what: w.text_ja, show: (row) => row.text_ja },
  { what: w.text_en, show: (row) => row.text_en },
  { what: w.corrected_at, show: (row) => shown(row.corrected_at, time) },
]
const counts = ['asked', 'reported', 'normal', 'partial', 'stopped', 'unknown'] as const

/** One entry for every field of what is public: a new field that nobody compares does not compile. */
const compare: Record<keyof PublicSituation, Compare> = {
  id: () => [],
  mode: () => [],
  title_ja: field('title_ja', asIs),
  title_en: field('title_en', asIs),
  text_ja: field('text_ja', asIs),
  text_en: field('text_en', asIs),
  hazard: field('hazard', (code) => both({ ja: hazardWords.ja[code], en: hazardWords.en[code] })),
  event_at: field('event_at', time),
  opened_at: field('opened_at', time),
  updated_at: field('updated_at', time),
  next_update_at: field('next_update_at', time),
  closed_at: field('closed_at', time),
  closing_ja: field('closing_ja', asIs),
  closing_en: field('closing_en', asIs),
  functions: (before, after) => rows(before?.functions ?? [], after.functions, functionName, functionFacts),
  institutions: (before, after) =>
    rows(
      before?.institutions ?? [],
      after.institutions,
      ({ name_ja, name_en }) => ({ ja: name_ja, en: name_en }),
      institutionFacts,
    ),
  participants: (before, after) =>
    counts.flatMap((count) =>
      line(w[`participants_${count}`], before?.participants?.[count] ?? null, after.participants?.[count] ?? null),
    ),
  earlier: (before, after) =>
    rows(
      before?.earlier ?? [],
      after.earlier,
      ({ number }) => ({ ja: `これまでの公表 第${number}号`, en: `Published before, no. ${number}` }),
      earlierFacts,
    ),
}
const order = Object.keys(compare) as (keyof PublicSituation)[]
