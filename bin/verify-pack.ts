import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checkPack } from '#command-centre/pack/index.ts'
import { readToVerify } from '#ground/config/config.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'verify-pack FILE',
  about:
    'Tells whether an offline pack is as this program made it, without a database. Exit code 1 if anything was changed.',
  async run(words) {
    const [file, ...more] = parseArgs({ args: words, allowPositionals: true }).positionals
    if (!file || more.length > 0) {
      console.error('Name one file: noroshi verify-pack FILE')
      return 2
    }
    const { is_whole, digest } = checkPack(await readFile(file), readToVerify().secret)
    console.log(`SHA-256 ${digest}`)
    console.log(is_whole ? 'The pack is whole.' : 'The pack is NOT as it was made.')
    return is_whole ? 0 : 1
  },
}
