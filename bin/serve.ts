import { parseArgs } from 'node:util'
import { serve } from '#app/serve.ts'
import { untilStopped } from '#app/until-stopped.ts'
import { welcome } from '#demo/index.ts'
import { readSettings } from '#ground/config/config.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'serve [--without-workers]',
  about:
    'Answers HTTP and does the background work (feeds, mail, freshness). With --without-workers another process does that work: noroshi work.',
  async run(words) {
    const { values } = parseArgs({ args: words, options: { 'without-workers': { type: 'boolean', default: false } } })
    const config = readSettings()
    await untilStopped(
      (stop) => serve(config, { withWorkers: !values['without-workers'], stop }),
      async ({ origin, where, tools }) => {
        console.log(`\nNoroshi 狼煙  ${origin}\n${where}`)
        if (config.mode === 'demo') console.log(await welcome(tools.db, origin))
      },
      config,
    )
    return 0
  },
}
