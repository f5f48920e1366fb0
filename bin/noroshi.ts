import { readFileSync } from 'node:fs'
import { NotConfigured } from '#ground/config/config.ts'
import { root } from '#ground/config/root.ts'
import type { Command } from './command.ts'

const commands: Record<string, () => Promise<{ command: Command }>> = {
  serve: () => import('./serve.ts'),
  work: () => import('./work.ts'),
  migrate: () => import('./migrate.ts'),
  'ingest-jma': () => import('./ingest-jma.ts'),
  'import-roster': () => import('./import-roster.ts'),
  publish: () => import('./publish.ts'),
  'verify-trail': () => import('./verify-trail.ts'),
  'verify-pack': () => import('./verify-pack.ts'),
  'verify-drop': () => import('./verify-drop.ts'),
  simulate: () => import('./simulate.ts'),
  'create-account': () => import('./create-account.ts'),
  'renew-secret': () => import('./renew-secret.ts'),
}

// Started by another process that hands on its signals: killed when that one is, as if it were itself.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()

const [name = '--help', ...words] = process.argv.slice(2)
const load = Object.hasOwn(commands, name) ? commands[name] : undefined

if (['--version', '-v', 'version'].includes(name)) {
  console.log(`noroshi ${JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version}`)
  process.exit(0)
}
if (!load) {
  console.log('noroshi <command> [--help]\n')
  for (const load of Object.values(commands)) {
    const { usage, about } = (await load()).command
    console.log(`  ${usage}\n      ${about}`)
  }
  const asked = ['--help', '-h', 'help'].includes(name)
  if (!asked) console.error(`\nThere is no command "${name}".`)
  process.exit(asked ? 0 : 2)
}

const { command } = await load()
if (words.includes('--help') || words.includes('-h')) {
  console.log(`noroshi ${command.usage}\n\n${command.about}`)
  process.exit(0)
}
try {
  process.exitCode = (await command.run(words)) ?? 0
} catch (error) {
  // Who verifies says by 1 that something was changed: what could not be looked at is not that.
  process.exitCode = name.startsWith('verify-') ? 2 : 1
  if (error instanceof NotConfigured) console.error(`Noroshi cannot start:\n${error.message}`)
  else if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n\nnoroshi ${command.usage}`)
    process.exitCode = 2
  } else console.error(error instanceof Error ? (error.stack ?? error.message) : error)
}
