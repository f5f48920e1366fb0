// Runs the tests: starts one real PostgreSQL for all of them, migrates a template, and hands over to Node's test runner.
// Arguments are files or patterns below dist/; without any, everything runs.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openEmbedded } from './dist/src/ground/db/embedded.js'
import { migrate } from './dist/src/ground/db/migrate.js'
import { jobNames } from './dist/src/ground/jobs/jobs.js'

process.chdir(import.meta.dirname)
const folder = mkdtempSync(path.join(tmpdir(), 'noroshi-test-'))
const server = await openEmbedded(folder, { fsync: false })
let code = 1
try {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query('create database noroshi_template')
  await client.end()
  await migrate({ url: server.url('noroshi_template') }, jobNames)

  const asked = process.argv.slice(2).map((file) => file.replace(/^(?!dist\/)/, 'dist/').replace(/\.tsx?$/, '.js'))
  const files = asked.length > 0 ? asked : ['dist/src/**/*.test.js', 'dist/tests/**/*.test.js']
  const child = spawn(process.execPath, ['--enable-source-maps', '--test', '--test-concurrency=2', ...files], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NOROSHI_TEST_SERVER: server.url('postgres') },
  })
  const end = (signal) => child.kill(signal)
  process.on('SIGINT', end).on('SIGTERM', end)
  code = await new Promise((resolve) => child.on('exit', (exit) => resolve(exit ?? 1)))
} finally {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
