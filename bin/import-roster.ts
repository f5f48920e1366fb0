import { readFile, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '#app/config.ts'
import { start } from '#app/start.ts'
import { importRoster, parseRoster, problemText, type Refused } from '#roster/index.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'import-roster FILE.csv',
  about:
    'Brings the directory of institutions up to a roster (CSV in UTF-8 or Shift_JIS, one institution a line; docs/roster.md). Any problem: every one is named by line and column, exit code 1, and nothing is imported.',
  async run(words) {
    const { positionals } = parseArgs({ args: words, allowPositionals: true })
    const [file, ...more] = positionals
    if (!file || more.length > 0) {
      console.error('Name one file:  noroshi import-roster FILE.csv')
      return 2
    }
    const bytes = await read(file)
    if (typeof bytes === 'string') {
      console.error(`${file}: ${bytes}`)
      return 1
    }
    const parsed = parseRoster(bytes)
    if ('problems' in parsed) return tell(file, parsed)

    const { tools, close } = await start(readConfig())
    try {
      const done = await importRoster(tools, { program: 'command-line' }, parsed.lines)
      if ('problems' in done) return tell(file, done)
      console.log(`${file}: ${done.added} added, ${done.changed} changed, ${done.unchanged} unchanged`)
      return 0
    } finally {
      await close()
    }
  },
}

/** The file, or in words why it cannot be read. */
async function read(file: string): Promise<Uint8Array | string> {
  try {
    if ((await stat(file)).isDirectory()) return 'ファイルではなくフォルダーです / This is a folder, not a file'
    return await readFile(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    if (code === 'ENOENT') return 'ファイルがありません / There is no such file'
    if (code === 'EACCES') return 'ファイルを読む権限がありません / This file may not be read'
    return `ファイルを読めません / The file cannot be read (${code})`
  }
}

function tell(file: string, { problems, more }: Refused): number {
  for (const problem of problems) console.error(`${file}:${problemText(problem)}`)
  if (more > 0) console.error(`${file}: ほかに ${more} 件 / and ${more} more`)
  console.error('何も取り込んでいません / Nothing was imported')
  return 1
}
