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

/** As the desk sends the words of the top page. */
export const topPageForm = (given: Record<string, string> = {}) => ({
  version: '0',
  operator_ja: '架空証券業協会',
  operator_en: 'Fictional Securities Dealers Association',
  contact_ja: '代表電話 03-0000-0000',
  contact_en: '03-0000-0000',
  links_body: '架空取引所 | Fictional Exchange | https://exchange.example/',
  ...given,
})
const aTopPage: MarketSample = async ({ site, desk }) => {
  await site.done(desk.client, '/top-page', topPageForm())
  return ''
}

export const publicPage = {
  tables: {
    publication: { one: aPublication, seen: 'market' },
    top_page: { one: aTopPage, seen: 'market' },
    top_page_now: { one: ({ one }) => one('top_page') },
  },
  things: { '/publications': { market: 'publication' } },
  pages: {
    '/situations/:id/publication': desk,
    '/publications/:id': overview,
    '/top-page': desk,
  },
  forms: {
    '/top-page': ['secretariat'],
    '/situations/:id/publication': ['secretariat'],
    '/situations/:id/publication/check': ['secretariat'],
    '/situations/:id/publications': ['secretariat'],
  },
} satisfies Wing
