import assert from 'node:assert/strict'
import type { MarketSample } from './making.ts'

/** A strong earthquake, which leads to a proposal. */
export const aTelegram: MarketSample = async ({ site, desk, first }) => {
  await site.done(desk.client, '/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  return first('telegram')
}
export const aProposal: MarketSample = async ({ one, first }) => {
  assert.ok(await one('telegram'))
  return first('proposal')
}
export const aRejectedTelegram: MarketSample = async ({ site, at }) => {
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
export const aFeed: MarketSample = async ({ site, at }) => {
  const url = 'https://feed.example/eqvol.xml'
  await site.db.insertInto('feed').values({ url, tried_at: at, succeeded_at: at }).execute()
  return url
}
export const aFetched: MarketSample = async ({ site, at }) => {
  const url = 'https://feed.example/1.xml'
  await site.db.insertInto('fetched').values({ url, fetched_at: at }).execute()
  return url
}
