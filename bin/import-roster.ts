import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import {
  importUpload,
  type Plan,
  type Problem,
  parseFile,
  planNow,
  problemText,
  type Refused,
  refused,
} from '#rosters/roster/index.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'import-roster FILE.csv|FILE.xlsx [--complete [--yes NUMBER]] [--dry-run]',
  about:
    'Brings the directory of institutions and contacts up to a roster (CSV in UTF-8 or Shift_JIS, or Excel; docs/roster.md). --complete: what is not in it leaves; when that is more than a few, it asks for their number first, or takes it from --yes. --dry-run: prints what would change and changes nothing. Any problem: every one is named by line and column, exit code 1, and nothing is imported.',
  async run(words) {
    const { positionals, values } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        complete: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        yes: { type: 'string' },
      },
    })
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
    const upload = await parseFile(bytes)
    if ('problems' in upload) return tell(file, upload)

    const { tools, close } = await start(readConfig())
    try {
      if (values['dry-run']) return preview(file, await planNow(tools.db, upload, values.complete, tools.clock()))
      if (values.complete) {
        const leaving = leavingOf(await planNow(tools.db, upload, true, tools.clock()))
        if (leaving > few && !(await isMeant(leaving, values.yes))) return 2
      }
      const by = { program: 'command-line' } as const
      const done = await importUpload(tools, by, upload, { is_complete: values.complete })
      if ('problems' in done) return tell(file, done)
      for (const warning of done.plan.warnings) warn(file, warning)
      console.log(`${file}: ${countsOf(done.plan)}`)
      return 0
    } finally {
      await close()
    }
  },
}

/** So many may leave without a question: a quarter's ordinary changes. */
const few = 5

const leavingOf = ({ institutions, contacts }: Plan) => institutions.removed + contacts.removed

/** Whether somebody means that many entries to leave: by the number, not by a key that is pressed every day. */
async function isMeant(leaving: number, yes: string | undefined): Promise<boolean> {
  console.error(
    `${leaving} 件（機関と連絡先）がこのファイルになく、名簿から外れます / ${leaving} entries (institutions and contacts) are not in this file and would leave the directory.`,
  )
  if (yes === undefined && process.stdin.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    yes = await terminal.question(`よければ ${leaving} と入力してください / Type ${leaving} to go on: `)
    terminal.close()
  }
  if (yes?.trim() === String(leaving)) return true
  console.error(
    `何も取り込んでいません。よければ --yes ${leaving} を付けてください / Nothing was imported. If that is meant, add: --yes ${leaving}`,
  )
  return false
}

const countsOf = ({ institutions, contacts }: Plan) =>
  Object.entries({ institutions, contacts })
    .map(
      ([what, { removed, added, changed, unchanged }]) =>
        `${what}: ${removed} leaving, ${added} added, ${changed} changed, ${unchanged} unchanged`,
    )
    .join('; ')

const warn = (file: string, warning: Problem) => console.error(`${file}:${problemText(warning)}`)

/** What would change, field by field, as the page shows it before somebody presses. */
function preview(file: string, plan: Plan): number {
  if (plan.problems.length > 0) return tell(file, refused(plan.problems))
  for (const { what, how, of, rank, name, changes } of plan.entries) {
    console.log(`${how.padEnd(8)} ${what.padEnd(12)} ${[of, rank, name].filter(Boolean).join(' ')}`)
    for (const { field, before, after } of changes) console.log(`  ${field}: ${before || '—'} → ${after || '—'}`)
  }
  for (const warning of plan.warnings) warn(file, warning)
  console.log(`${file}: ${countsOf(plan)}`)
  console.log('何も取り込んでいません / Nothing was imported')
  return 0
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
