import { areaByCode } from '#ground/market/areas.ts'
import type { Edited, EditField, SiteForm } from './institution-form.ts'

/** One field that changes, before and after, as the trail keeps it. */
export type FieldChange = { field: EditField; before: string; after: string }

/** What an edit changes, field by field; each site is a line of its own. */
export function changesOf(before: Edited, after: Edited): FieldChange[] {
  const fields = Object.keys(before).filter((field) => field !== 'sites') as Exclude<EditField, 'sites'>[]
  const plain = fields.flatMap((field) => {
    const [was, is] = [wordOf(before[field]), wordOf(after[field])]
    return was === is ? [] : [{ field, before: was, after: is }]
  })
  const known = new Map(before.sites.map((site) => [site.id, site]))
  const kept = new Set(after.sites.map(({ id }) => id))
  return [
    ...plain,
    ...before.sites
      .filter(({ id }) => !kept.has(id))
      .map((site) => ({ field: 'sites' as const, before: siteWord(site), after: '' })),
    ...after.sites.flatMap((site) => {
      const had = site.id ? known.get(site.id) : undefined
      const [was, is] = [had ? siteWord(had) : '', siteWord(site)]
      return was === is ? [] : [{ field: 'sites' as const, before: was, after: is }]
    }),
  ]
}

const wordOf = (value: string | string[] | boolean | null) =>
  typeof value === 'boolean'
    ? value
      ? 'yes'
      : 'no'
    : Array.isArray(value)
      ? value.toSorted().join(';')
      : (value ?? '')
const siteWord = ({ kind, address, area_code }: SiteForm) =>
  `${kind}: ${address}（${areaByCode.get(area_code)?.name ?? area_code}）`

const reasoned: readonly EditField[] = [
  'kind',
  'parent_code',
  'membership',
  'supervisor_code',
  'is_asked',
  'active_from',
  'active_to',
]

/** Who takes part, as what, from when and until when, under whom, who reads it, and whether it is asked: whoever changes that says why. */
export const needsReason = (changes: FieldChange[]) => changes.some(({ field }) => reasoned.includes(field))
