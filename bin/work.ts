import { parseArgs } from 'node:util'
import { openReport } from '#app/report.ts'
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

async function startWork(stop: AbortSignal) {
  const config = readConfig()
  const report = openReport()
  const { tools, store, close } = await start(
    { ...config, public_origin: await webOrigin(config) },
    { as: 'service', for_ms: Number.POSITIVE_INFINITY, say: report.line, stop },
  )
  const hub = openHub(store.app)
  const workers = await startWorkers({ tools, hub, access: store.app, report })
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
