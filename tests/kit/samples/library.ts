import type { MarketSample } from './making.ts'

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

export const anOfficialNotice: MarketSample = ({ desk, send }) =>
  send(desk.client, '/official-notices', officialNoticeForm())
