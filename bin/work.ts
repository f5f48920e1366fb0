import { parseArgs } from 'node:util'
import { logError } from '#app/serve.ts'
import { start } from '#app/start.ts'
import { untilStopped } from '#app/until-stopped.ts'
import { startWorkers } from '#app/workers.ts'
import { readConfig } from '#ground/config/config.ts'
import { webOrigin } from '#ground/config/web-origin.ts'
import { openHub } from '#ground/live/hub.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'work',
  about: 'Does the background work alone (feeds, mail), beside any number of: noroshi serve --without-workers.',
  async run(words) {
    parseArgs({ args: words })
    await untilStopped(startWork, ({ where, origin }) =>
      console.log(`Noroshi works on ${where}\nLinks lead to ${origin}`),
    )
    return 0
  },
}

async function startWork() {
  const config = readConfig()
  const { tools, store, close } = await start({ ...config, public_origin: await webOrigin(config) })
  const hub = openHub(store.app)
  const workers = await startWorkers({ tools, hub, access: store.app, report: logError })
  return {
    where: store.where,
    origin: tools.origin,
    async close() {
      await workers.close()
      await hub.close()
      await close()
    },
  }
}
