import path from 'node:path'
import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { latestSnapshot } from '#public/publication/index.ts'
import { readSnapshot, renderSite, writeSite } from '#public/site/index.ts'
import { mastheadOf } from '#public/top-page/index.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'publish',
  about:
    'Writes the public page anew, as last published, into the folder public/ of the data folder: to copy to another host, or after the folder was lost.',
  async run(words) {
    parseArgs({ args: words })
    const config = readConfig()
    const { tools, close } = await start(config)
    try {
      const folder = path.join(config.data, 'public')
      for (const mode of ['actual', 'exercise', 'test'] as const) {
        const snapshot = await latestSnapshot(tools.db, mode)
        const before = (await readSnapshot(folder, mode)).snapshot
        if (snapshot.number === 0 && before.number > 0) {
          console.error(
            `${mode}: nothing is published in this database, and ${folder} holds publication ${before.number}. It is left as it was: is this the right database?`,
          )
          return 2
        }
        const view = {
          ...{ origin: tools.origin, now: tools.clock(), silent_since: null, demo: config.mode === 'demo' },
          masthead: await mastheadOf(tools.db),
        }
        await writeSite(folder, renderSite(snapshot, view), snapshot)
        console.log(
          `${mode}: publication ${snapshot.number}${snapshot.number === 0 ? ' (nothing published yet)' : ` of ${snapshot.published_at}`}`,
        )
      }
      console.log(`Written to ${folder}`)
    } finally {
      await close()
    }
    return 0
  },
}
