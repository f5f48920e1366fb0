import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { verifyTrail } from '#ground/trail/verify.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'verify-trail',
  about:
    'Recomputes the audit trail from its first line and holds it against the signed checkpoints. Exit code 1 if anything was changed, removed or cut.',
  async run(words) {
    parseArgs({ args: words })
    const config = readConfig()
    const { tools, close } = await start(config)
    try {
      const { lines, checkpoints, last_hash, faults } = await verifyTrail(tools.db, config.data, config.secret)
      for (const fault of faults) console.error(`FAULT  ${fault}`)
      console.log(`${lines} lines, ${checkpoints} checkpoints, last hash ${last_hash}`)
      console.log(faults.length === 0 ? 'The trail is whole.' : 'The trail is NOT whole.')
      return faults.length === 0 ? 0 : 1
    } finally {
      await close()
    }
  },
}
