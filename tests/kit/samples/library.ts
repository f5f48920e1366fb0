import type { MarketSample } from './making.ts'
import { all, desk, type Wing } from './wing.ts'

/** What the form of an official notice says. */
export const officialNoticeForm = (change: Record<string, string> = {}): Record<string, string> => ({
  issuer: '架空市場監督庁',
  reference: '監督第1号',
  issued_on: '2027-01-14',
  title: '架空の通達',
  body: '本文',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

const anOfficialNotice: MarketSample = ({ desk, send }) => send(desk.client, '/official-notices', officialNoticeForm())

export const library = {
  tables: { official_notice: { one: anOfficialNotice, seen: 'market' } },
  things: { '/official-notices': { market: 'official_notice' } },
  pages: {
    '/official-notices': all,
    '/official-notices.csv': all,
    '/official-notices/new': desk,
    '/official-notices/:id': all,
  },
  forms: { '/official-notices': ['secretariat'] },
} satisfies Wing
