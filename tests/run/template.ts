import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { root } from '#ground/config/root.ts'
import { openEmbedded } from '#ground/db/embedded.ts'
import { migrate } from '#ground/db/migrate.ts'
import { jobNames } from '#ground/jobs/jobs.ts'

const project = fileURLToPath(root)
const cache = path.join(project, 'node_modules/.cache/test-databases')
const kept_max = 3

/**
 * A PostgreSQL for one run of the tests, with a migrated template in it: a copy of a data folder that is made once for
 * these migrations and this PostgreSQL.
 */
export async function openTestServer(): Promise<{ url: string; close(): Promise<void> }> {
  const kept = path.join(cache, madeFrom())
  if (!existsSync(kept)) await make(kept)
  const folder = mkdtempSync(path.join(tmpdir(), 'noroshi-test-'))
  try {
    cpSync(kept, folder, { recursive: true })
    const server = await openEmbedded(folder, { fsync: false })
    return {
      url: server.url('postgres'),
      async close() {
        await server.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function madeFrom(): string {
  const sum = createHash('sha256')
  for (const file of globSync(
    ['migrations/*.sql', 'src/ground/{db,jobs}/*.ts', 'package-lock.json', 'tests/run/template.ts'],
    {
      cwd: project,
    },
  ).sort())
    sum.update(file).update(readFileSync(path.join(project, file)))
  return sum.digest('hex')
}

/** Whole under its name, or not there: of two runs that make it at once, one keeps its own. */
async function make(kept: string) {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'new-'))
  try {
    const server = await openEmbedded(folder, { fsync: false })
    try {
      const client = new pg.Client({ connectionString: server.url('postgres') })
      await client.connect()
      // Nothing here outlives a crash anyhow, and what is written lies in memory.
      for (const setting of ["max_wal_size = '256MB'", 'full_page_writes = off', 'synchronous_commit = off'])
        await client.query(`alter system set ${setting}`)
      await client.query('create database noroshi_template')
      await client.end()
      await migrate({ url: server.url('noroshi_template') }, jobNames)
    } finally {
      await server.close()
    }
    // Names the port of this once: of two copies at the same time each must look for its own.
    rmSync(path.join(folder, 'postgres/postmaster.opts'))
    try {
      renameSync(folder, kept)
    } catch (error) {
      if (!existsSync(kept)) throw error
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const made_ms = (name: string) => statSync(path.join(cache, name)).mtimeMs
  const all = readdirSync(cache).sort((a, b) => made_ms(b) - made_ms(a))
  for (const old of all.slice(kept_max)) rmSync(path.join(cache, old), { recursive: true, force: true })
}
