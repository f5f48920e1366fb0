import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { createFirst } from '#people/roles/index.ts'
import type { Command } from './command.ts'

const text = { type: 'string' } as const

export const command: Command = {
  usage: 'create-account --code CODE --institution NAME --name NAME --mail ADDRESS',
  about:
    'Opens the first account: a person of the secretariat of the association with this code, which is added if it is not known. Prints what to do next. Refused, with exit code 1, once there is a secretariat.',
  async run(words) {
    const { values } = parseArgs({ args: words, options: { code: text, institution: text, name: text, mail: text } })
    const { tools, close } = await start(readConfig())
    try {
      const { said, done } = await createFirst(tools, values)
      for (const line of said) (done ? console.log : console.error)(line)
      return done ? 0 : 1
    } finally {
      await close()
    }
  },
}
