import { parseArgs } from 'node:util'
import { renewSecret } from '#app/renew-secret.ts'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'renew-secret',
  about:
    'Says that NOROSHI_SECRET was changed on purpose: from now on the database is used with the one that this command is given. Run it once, with every other process stopped; what a new secret breaks stands in docs/runbook. Exit code 1 while a process still runs.',
  async run(words) {
    parseArgs({ args: words })
    const { tools, close } = await start(readConfig(), { as: 'renewal' })
    try {
      const { running } = await renewSecret(tools)
      if (running > 0) {
        console.error(
          `${running} processes still use this database with the old secret. Stop them first. Nothing was changed.`,
        )
        return 1
      }
      console.log('This database is now used with the new secret.')
      return 0
    } finally {
      await close()
    }
  },
}
