import type { NextContact, PlannedContacts } from './plan-contacts.ts'
import type { NextInstitution, PlannedInstitutions } from './plan-institutions.ts'
import { type Problem, problem } from './problem.ts'

/** What would be wrong with the directory after the plan, named where the file speaks of it. */
export function checkAll(institutions: PlannedInstitutions, contacts: PlannedContacts) {
  const all = [...institutions.next.values()]
  return {
    problems: [
      ...sameLei(all),
      ...circles(
        all.map(({ id, parent_id, line }) => ({ id, next: parent_id, line })),
        (line) => problem(line, 'parent_code', 'parent_circle'),
      ),
      ...supervisors(all),
      ...samePlace(contacts.next),
      ...sameMail(contacts.next),
      ...hoursOf(contacts.next),
      ...circles(
        contacts.next.map(({ row, line }) => ({ id: row.id, next: row.called_by, line: line?.line ?? null })),
        (line) => problem(line, 'called_by', 'call_circle'),
      ),
    ],
    warnings: lookAlikes(contacts.next),
  }
}

type Held<One> = { one: One; key: string }

/** Pairs that hold the same key, the one of which the file speaks (later) first. */
function pairs<One>(held: Held<One>[], lineOf: (one: One) => number | null): { one: One; other: One }[] {
  const first = new Map<string, One>()
  const found: { one: One; other: One }[] = []
  for (const { one, key } of held) {
    const other = first.get(key)
    if (other === undefined) first.set(key, one)
    else if ((lineOf(one) ?? 0) >= (lineOf(other) ?? 0)) found.push({ one, other })
    else found.push({ one: other, other: one })
  }
  return found
}

function sameLei(all: NextInstitution[]): Problem[] {
  const held = all.flatMap((one) => (one.lei ? { one, key: one.lei } : []))
  return pairs(held, ({ line }) => line).flatMap(({ one, other }) =>
    one.line === null
      ? []
      : other.line === null
        ? problem(one.line, 'lei', 'lei_held', other.code)
        : problem(one.line, 'lei', 'lei_again', other.line),
  )
}

/** Who supervises is a regulator, and nobody supervises themselves; said where the file speaks of one of the two. */
function supervisors(all: NextInstitution[]): Problem[] {
  const byId = new Map(all.map((one) => [one.id, one]))
  return all.flatMap((one) => {
    const supervisor = one.supervised_by ? byId.get(one.supervised_by) : undefined
    if (!supervisor) return []
    if (supervisor === one) return one.line === null ? [] : problem(one.line, 'supervisor_code', 'supervisor_itself')
    if (supervisor.kind === 'regulator') return []
    if (one.line !== null) return problem(one.line, 'supervisor_code', 'supervisor_kind', supervisor.code)
    return supervisor.line === null ? [] : problem(supervisor.line, 'kind', 'supervises', one.code)
  })
}

const lineOf = ({ line }: NextContact) => line?.line ?? null
const whose = ({ code, row }: NextContact) => `${code} ${row.name_ja}`
const isCompact = ({ line }: NextContact) => line?.number !== undefined
const mailColumn = (contact: NextContact) =>
  isCompact(contact) ? (contact.row.rank === 1 ? 'primary_mail' : 'deputy_mail') : 'mail'

function samePlace(all: NextContact[]): Problem[] {
  const held = all.map((one) => ({ one, key: `${one.code}:${one.row.rank}` }))
  return pairs(held, lineOf).flatMap(({ one, other }) => {
    const line = lineOf(one)
    if (line === null) return []
    const before = lineOf(other)
    return before === null
      ? problem(line, 'rank', 'rank_held', other.row.name_ja)
      : problem(line, 'rank', 'rank_again', before)
  })
}

function sameMail(all: NextContact[]): Problem[] {
  const held = all.flatMap((one) =>
    one.ways.filter(({ means }) => means === 'mail').map(({ address }) => ({ one, key: address })),
  )
  return pairs(held, lineOf).flatMap(({ one, other }) => {
    const line = lineOf(one)
    if (line === null || one === other) return []
    const before = lineOf(other)
    return before === null
      ? problem(line, mailColumn(one), 'mail_held', whose(other))
      : problem(line, mailColumn(one), 'mail_again', before)
  })
}

function hoursOf(all: NextContact[]): Problem[] {
  return all.flatMap(({ row, line, ways }) => {
    if (!line) return []
    const hours: readonly string[] = row.hours ?? []
    return [
      ...((row.first_responder ?? []).some((one) => !hours.includes(one))
        ? [problem(line.line, 'first_responder', 'first_responder_hours')]
        : []),
      ...(ways.some(({ rank }) => rank > 20) ? [problem(line.line, 'mail', 'too_many_addresses')] : []),
    ]
  })
}

/** Whoever leads back to themselves; only those of whom the file speaks, as what is known has been looked at before. */
function circles(all: { id: string; next: string | null; line: number | null }[], say: (line: number) => Problem) {
  const next = new Map(all.map(({ id, next }) => [id, next]))
  const inCircle = new Map<string, boolean>()
  for (const { id } of all) {
    const way: string[] = []
    let at: string | null | undefined = id
    while (at && !inCircle.has(at) && !way.includes(at)) {
      way.push(at)
      at = next.get(at)
    }
    const turn = at && !inCircle.has(at) ? way.indexOf(at) : way.length
    for (const [index, one] of way.entries()) inCircle.set(one, index >= turn)
  }
  return all.flatMap(({ id, line }) => (line !== null && inCircle.get(id) ? say(line) : []))
}

/** New mail addresses that the eye takes for another one. */
function lookAlikes(all: NextContact[]): Problem[] {
  const mails = all.flatMap((contact) =>
    contact.ways.filter(({ means }) => means === 'mail').map((way) => ({ ...way, contact })),
  )
  const same = Map.groupBy(mails, ({ look }) => look)
  return [...same.values()].flatMap((group) =>
    group.flatMap((one) => {
      const line = lineOf(one.contact)
      const other = group.find(({ address }) => address !== one.address)
      return one.is_new && line !== null && other
        ? problem(line, mailColumn(one.contact), 'look_alike', other.address)
        : []
    }),
  )
}
