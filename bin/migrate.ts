import { parseArgs } from 'node:util'
import { readConfig } from '#ground/config/config.ts'
import { migrate } from '#ground/db/migrate.ts'
import { openStore } from '#ground/db/store.ts'
import { jobNames } from '#ground/jobs/jobs.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'migrate',
  about: 'Brings the tables of the database up to date. Doing it twice changes nothing; serve does it by itself.',
  async run(words) {
    parseArgs({ args: words })
    const store = await openStore(readConfig())
    try {
      const applied = await migrate(store.owner, jobNames, { role_taken_on: store.app.role !== undefined })
      console.log(
        applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply: the tables are up to date.',
      )
    } finally {
      await store.close()
    }
    return 0
  },
}
