import { randomUUID } from 'node:crypto'
import { toCivilInput } from '#ground/html/civil.ts'
import { damageFields } from '#ground/market/words.ts'
import type { Reporter } from './queries.ts'
import { nextUpdates } from './report-form.ts'

/** A day: how long a report holds that nobody asked for. */
const peacetime_minutes = 1440

/** How long an "all normal" report holds: as the situation asks. */
export const updateMinutes = (situation: { update_minutes: number } | null | undefined) =>
  situation?.update_minutes ?? peacetime_minutes

/**
 * What stands in the form when it opens: what the institution last said here. With nothing said yet, a condition or damage
 * that is left alone says "unknown", never "normal"; BCP and command centre must be chosen.
 */
export function openingValues({ functions, last }: Reporter, update_minutes: number): Record<string, string> {
  const next = nextUpdates.findLast((minutes) => Number(minutes) <= update_minutes) ?? nextUpdates[0]
  const always = { next_update_minutes: next, idempotency_key: randomUUID(), written_upon: last?.id ?? '' }
  if (!last)
    return {
      ...Object.fromEntries([...functions, ...damageFields].map((name) => [name, 'unknown'])),
      ...always,
    }
  return {
    ...Object.fromEntries(functions.map((code) => [code, last[code] ?? 'unknown'])),
    ...Object.fromEntries(damageFields.map((field) => [field, last[field]])),
    bcp: last.bcp,
    command_centre: last.command_centre,
    resumption_at: last.resumption_at ? toCivilInput(last.resumption_at) : '',
    alternative_from: last.alternative_from ?? '',
    alternative_other: last.alternative_other,
    normal_at: last.normal_at ? toCivilInput(last.normal_at) : '',
    text: last.text,
    label: last.label,
    ...always,
  }
}

const echoed_length_max = 20_000

/** A person's own words, to stand in the form again; not megabytes of them. */
export const echoed = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, echoed_length_max)]))
