import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { root } from '#ground/config/root.ts'
import { idIn } from '../pages.ts'
import { sameOrigin } from '../site.ts'
import type { MarketSample } from './making.ts'
import { desk, members, readers, type Wing } from './wing.ts'

/** docs/roster-sample.csv, uploaded and not yet applied. */
const aRosterUpload: MarketSample = async ({ desk }) => {
  const form = new FormData()
  form.set('roster', new File([await readFile(new URL('docs/roster-sample.csv', root))], 'a.csv'))
  const answer = await desk.client.send('POST', '/roster/import', form, sameOrigin)
  assert.equal(answer.status, 303)
  return idIn(answer.headers.get('location') ?? '')
}

export const rosters = {
  tables: { roster_upload: { one: aRosterUpload, seen: 'nothing' } },
  // Theirs who uploaded them; src/rosters/roster/upload.test.ts asks for another's.
  things: { '/roster/import': { market: 'roster_upload' } },
  pages: {
    '/roster/import': desk,
    '/roster/import/result': desk,
    '/roster/import/sample.csv': desk,
    '/roster/import/institutions.csv': desk,
    '/roster/import/contacts.csv': desk,
    '/roster/import/:id': desk,
    '/roster/export': readers('secretariat', 'command_centre_member', ...members),
  },
  forms: {
    '/roster/import': ['secretariat'],
    '/roster/import/:id': ['secretariat'],
    '/roster/export': ['secretariat', 'command_centre_member', ...members],
  },
  unshown: { '/roster/import/:id': 'institutions-import-check arrives there' },
} satisfies Wing
