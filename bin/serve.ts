import { parseArgs } from 'node:util'
import { readConfig } from '#app/config.ts'
import { serve } from '#app/serve.ts'
import { untilStopped } from '#app/until-stopped.ts'
import { welcome } from '#demo/index.ts'
import type { Command } from './noroshi.ts'

export const command: Command = {
  usage: 'serve [--without-workers]',
  about:
    'Answers HTTP and does the background work (feeds, mail, freshness). With --without-workers another process does that work: noroshi work.',
  async run(words) {
    const { values } = parseArgs({ args: words, options: { 'without-workers': { type: 'boolean', default: false } } })
    const config = readConfig()
    const serving = await serve(config, { withWorkers: !values['without-workers'] })
    console.log(`\nNoroshi 狼煙  ${serving.origin}\n${serving.where}`)
    if (config.mode === 'demo') console.log(await welcome(serving.tools.db, serving.origin))
    await untilStopped(serving.close)
    return 0
  },
}
