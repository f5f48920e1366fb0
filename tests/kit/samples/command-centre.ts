import type { MarketSample } from './making.ts'

export const aPack: MarketSample = async ({ site, at }) => {
  const made = { made_at: at, pages: 1, institutions: 1, contacts: 1, digest: Buffer.alloc(32) }
  const row = await site.db
    .insertInto('pack')
    .values({ ...made, content: Buffer.from('x') })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
