import type { Language } from '#ground/html/language.ts'
import { statusWords } from '#ground/market/words.ts'
import { type Words, whatWords } from './difference-words.ts'
import {
  type ActivationState,
  type FunctionState,
  type InstitutionState,
  no_functions,
  type PublicSituation,
} from './snapshot.ts'
import { withOffset } from './times.ts'
import { centreWords, hazardWords, partOf, stepWords } from './words.ts'

/** One thing that the public will read differently; null where there was or will be nothing. */
export type PublicDifference = { what_ja: string; what_en: string; before: string | null; after: string | null }

/** Everything about a situation that changes publicly, in the order of the page, and nothing else; the order of rows aside. Values are in one language; texts that are published in two are two lines. */
export function differences(
  before: PublicSituation | null,
  after: PublicSituation,
  language: Language,
): PublicDifference[] {
  if (before && (before.id !== after.id || before.mode !== after.mode))
    throw new Error('Only what was published about the same situation can be compared')
  return order.flatMap((field) => compare[field](before, after, language))
}

type Compare = (before: PublicSituation | null, after: PublicSituation, language: Language) => PublicDifference[]
type Value = string | number | null

function line(what: Words, before: Value, after: Value): PublicDifference[] {
  if (before === after) return []
  const exact = [before, after].map((value) => (value === null ? null : String(value))) as [
    string | null,
    string | null,
  ]
  const short = exact.map((text) => text && toSecond(text)) as typeof exact
  const [was, is] = short[0] === short[1] ? exact : short
  return [{ what_ja: what.ja, what_en: what.en, before: was, after: is }]
}
/** A time to the second; thousandths are shown only where nothing else tells two times apart. */
const toSecond = (text: string) => text.replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d{3} JST$/, '$1 JST')

const field =
  <Field extends keyof PublicSituation & keyof typeof whatWords>(
    name: Field,
    show: (value: NonNullable<PublicSituation[Field]>, language: Language) => string,
  ): Compare =>
  (before, after, language) =>
    line(whatWords[name], shown(before?.[name], show, language), shown(after[name], show, language))

const shown = <T>(
  value: T | null | undefined,
  show: (value: NonNullable<T>, language: Language) => string,
  language: Language,
) => (value === null || value === undefined ? null : show(value, language))

const asIs = (text: string) => text
/** 2026-11-21 10:30 JST; seconds only where there are any, so that no two different times look alike. */
const time = (at: string) => {
  const ms = new Date(at).getUTCMilliseconds()
  const [date, clock = ''] = withOffset(new Date(at)).slice(0, 19).split('T')
  const seconds = ms > 0 ? `${clock}.${String(ms).padStart(3, '0')}` : clock.replace(/:00$/, '')
  return `${date} ${seconds} JST`
}
const condition = (code: InstitutionState['condition'], language: Language) =>
  code === no_functions ? statusWords[language].no_functions : statusWords[language].conditions[code]
const bcp = (code: InstitutionState['bcp'], language: Language) => statusWords[language].bcp[code]

type Facts<Row> = { what: Words; show: (row: Row, language: Language) => string | null }[]

/** Rows under the name by which people know them: a new or a lost one is one entry with a line for each fact, a changed one a line for each fact. */
function rows<Row>(
  before: Row[],
  after: Row[],
  language: Language,
  nameOf: (row: Row) => Words,
  facts: Facts<Row>,
): PublicDifference[] {
  /** Two rows of one name stay two. */
  const keyed = (list: Row[]) => {
    const names = list.map(nameOf).map(({ ja, en }) => `${ja} / ${en}`)
    const nth = (index: number) => names.slice(0, index).filter((name) => name === names[index]).length
    return new Map(list.map((row, index) => [`${names[index]} ${nth(index)}`, row]))
  }
  const [old, fresh] = [keyed(before), keyed(after)]
  const whole = (row: Row) =>
    facts
      .map(({ what, show }) => [what, show(row, language)] as const)
      .filter(([, value]) => value !== null)
      .map(([what, value]) => `${what[language]}${language === 'ja' ? '：' : ': '}${toSecond(value ?? '')}`)
      .join('\n')
  const changed = (row: Row, was: Row) =>
    facts.flatMap(({ what, show }) =>
      line(
        { ja: `${nameOf(row).ja}：${what.ja}`, en: `${nameOf(row).en}: ${what.en}` },
        show(was, language),
        show(row, language),
      ),
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
  { what: w.condition, show: (row, language) => condition(row.condition, language) },
  { what: w.as_of, show: (row) => time(row.as_of) },
  { what: w.expires_at, show: (row) => time(row.expires_at) },
  { what: w.part, show: ({ concerned, total }, language) => partOf[language](concerned, total) },
  { what: w.source_ja, show: (row) => row.source_ja || null },
  { what: w.source_en, show: (row) => row.source_en || null },
]
const institutionFacts: Facts<InstitutionState> = [
  { what: w.kind_ja, show: (row) => row.kind_ja },
  { what: w.kind_en, show: (row) => row.kind_en },
  { what: w.condition, show: (row, language) => condition(row.condition, language) },
  { what: w.bcp, show: (row, language) => bcp(row.bcp, language) },
  { what: w.resumption_at, show: (row, language) => shown(row.resumption_at, time, language) },
  { what: w.normal_at, show: (row, language) => shown(row.normal_at, time, language) },
  { what: w.as_of, show: (row) => time(row.as_of) },
  { what: w.expires_at, show: (row) => time(row.expires_at) },
]
const activationFacts: Facts<ActivationState> = [
  { what: w.activation, show: ({ step }, language) => stepWords[language][step] },
  { what: w.decided_at, show: (row, language) => shown(row.decided_at, time, language) },
  { what: w.effective_at, show: (row, language) => shown(row.effective_at, time, language) },
  { what: w.body_ja, show: (row) => row.body_ja || null },
  { what: w.body_en, show: (row) => row.body_en || null },
  { what: w.market, show: ({ market }) => market },
]
type Earlier = PublicSituation['earlier'][number]
const earlierFacts: Facts<Earlier> = [
  { what: w.published_at, show: (row) => time(row.published_at) },
  { what: w.text_ja, show: (row) => row.text_ja },
  { what: w.text_en, show: (row) => row.text_en },
  { what: w.corrected_at, show: (row, language) => shown(row.corrected_at, time, language) },
]
const counts = ['asked', 'reported', 'normal', 'alternative', 'partial', 'stopped', 'unknown', 'no_functions'] as const

/** That nobody is without functions stands nowhere. */
const counted = (of: PublicSituation['participants'] | undefined, count: (typeof counts)[number]) =>
  count === 'no_functions' ? of?.[count] || null : (of?.[count] ?? null)

/** One entry for every field of what is public: a new field that nobody compares does not compile. */
const compare: Record<keyof PublicSituation, Compare> = {
  id: () => [],
  mode: () => [],
  title_ja: field('title_ja', asIs),
  title_en: field('title_en', asIs),
  text_ja: field('text_ja', asIs),
  text_en: field('text_en', asIs),
  hazard: field('hazard', (code, language) => hazardWords[language][code]),
  event_at: field('event_at', time),
  opened_at: field('opened_at', time),
  command_centre: field('command_centre', (code, language) => centreWords[language][code]),
  command_centre_at: field('command_centre_at', time),
  updated_at: field('updated_at', time),
  next_update_at: field('next_update_at', time),
  closed_at: field('closed_at', time),
  closing_ja: field('closing_ja', asIs),
  closing_en: field('closing_en', asIs),
  corrected_at: field('corrected_at', time),
  functions: (before, after, language) =>
    rows(before?.functions ?? [], after.functions, language, functionName, functionFacts),
  institutions: (before, after, language) =>
    rows(
      before?.institutions ?? [],
      after.institutions,
      language,
      ({ name_ja, name_en }) => ({ ja: name_ja, en: name_en }),
      institutionFacts,
    ),
  activations: (before, after, language) =>
    rows(
      before?.activations ?? [],
      after.activations,
      language,
      ({ market_ja, market_en }) => ({ ja: `${market_ja}のBCP`, en: `BCP of ${market_en}` }),
      activationFacts,
    ),
  participants: (before, after) =>
    counts.flatMap((count) =>
      line(w[`participants_${count}`], counted(before?.participants, count), counted(after.participants, count)),
    ),
  earlier: (before, after, language) =>
    rows(
      before?.earlier ?? [],
      after.earlier,
      language,
      ({ number }) => ({ ja: `これまでの公表 第${number}号`, en: `Published before, no. ${number}` }),
      earlierFacts,
    ),
}
const order = Object.keys(compare) as (keyof PublicSituation)[]
