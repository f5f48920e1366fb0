import type { Upload } from './lines.ts'
import { checkAll } from './plan-checks.ts'
import { planContacts } from './plan-contacts.ts'
import { planInstitutions } from './plan-institutions.ts'
import type { Count, Entry, Options, Plan } from './planned.ts'
import type { Directory } from './read-directory.ts'
import { emptyWrites } from './writes.ts'

/** Compares what a file says with what is known. Reads and writes nothing; the same input gives the same plan but for new ids. */
export function plan(upload: Upload, directory: Directory, options: Options): Plan {
  const writes = emptyWrites()
  const institutions = planInstitutions(upload, directory, options, writes)
  const contacts = planContacts(upload, directory, options, institutions, writes)
  const { problems, warnings } = checkAll(institutions, contacts)
  const entries = [...institutions.entries, ...contacts.entries]
  const count = (what: Entry['what'], before: number, known: number): Count => {
    const own = (how: Entry['how']) => entries.filter((entry) => entry.what === what && entry.how === how).length
    const [added, changed, removed] = [own('added'), own('changed'), own('removed')]
    return { added, changed, removed, unchanged: known - changed - removed, before }
  }
  const all = [...directory.values()]
  const isActive = ({ active_to }: { active_to: string | null }) => active_to === null || active_to >= options.today
  return {
    entries,
    // Who was not spoken of is neither changed nor counted.
    institutions: count('institution', all.filter(isActive).length, institutions.named),
    contacts: count(
      'contact',
      all.reduce((sum, one) => sum + one.contacts.length, 0),
      contacts.named,
    ),
    warnings,
    problems: [...institutions.problems, ...contacts.problems, ...problems],
    writes,
  }
}

/** More of the directory than this leaves only when a person has typed how many. */
const leaving_share_max = 0.2
const leaving_max = 10

/** How many leave, and how sure the person must be: `typed` for many, `twice` for more than half. */
export function leaving({ institutions, contacts }: Pick<Plan, 'institutions' | 'contacts'>) {
  const both = [institutions, contacts]
  const is_many = both.some(({ removed, before }) => removed > leaving_max || removed > before * leaving_share_max)
  const is_most = both.some(({ removed, before }) => removed * 2 > before)
  const count = institutions.removed + contacts.removed
  return {
    count,
    ask: count === 0 || !is_many ? ('nothing' as const) : is_most ? ('twice' as const) : ('typed' as const),
  }
}
