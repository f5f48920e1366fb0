import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { sealKey } from '#ground/trail/seal.ts'
import { type Verdict, verifyTrail } from '#ground/trail/verify.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'verify-trail [--against FILE] [--bare-to LINE]',
  about:
    'Recomputes the audit trail from its first line and holds it against the signed checkpoints of this data folder, and of a copy kept elsewhere. Exit code 1 if anything was changed, removed or cut, 2 if that cannot be told.',
  async run(words) {
    const { values } = parseArgs({
      args: words,
      options: { against: { type: 'string' }, 'bare-to': { type: 'string' } },
    })
    const { against, 'bare-to': bare_to = '0' } = values
    if (!/^\d{1,18}$/.test(bare_to)) throw new Error('--bare-to takes the number of a line')
    const config = readConfig()
    const { tools, close } = await start(config)
    try {
      const keys = [config.secret, ...config.secrets_before].map(sealKey)
      return tell(await verifyTrail(tools.db, { folder: config.data, keys, against, bare_to: BigInt(bare_to) }))
    } finally {
      await close()
    }
  },
}

function tell({ lines, checkpoints, last_hash, signed_at, faults, doubts }: Verdict): 0 | 1 | 2 {
  for (const fault of faults) console.error(`FAULT  ${fault}`)
  for (const doubt of doubts) console.error(`UNKNOWN  ${doubt}`)
  console.log(`${lines} lines, ${checkpoints} checkpoints, last hash ${last_hash}, last signed ${signed_at ?? 'never'}`)
  if (faults.length > 0) console.log('The trail is NOT whole.')
  else console.log(doubts.length > 0 ? 'It CANNOT BE TOLD whether the trail is whole.' : 'The trail is whole.')
  return faults.length > 0 ? 1 : doubts.length > 0 ? 2 : 0
}
