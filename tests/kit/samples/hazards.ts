import assert from 'node:assert/strict'
import type { MarketSample } from './making.ts'
import { desk, overviewAndObserver, overviewers, readers, type Wing } from './wing.ts'

/** A strong earthquake, which leads to a proposal. */
const aTelegram: MarketSample = async ({ site, desk, first }) => {
  await site.done(desk.client, '/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  return first('telegram')
}
const aProposal: MarketSample = async ({ one, first }) => {
  assert.ok(await one('telegram'))
  return first('proposal')
}
const aRejectedTelegram: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('rejected_telegram')
    .values({
      ...{ source: 'https://feed.example/x.xml', reason_ja: '架空', reason_en: 'fictional' },
      ...{ digest: Buffer.alloc(32), content: Buffer.from('x'), received_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const aFeed: MarketSample = async ({ site, at }) => {
  const url = 'https://feed.example/eqvol.xml'
  await site.db.insertInto('feed').values({ url, tried_at: at, succeeded_at: at }).execute()
  return url
}
const aFetched: MarketSample = async ({ site, at }) => {
  const url = 'https://feed.example/1.xml'
  await site.db.insertInto('fetched').values({ url, fetched_at: at }).execute()
  return url
}

const rules = readers(...overviewers, 'observer', 'council_member')

export const hazards = {
  tables: {
    criterion: { one: ({ first }) => first('criterion'), seen: 'market' },
    criterion_now: { one: ({ one }) => one('criterion') },
    feed: { one: aFeed, seen: 'market' },
    fetched: { one: aFetched, seen: 'nothing' },
    proposal: { one: aProposal, seen: 'nothing' },
    rejected_telegram: { one: aRejectedTelegram, seen: 'nothing' },
    telegram: { one: aTelegram, seen: 'market' },
  },
  things: {
    '/proposals': { market: 'proposal' },
    '/criteria': { market: 'criterion' },
    '/telegrams': { market: 'telegram' },
  },
  pages: {
    '/proposals/:id': overviewAndObserver,
    '/criteria': rules,
    '/criteria/new': desk,
    '/criteria/:id': rules,
    '/telegrams': overviewAndObserver,
    '/telegrams/:id': overviewAndObserver,
    '/telegrams/:id/xml': overviewAndObserver,
  },
  forms: {
    '/proposals/:id/set-aside': ['secretariat'],
    '/proposals/:id/join': ['secretariat'],
    '/criteria': ['secretariat'],
    '/criteria/:id': ['secretariat'],
  },
  unshown: { '/telegrams/:id/xml': 'a file' },
} satisfies Wing
