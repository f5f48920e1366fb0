/** What a reader asked a list for, by the names of its fields. */
export type Asked = Record<string, string | null | undefined>

/** The address of a page of a list: what was asked for stays, what is empty is left out, and the first page has no number. */
export function listAddress(path: string, asked: Asked = {}, page = 1): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value)
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `${path}?${query}` : path
}
