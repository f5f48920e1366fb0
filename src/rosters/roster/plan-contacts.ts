import { randomUUID } from 'node:crypto'
import { look, showPhone } from '#directory/contacts/index.ts'
import { type ContactLine, type FileMeans, fileMeans, spoken, type Upload, type Way } from './lines.ts'
import type { PlannedInstitutions } from './plan-institutions.ts'
import type { Change, Entry, Options } from './planned.ts'
import { type Problem, problem } from './problem.ts'
import type { Directory, KnownContact } from './read-directory.ts'
import type { ContactRow, Writes } from './writes.ts'

export type NextWay = Omit<Writes['ways_added'][number], 'removed_at'> & { is_new: boolean }
/** A contact as it is after the plan. */
export type NextContact = {
  row: ContactRow
  code: string
  line: ContactLine | null
  known: KnownContact | undefined
  ways: NextWay[]
}
export type PlannedContacts = { entries: Entry[]; problems: Problem[]; named: number; next: NextContact[] }

/** What comes, changes and leaves among the contacts. Who stays is found by mail, or else by place and name, and stays the same row. */
export function planContacts(
  upload: Upload,
  directory: Directory,
  options: Options,
  institutions: PlannedInstitutions,
  writes: Writes,
): PlannedContacts {
  const problems: Problem[] = []
  const next: NextContact[] = []
  const removed: (KnownContact & { code: string })[] = []
  const linesOf = Map.groupBy(upload.contacts ?? [], ({ institution_code }) => institution_code)
  for (const [code, lines] of linesOf)
    if (!institutions.next.has(code))
      problems.push(problem(lines[0]!.line, 'institution_code', 'unknown_institution', code))

  for (const { code, id: institution_id, has_left } of institutions.next.values()) {
    const lines = linesOf.get(code) ?? []
    const known = directory.get(code)?.contacts ?? []
    const { pairs, others } = match(lines, known)
    for (const { line, known } of pairs) next.push(nextOf(line, known, code, institution_id))
    for (const contact of others)
      if (isGone(contact, upload, options, has_left, lines.length > 0)) removed.push({ ...contact, code })
      else next.push(asItWas(contact, code))
  }
  problems.push(...linkCallers(next))

  writes.contacts_removed.push(...removed.map(({ id }) => id))
  const entries = removed.map(({ code, name_ja, rank }) => entryOf('removed', null, code, name_ja, rank, []))
  const names = new Map(
    [...directory.values()].flatMap(({ code, contacts }) => contacts.map((one) => [one.id, `${code}:${one.rank}`])),
  )
  const after = new Map(next.map(({ row, code }) => [row.id, `${code}:${row.rank}`]))
  for (const contact of next) {
    const changes = write(contact, names, after, writes)
    if (contact.known && changes.length === 0) continue
    const { row, code, line, known } = contact
    entries.push(entryOf(known ? 'changed' : 'added', line?.line ?? null, code, row.name_ja, row.rank, changes))
  }
  const named = next.filter(({ line, known }) => line && known).length + removed.length
  const silent = entries.filter(({ how, line }) => how === 'changed' && line === null).length
  return { entries, problems, named: named + silent, next }
}

/** Each line with the contact that it means. */
function match(lines: ContactLine[], known: KnownContact[]) {
  const left = new Set(known)
  const found = new Map<ContactLine, KnownContact>()
  const take = (line: ContactLine, contact: KnownContact | undefined) => {
    if (!contact || !left.delete(contact)) return
    found.set(line, contact)
  }
  const byMail = new Map(
    known.flatMap((contact) =>
      contact.ways.filter(({ means }) => means === 'mail').map(({ address }) => [address, contact] as const),
    ),
  )
  for (const line of lines)
    for (const { address } of line.ways.mail ?? []) if (!found.has(line)) take(line, byMail.get(address))
  const sameName = (a: string, b: string) => a.replaceAll(/\s/g, '') === b.replaceAll(/\s/g, '')
  for (const line of lines)
    if (!found.has(line))
      take(
        line,
        [...left].find(({ rank, name_ja }) => rank === line.rank && sameName(name_ja, line.name_ja)),
      )
  return { pairs: lines.map((line) => ({ line, known: found.get(line) })), others: [...left] }
}

/** Whether a contact of whom the file does not speak leaves. */
function isGone({ rank }: KnownContact, upload: Upload, options: Options, has_left: boolean, is_named: boolean) {
  if (!upload.contacts) return false
  if (upload.is_compact) return (is_named && rank <= 2) || (options.is_complete && has_left)
  return options.is_complete
}

const asItWas = (known: KnownContact, code: string): NextContact => {
  const { ways, ...row } = known
  return {
    row: { ...row, has_moved: false },
    code,
    line: null,
    known,
    ways: ways.map((way) => ({ ...kept(known, way) })),
  }
}

const kept = ({ institution_id }: KnownContact, way: KnownContact['ways'][number]): NextWay => ({
  ...way,
  institution_id,
  is_new: false,
})

function nextOf(line: ContactLine, known: KnownContact | undefined, code: string, institution_id: string): NextContact {
  const id = known?.id ?? randomUUID()
  const row: ContactRow = {
    id,
    institution_id,
    rank: line.rank,
    name_ja: line.name_ja,
    name_en: line.name_en === undefined ? (known?.name_en ?? null) : line.name_en,
    reading: line.reading ?? known?.reading ?? '',
    title: line.title ?? known?.title ?? '',
    duties: line.duties ?? known?.duties ?? ['bcp'],
    hours: line.hours ?? known?.hours ?? ['business', 'night', 'holiday'],
    first_responder: line.first_responder ?? known?.first_responder ?? [],
    called_by: known?.called_by ?? null,
    has_moved: known !== undefined && known.rank !== line.rank,
  }
  return { row, code, line, known, ways: waysOf(line, known, id, institution_id) }
}

/** The ways of a contact: those that the file names stay or come, those of a column that does not name them go. */
function waysOf(line: ContactLine, known: KnownContact | undefined, contact_id: string, institution_id: string) {
  const had = known?.ways ?? []
  const same = (a: Way, b: Way) => a.address === b.address && a.extension === b.extension
  const stays = (way: (typeof had)[number]) => {
    if (line.number !== undefined && spoken.includes(way.means))
      return same(way, line.number) || has_number || way !== firstNumber
    const wanted = line.ways[way.means as FileMeans]
    return wanted === undefined || wanted.some((one) => same(way, one))
  }
  const numbers = had.filter(({ means }) => spoken.includes(means))
  const [firstNumber] = numbers
  const has_number = numbers.some((way) => line.number && same(way, line.number))
  const ways: NextWay[] = had.filter(stays).map((way) => ({ ...way, institution_id, is_new: false }))
  const add = (means: FileMeans, way: Way, rank?: number) => {
    const taken = new Set(ways.map((one) => one.rank))
    let place = rank ?? Math.max(0, ...had.map((one) => one.rank), ...taken) + 1
    // Behind the last place there may be none left; a gap before it will do.
    if (place > 20) place = Array.from({ length: 20 }, (_, index) => index + 1).find((one) => !taken.has(one)) ?? 21
    ways.push({ contact_id, institution_id, means, ...way, look: look(way.address), rank: place, is_new: true })
  }
  for (const means of fileMeans) {
    const gone = had.filter((way) => way.means === means && !stays(way))
    for (const way of line.ways[means] ?? [])
      if (!had.some((one) => one.means === means && same(one, way))) add(means, way, gone.shift()?.rank)
  }
  if (line.number && !has_number) add('phone', line.number, firstNumber?.rank)
  return ways
}

/** Sets who calls whom, and frees those whose caller leaves. */
function linkCallers(next: NextContact[]): Problem[] {
  const problems: Problem[] = []
  const places = new Map(next.map(({ row, code }) => [`${code}:${row.rank}`, row.id]))
  const ids = new Set(next.map(({ row }) => row.id))
  for (const { row, line } of next) {
    const wanted = line?.called_by
    if (wanted === null) row.called_by = null
    if (wanted) {
      const place = `${wanted.code}:${wanted.rank}`
      row.called_by = places.get(place) ?? null
      if (!places.has(place)) problems.push(problem(line.line, 'called_by', 'unknown_caller', place))
    } else if (row.called_by && !ids.has(row.called_by)) row.called_by = null
  }
  return problems
}

const rowFields = ['rank', 'name_ja', 'name_en', 'reading', 'title', 'duties', 'hours', 'first_responder'] as const

/** Adds what is to be written for a contact, and says in words what that is. */
function write(
  { row, known, ways }: NextContact,
  names: Map<string, string>,
  after: Map<string, string>,
  writes: Writes,
): Change[] {
  const changes: Change[] = []
  for (const field of rowFields) {
    const [now, then] = [known ? wordOf(known[field]) : '', wordOf(row[field])]
    if (now !== then) changes.push({ field: field === 'name_ja' ? 'name' : field, before: now, after: then })
  }
  if ((known?.called_by ?? null) !== row.called_by)
    changes.push({
      field: 'called_by',
      before: (known?.called_by && names.get(known.called_by)) || '',
      after: (row.called_by && after.get(row.called_by)) || '',
    })
  const is_row_changed = changes.length > 0
  const gone = (known?.ways ?? []).filter(({ id }) => !ways.some((way) => !way.is_new && way.id === id))
  for (const means of fileMeans) {
    const list = (all: readonly (Way | NextWay)[]) =>
      (all as NextWay[])
        .filter((way) => way.means === means)
        .map((way) => wayWords(means, way))
        .join('; ')
    const [now, then] = [list(known?.ways ?? []), list(ways)]
    if (now !== then) changes.push({ field: means, before: now, after: then })
  }
  writes.ways_removed.push(...gone.map(({ id }) => id))
  writes.ways_added.push(...ways.filter(({ is_new }) => is_new).map(({ is_new: _, ...way }) => way))
  const { has_moved: _, ...plain } = row
  if (!known) writes.contacts_added.push(plain)
  else if (is_row_changed || changes.length > 0) writes.contacts_changed.push(row)
  return changes
}

const wordOf = (value: unknown): string =>
  Array.isArray(value) ? value.toSorted().join(';') : value === null ? '' : String(value)
export const wayWords = (means: FileMeans, { address, extension = '' }: Pick<NextWay, 'address' | 'extension'>) =>
  means === 'mail' ? address : showPhone({ address, extension })

const entryOf = (
  how: Entry['how'],
  line: number | null,
  of: string,
  name: string,
  rank: number,
  changes: Change[],
): Entry => ({ what: 'contact', how, line, of, name, rank, changes })
