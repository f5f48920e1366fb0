import { desk, everyone, type Wing } from './wing.ts'

export const demo = {
  things: { '/demo/mail': { market: async () => 'none.eml' } },
  pages: {
    '/demo/components': everyone(),
    '/demo/telegrams': desk,
    '/demo/mail': everyone(),
    '/demo/mail/:name': everyone(404),
    '/demo/mail/:name/html': everyone(404),
  },
  forms: { '/demo/telegrams': ['secretariat'] },
  unshown: { '/demo/mail/:name/html': 'the mail itself, as mail programs show it' },
} satisfies Wing
