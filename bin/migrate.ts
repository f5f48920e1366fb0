import { parseArgs } from 'node:util'
import { patiently } from '#app/patiently.ts'
import { type Config, readConfig } from '#ground/config/config.ts'
import { keepToOwn } from '#ground/db/keep-to-own.ts'
import { migrate } from '#ground/db/migrate.ts'
import { openStore } from '#ground/db/store.ts'
import { jobNames } from '#ground/jobs/jobs.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'migrate',
  about: 'Brings the tables of the database up to date. Doing it twice changes nothing; serve does it by itself.',
  async run(words) {
    parseArgs({ args: words })
    const config = readConfig()
    const { store, applied } = await patiently(() => openMigrated(config))
    try {
      console.log(
        applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply: the tables are up to date.',
      )
      for (const line of await keepToOwn(store.owner, store.app)) console.error(line)
    } finally {
      await store.close()
    }
    return 0
  },
}

async function openMigrated(config: Config) {
  const store = await openStore(config)
  try {
    return { store, applied: await migrate(store.owner, jobNames, { role_taken_on: store.app.role !== undefined }) }
  } catch (error) {
    await store.close()
    throw error
  }
}
