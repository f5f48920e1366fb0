import { membershipProblem, usualMembership } from '#directory/institutions/index.ts'
import type { InstitutionLine } from './lines.ts'
import type { Change, Options } from './planned.ts'
import { type Problem, problem } from './problem.ts'
import type { KnownInstitution } from './read-directory.ts'
import type { Writes } from './writes.ts'

type Around = {
  next: ReadonlyMap<string, { id: string; code: string }>
  /** The codes of institutions by their ids. */
  codes: ReadonlyMap<string, string>
  districts: NonNullable<Options['districts']>
}

/**
 * What a line changes of class, district, registration, authority and whether it is asked. Where it says no class and the kind that it
 * says goes with the known one no more, the class follows the kind, and that stands among the changes.
 */
export function registryChanges(
  line: InstitutionLine,
  known: KnownInstitution | undefined,
  own: { supervised_by: string | null },
  { next, codes, districts }: Around,
) {
  const changes: Change[] = []
  const problems: Problem[] = []
  const set: Writes['institutions_changed'][number]['set'] = {}
  const change = (field: string, before: string, after: string, values: typeof set) => {
    if (before === after) return
    changes.push({ field, before, after })
    Object.assign(set, values)
  }

  const fits = known && !membershipProblem('ja', line.kind, known.membership)
  const membership = line.membership ?? (known ? (fits ? known.membership : usualMembership(line.kind)) : undefined)
  if (membership) change('membership', known?.membership ?? '', membership, { membership })

  if (line.district !== undefined) {
    const district = line.district === null ? null : districtOf(line.district, districts)
    if (district === undefined) problems.push(problem(line.line, 'district', 'unknown_district', line.district ?? ''))
    else change('district', known?.district_code ?? '', district ?? '', { district_code: district })
  }
  for (const field of ['registration_kind', 'registration_number'] as const)
    if (line[field] !== undefined)
      change(field, known?.[field] ?? '', line[field] ?? '', { [field]: line[field] ?? '' })

  if (line.supervisor_code !== undefined) {
    const supervisor = line.supervisor_code === null ? null : next.get(line.supervisor_code)
    if (supervisor === undefined)
      problems.push(problem(line.line, 'supervisor_code', 'unknown_institution', line.supervisor_code ?? ''))
    else {
      const id = supervisor?.id ?? null
      own.supervised_by = id
      const before = known?.supervised_by ? (codes.get(known.supervised_by) ?? '') : ''
      change('supervisor_code', before, supervisor?.code ?? '', { supervised_by: id })
    }
  }
  if (line.is_asked !== undefined)
    change('asked', known ? said(known.is_asked) : '', said(line.is_asked), { is_asked: line.is_asked })
  return { changes, problems, set }
}

const said = (is_asked: boolean) => (is_asked ? 'yes' : 'no')

/** A district association by its code, or by its name in either language, whatever its width and case; undefined: there is none. */
function districtOf(written: string, districts: Around['districts']): string | undefined {
  const plain = (word: string) => word.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
  const sought = plain(written)
  return districts.find((one) => [one.code, one.name_ja, one.name_en].some((word) => plain(word) === sought))?.code
}
