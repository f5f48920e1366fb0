import type { MarketSample } from './making.ts'
import { all, desk, desks, readers, type Wing } from './wing.ts'

const aPack: MarketSample = async ({ site, at }) => {
  const made = { made_at: at, pages: 1, institutions: 1, contacts: 1, digest: Buffer.alloc(32) }
  const row = await site.db
    .insertInto('pack')
    .values({ ...made, content: Buffer.from('x') })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export const commandCentre = {
  tables: { pack: { one: aPack, seen: 'nothing' } },
  things: { '/pack': { market: 'pack' } },
  pages: {
    '/home': all,
    '/situations/:id': all,
    '/situations/:id/close': desk,
    // The command centre is open while this is asked.
    '/pack': readers(...desks, 'command_centre_member'),
  },
  forms: {
    '/sending': [...desks],
    '/situations/:id/close': ['secretariat'],
    '/pack': [...desks, 'command_centre_member'],
    '/pack/:id': [...desks, 'command_centre_member'],
  },
} satisfies Wing
