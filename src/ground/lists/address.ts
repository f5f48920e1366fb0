import type { Wanted } from './wanted.ts'

/** What a reader asked a list for, by the names of its fields. */
export type Asked = Record<string, string | null | undefined>

/**
 * The address of a part of a list: what was asked for stays, what is empty is left out, the first page has no number, and a
 * list in its own pages says nothing of how many rows they have.
 */
export function listAddress(path: string, asked: Asked = {}, { page = 1, size = null }: Partial<Wanted> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value)
  if (size !== null) query.set('rows', String(size))
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `${path}?${query}` : path
}
