import { hiddenIn } from '../notice.ts'
import type { MarketSample } from './making.ts'
import { desk, overview, type Wing } from './wing.ts'

/** Published once its check has been seen. */
const aPublication: MarketSample = async ({ desk, one, send }) => {
  const publication = `/situations/${await one('situation')}/publication`
  const chosen = {
    text_ja: '取引は通常どおりです',
    text_en: 'Trading is as usual',
    idempotency_key: crypto.randomUUID(),
  }
  const check = await (await desk.client.post(`${publication}/check`, chosen)).text()
  const { seen = '' } = hiddenIn(check, `${publication}s`)
  return send(desk.client, `${publication}s`, { ...chosen, seen })
}

export const publicPage = {
  tables: { publication: { one: aPublication, seen: 'market' } },
  things: { '/publications': { market: 'publication' } },
  pages: {
    '/situations/:id/publication': desk,
    '/publications/:id': overview,
  },
  forms: {
    '/situations/:id/publication': ['secretariat'],
    '/situations/:id/publication/check': ['secretariat'],
    '/situations/:id/publications': ['secretariat'],
  },
} satisfies Wing
