import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checkFile, fileDropKey } from '#ground/channels/file-drop.ts'
import { readToVerify } from '#ground/config/config.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'verify-drop [FILE]',
  about:
    'Prints the public key of the file drop, for the network that fetches its files; with a file, tells whether this program wrote it so. Needs no database. Exit code 1 if anything was changed.',
  async run(words) {
    const [file, ...more] = parseArgs({ args: words, allowPositionals: true }).positionals
    if (more.length > 0) {
      console.error('Name one file at most: noroshi verify-drop FILE')
      return 2
    }
    const { public_key, fingerprint } = fileDropKey(readToVerify().secret)
    console.log(`${public_key.export({ format: 'pem', type: 'spki' })}fingerprint ${fingerprint}`)
    if (!file) return 0
    const is_whole = checkFile(await readFile(file, 'utf8'), public_key)
    console.log(is_whole ? 'The file is as it was written.' : 'The file is NOT as it was written.')
    return is_whole ? 0 : 1
  },
}
