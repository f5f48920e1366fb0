import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { takeIn } from '#hazards/proposals/index.ts'
import type { Command } from './command.ts'

/** Far more than any telegram; what is larger is not even read. */
const file_bytes_max = 16 * 1024 * 1024

export const command: Command = {
  usage: 'ingest-jma FILE…',
  about:
    'Takes in telegrams of the Japan Meteorological Agency from files, each once. Names every file that it cannot take in, with the reason; exit code 1 if there is one.',
  async run(words) {
    const { positionals: files } = parseArgs({ args: words, allowPositionals: true })
    if (files.length === 0) {
      console.error('Name at least one file: noroshi ingest-jma FILE…')
      return 2
    }
    const { tools, close } = await start(readConfig())
    let refused = 0
    try {
      for (const file of files) {
        const refuse = (reason: string) => {
          refused++
          console.error(`NOT TAKEN IN  ${file}: ${reason}`)
        }
        try {
          if ((await stat(file)).size > file_bytes_max) {
            refuse(`ファイルが大きすぎます / the file is larger than ${file_bytes_max / 1024 / 1024} MB`)
            continue
          }
          const stored = await takeIn(tools, { program: 'command-line' }, path.basename(file), await readFile(file))
          if ('failed' in stored) refuse(`${stored.failed.message.ja} / ${stored.failed.message.en}`)
          else {
            const { code, mode, title, event_key } = stored.telegram
            console.log(`${stored.is_new ? 'taken in' : 'known   '}  ${file}: ${code} ${title} (${mode}, ${event_key})`)
            for (const oddity of stored.telegram.oddities) console.log(`          ${oddity.ja} / ${oddity.en}`)
          }
        } catch (error) {
          if (
            !(error instanceof Error) ||
            !('code' in error) ||
            !/^E[A-Z]+$/.test(String(error.code)) ||
            !('syscall' in error)
          )
            throw error
          refuse(`読めません / cannot be read (${error.code})`)
        }
      }
    } finally {
      await close()
    }
    console.log(`${files.length - refused} of ${files.length} files taken in.`)
    return refused === 0 ? 0 : 1
  },
}
