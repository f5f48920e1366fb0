import type { MarketSample } from './making.ts'
import { all, desks, members, readers, type Wing } from './wing.ts'

/** What the form of a new improvement says. */
export const improvementForm = (change: Record<string, string> = {}): Record<string, string> => ({
  title: '架空の改善事項',
  finding: '架空の気付き',
  source: 'peacetime_use',
  version: '0',
  key: crypto.randomUUID(),
  ...change,
})
const anImprovement: MarketSample = ({ desk, send }) => send(desk.client, '/improvements', improvementForm())

export const forum = {
  tables: {
    improvement: { one: anImprovement, seen: 'market' },
    improvement_now: { one: ({ one }) => one('improvement') },
  },
  things: {
    '/improvements': { market: 'improvement' },
    '/improvements/:id/files': { market: 'register_file' },
    '/improvements/:id/links': { market: 'register_link' },
  },
  pages: {
    '/improvements': all,
    '/improvements.csv': all,
    '/improvements/new': readers(...desks),
    '/improvements/:id': all,
    '/improvements/:id/edit': readers(...desks),
    '/improvements/:id/files/:file': all,
  },
  forms: {
    '/improvements': desks,
    '/improvements/:id': desks,
    '/improvements/:id/step': desks,
    '/improvements/:id/comments': [...desks, ...members, 'council_member', 'command_centre_member'],
    '/improvements/:id/links': desks,
    '/improvements/:id/links/:link/removal': desks,
    '/improvements/:id/files': desks,
    '/improvements/:id/files/:file/removal': desks,
    '/improvements/:id/reviews': desks,
  },
  async shown({ desk }) {
    const [, improvement = ''] =
      /href="(\/improvements\/[0-9a-f-]{36})"/.exec((await desk.get('/improvements')).text) ?? []
    const [, situation = ''] = /href="(\/situations\/[0-9a-f-]{36})/.exec((await desk.get('/situations')).text) ?? []
    return [
      { name: 'improvement', path: improvement, who: 'desk' },
      { name: 'improvement-new', path: `/improvements/new?from=${situation}`, who: 'desk' },
      { name: 'improvement-edit', path: `${improvement}/edit`, who: 'desk' },
    ]
  },
  unshown: { '/improvements/:id/files/:file': 'a file' },
} satisfies Wing
