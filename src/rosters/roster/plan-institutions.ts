import { randomUUID } from 'node:crypto'
import type { InstitutionKind } from '#ground/db/tables.ts'
import { areaByCode } from '#ground/market/areas.ts'
import { type InstitutionLine, type Place, type SiteKind, siteKinds, type Upload } from './lines.ts'
import { registryChanges } from './plan-registry.ts'
import type { Change, Entry, Options } from './planned.ts'
import { type Problem, problem } from './problem.ts'
import type { Directory, KnownInstitution } from './read-directory.ts'
import type { Writes } from './writes.ts'

/** An institution as it is after the plan; `line`: where the file speaks of it. */
export type NextInstitution = {
  id: string
  code: string
  lei: string | null
  kind: InstitutionKind
  parent_id: string | null
  supervised_by: string | null
  line: number | null
  has_left: boolean
}
export type PlannedInstitutions = {
  entries: Entry[]
  problems: Problem[]
  /** How many of the directory the file speaks of. */
  named: number
  next: Map<string, NextInstitution>
}

/** What comes, changes and leaves among the institutions. */
export function planInstitutions(
  { institutions: lines }: Upload,
  directory: Directory,
  { is_complete, today, districts = [] }: Options,
  writes: Writes,
): PlannedInstitutions {
  const problems: Problem[] = []
  const entries: Entry[] = []
  const next = new Map<string, NextInstitution>()
  for (const { id, code, lei, kind, parent_id, supervised_by } of directory.values())
    next.set(code, { id, code, lei, kind, parent_id, supervised_by, line: null, has_left: false })
  for (const { code, kind, line } of lines ?? []) {
    const unknown = { id: randomUUID(), code, lei: null, parent_id: null, supervised_by: null, has_left: false }
    next.set(code, { ...(next.get(code) ?? unknown), kind, line })
  }
  const codes = new Map([...next.values()].map(({ id, code }) => [id, code]))

  for (const line of lines ?? []) {
    const own = next.get(line.code)!
    const known = directory.get(line.code)
    const parent = line.parent_code && next.get(line.parent_code)
    if (line.parent_code && !parent)
      problems.push(problem(line.line, 'parent_code', 'unknown_institution', line.parent_code))
    if (line.parent_code !== undefined) own.parent_id = parent ? parent.id : null
    if (line.lei !== undefined) own.lei = line.lei
    const { changes, set } = differences(line, known, own, codes, today)
    const registry = registryChanges(line, known, own, { next, codes, districts })
    changes.push(...registry.changes)
    Object.assign(set, registry.set)
    problems.push(...registry.problems)
    changes.push(...lists(line, known, own.id, writes), ...places(line, known, own.id, writes))
    const active_from = line.active_from ?? known?.active_from
    const active_to = line.active_to === undefined ? known?.active_to : line.active_to
    if (active_from && active_to && active_to < active_from && line.active_to === undefined)
      problems.push(problem(line.line, 'active_from', 'dates_order'))
    if (known && changes.length === 0) continue
    if (!known) writes.institutions_added.push(Object.assign(newRow(line, own, today), registry.set))
    else if (Object.keys(set).length > 0) writes.institutions_changed.push({ id: known.id, set })
    entries.push(entryOf(line.code, line.name_ja, known ? 'changed' : 'added', line.line, changes))
  }
  const gone = is_complete && lines ? absent(directory, next, today) : []
  for (const known of gone) {
    next.get(known.code)!.has_left = true
    writes.institutions_changed.push({ id: known.id, set: { active_to: today } })
    const change = { field: 'active_to', before: known.active_to ?? '', after: today }
    entries.push(entryOf(known.code, known.name_ja, 'removed', null, [change]))
  }
  const named = (lines ?? []).filter(({ code }) => directory.has(code)).length + gone.length
  return { entries, problems, named, next }
}

const entryOf = (of: string, name: string, how: Entry['how'], line: number | null, changes: Change[]): Entry => ({
  what: 'institution',
  how,
  line,
  of,
  name,
  rank: null,
  changes,
})

/** Those that still take part after today and of which a complete file does not speak. */
const absent = (directory: Directory, next: Map<string, NextInstitution>, today: string) =>
  [...directory.values()].filter(
    ({ code, active_to }) => next.get(code)!.line === null && (active_to === null || active_to > today),
  )

const plainFields = ['kind', 'name_ja', 'name_en', 'reading', 'lei', 'mic', 'active_from', 'active_to'] as const

function differences(
  line: InstitutionLine,
  known: KnownInstitution | undefined,
  own: NextInstitution,
  codes: Map<string, string>,
  today: string,
) {
  const changes: Change[] = []
  const set: Writes['institutions_changed'][number]['set'] = {}
  for (const field of plainFields) {
    const wanted = line[field]
    const before = known?.[field] ?? ''
    // Of what is new only that which says something is worth a line.
    const after = wanted === undefined ? (known || field !== 'active_from' ? before : today) : (wanted ?? '')
    if (after === before) continue
    changes.push({ field, before, after })
    Object.assign(set, { [field]: wanted })
  }
  if (own.parent_id !== (known?.parent_id ?? null)) {
    const code = (id: string | null | undefined) => (id ? (codes.get(id) ?? '') : '')
    changes.push({ field: 'parent_code', before: code(known?.parent_id), after: code(own.parent_id) })
    set.parent_id = own.parent_id
  }
  return { changes, set }
}

const newRow = (line: InstitutionLine, own: NextInstitution, today: string): Writes['institutions_added'][number] => ({
  id: own.id,
  code: line.code,
  kind: line.kind,
  name_ja: line.name_ja,
  name_en: line.name_en,
  reading: line.reading ?? '',
  lei: line.lei ?? null,
  mic: line.mic ?? null,
  parent_id: own.parent_id,
  active_from: line.active_from ?? today,
  active_to: line.active_to ?? null,
})

function lists(line: InstitutionLine, known: KnownInstitution | undefined, institution_id: string, writes: Writes) {
  const changes: Change[] = []
  const markets = apart(line.markets, known?.markets ?? [])
  writes.markets_added.push(...markets.come.map((market) => ({ institution_id, market })))
  writes.markets_removed.push(...markets.gone.map((market) => ({ institution_id, market })))
  if (markets.differ)
    changes.push({ field: 'markets', before: (known?.markets ?? []).join(';'), after: line.markets.join(';') })
  const functions = apart(line.functions, known?.functions ?? [])
  writes.functions_added.push(...functions.come.map((function_code) => ({ institution_id, function_code })))
  writes.functions_removed.push(...functions.gone.map((function_code) => ({ institution_id, function_code })))
  if (functions.differ)
    changes.push({ field: 'functions', before: (known?.functions ?? []).join(';'), after: line.functions.join(';') })
  return changes
}

function apart<T>(wanted: T[], had: T[]) {
  const come = wanted.filter((one) => !had.includes(one))
  const gone = had.filter((one) => !wanted.includes(one))
  return { come, gone, differ: come.length + gone.length > 0 }
}

/** One site of each kind stands in a file; where an institution has several, the file speaks of the one it names, else of the first. */
function places(line: InstitutionLine, known: KnownInstitution | undefined, institution_id: string, writes: Writes) {
  const changes: Change[] = []
  for (const kind of siteKinds) {
    const wanted = line.sites[kind]
    if (wanted === undefined) continue
    const had = (known?.sites ?? []).filter((site) => site.kind === kind)
    const field = `${kind}_address`
    if (wanted === null) {
      writes.sites_removed.push(...had.map(({ id }) => id))
      changes.push(...had.map((site) => ({ field, before: placeWords(site), after: '' })))
      continue
    }
    if (had.some(({ address, area_code }) => address === wanted.address && area_code === wanted.area_code)) continue
    const replaced = had.find(({ address }) => address === wanted.address) ?? had[0]
    if (replaced) writes.sites_changed.push({ id: replaced.id, ...wanted })
    else writes.sites_added.push({ institution_id, kind: kind satisfies SiteKind, ...wanted })
    changes.push({ field, before: replaced ? placeWords(replaced) : '', after: placeWords(wanted) })
  }
  return changes
}

const placeWords = ({ address, area_code }: Place) => `${address}（${areaByCode.get(area_code)?.name ?? area_code}）`
