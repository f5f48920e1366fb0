import { roles } from '#ground/rights/person.ts'
import type { MarketSample } from './making.ts'
import { all, desk, desks, hidden, inPeacetime, only, overviewers, readers, sent, type Wing } from './wing.ts'

const aPack: MarketSample = async ({ site, at }) => {
  const made = { made_at: at, pages: 1, institutions: 1, contacts: 1, digest: Buffer.alloc(32) }
  const row = await site.db
    .insertInto('pack')
    .values({ ...made, content: Buffer.from('x') })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** One that was let be: the situation of the samples stays open. */
const aReopening: MarketSample = async ({ site, at, one, desk }) => {
  const made = { id: crypto.randomUUID(), situation_id: await one('situation'), mode: 'actual' as const }
  const by = desk.person.id
  const closed = { closed_at: at, closed_by: by, closing_reason: '試験' }
  const decided = { decision: 'dropped' as const, decided_by: by, decided_at: at }
  const asked = { reason: '試験', text_ja: '誤りでした', text_en: 'A mistake', asked_by: by, asked_at: at }
  await site.tools
    .dbOf(desk.person, false)
    .insertInto('reopening')
    .values({ ...made, ...closed, ...asked, ...decided })
    .execute()
  return made.id
}

export const commandCentre = {
  tables: { pack: { one: aPack, seen: 'nothing' }, reopening: { one: aReopening, seen: 'nothing' } },
  things: { '/pack': { market: 'pack' } },
  pages: {
    '/home': all,
    '/situations/:id': all,
    '/institutions/:id{[0-9a-fA-F-]+}': hidden(...overviewers),
    '/situations/:id/close': desk,
    '/situations/:id/return': desk,
    // It leads back from a situation that is open.
    '/situations/:id/reopening': sent(...desks),
    '/situations/:id/log': readers(...overviewers),
    // The command centre is open while this is asked.
    '/pack': readers(...desks, 'command_centre_member'),
  },
  forms: {
    '/sending': [...desks],
    '/situations/:id/close': ['secretariat'],
    '/situations/:id/return': ['secretariat'],
    '/situations/:id/reopening': desks,
    '/situations/:id/reopening/agreement': desks,
    '/situations/:id/reopening/removal': desks,
    '/pack': [...desks, 'command_centre_member'],
    '/pack/:id': [...desks, 'command_centre_member'],
  },
  own_pages: { '/institutions/:id{[0-9a-fA-F-]+}': { own: only(roles, 404), other: only(inPeacetime, 404) } },
  unshown: {
    '/situations/:id/reopening': 'it leads back from one that is open; src/command-centre/reopening asks for it',
  },
} satisfies Wing
