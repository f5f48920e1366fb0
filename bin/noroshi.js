#!/usr/bin/env node
// Hands over to the Node that npm installed for this project, whichever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = new URL('../dist/bin/noroshi.js', import.meta.url)
const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

// Without it React renders every page for its developers, which takes twice the time.
process.env.NODE_ENV ??= 'production'

if (!existsSync(program)) {
  console.error('Noroshi is not built yet. Run: npm ci   (or: npm run build)')
  process.exit(1)
}
if (Number(process.versions.node.split('.')[0]) >= 26) await import(program.href)
else {
  // The channel tells the program when this process is killed: it must not go on alone, on the port of its next start.
  const child = spawn(node, [fileURLToPath(program), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
