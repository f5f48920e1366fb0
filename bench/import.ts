import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { start } from '#app/start.ts'
import { readConfig } from '#ground/config/config.ts'
import { batches } from '#ground/db/batches.ts'
import type { Database } from '#ground/db/database.ts'
import { importUpload, type Plan, parseFile, planNow, type Upload } from '#rosters/roster/index.ts'
import { type Figure, ratio, timed } from './ratio.ts'

const institutions = 1000
const contacts_each = 10
const runs = 3
const by = { program: 'command-line' } as const
const tables = ['institution', 'site', 'contact', 'contact_address'] as const

/**
 * A roster of 1,000 institutions and 10,000 contacts: read and compared against bare parsing; applied against a bare insert of
 * the same rows; and applied again with nothing to do against bare parsing and reading.
 */
export async function importing(): Promise<Figure[]> {
  const took: Awaited<ReturnType<typeof measure>>[] = []
  for (let run = 0; run <= runs; run++) took.push(await measure())
  // The first warms up.
  const counted = took.slice(1)
  const figure = (name: string, peer: string, limit: number, which: 'read' | 'applied' | 'again') =>
    ratio(
      { name: `roster of ${institutions * contacts_each} contacts: ${name}`, peer, limit },
      { ours: counted.map((run) => run[which].ours), peer: counted.map((run) => run[which].peer) },
    )
  return [
    figure('read and compared', 'bare parsing of the same files', 10, 'read'),
    figure('applied', 'a bare insert of the same rows', 4, 'applied'),
    figure('nothing to do', 'bare reading of the same rows', 10, 'again'),
  ]
}

/** One run in an empty database of its own. */
async function measure() {
  const folder = await mkdtemp(path.join(tmpdir(), 'noroshi-import-'))
  const { tools, close } = await start(readConfig({ NOROSHI_DATA: folder }))
  try {
    const files = [institutionFile(), contactFile()]
    const parsing = await timed(async () => files.map((file) => parse(file, { columns: true })))
    let upload: Upload | undefined
    let plan: Plan | undefined
    const read = await timed(async () => {
      const [one, other] = await Promise.all(files.map(parsed))
      upload = { institutions: one!.institutions, contacts: other!.contacts, is_compact: false }
      plan = await planNow(tools.db, upload, true, tools.clock())
    })
    const apply = async (wanted: (changes: number) => boolean) => {
      const done = await importUpload(tools, by, upload!, { is_complete: true })
      if ('problems' in done) throw new Error(JSON.stringify(done.problems[0]))
      const changes = done.plan.entries.length
      if (!wanted(changes)) throw new Error(`the import found ${changes} things to do`)
    }
    const inserting = await timed(() => insertBare(tools.db, plan!))
    const applied = await timed(() => apply((changes) => changes > 0))
    const again = await timed(() => apply((changes) => changes === 0))
    const reading = await timed(async () => {
      for (const table of tables) await tools.db.selectFrom(table).selectAll().execute()
    })
    return {
      read: { ours: read, peer: parsing },
      applied: { ours: applied, peer: inserting },
      again: { ours: again, peer: reading },
    }
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function parsed(file: Uint8Array): Promise<Upload> {
  const upload = await parseFile(file)
  if ('problems' in upload) throw new Error(JSON.stringify(upload.problems[0]))
  return upload
}

const code = (index: number) => `BEN-${String(index).padStart(5, '0')}`

function institutionFile(): Uint8Array {
  const head = 'code,kind,name_ja,name_en,markets,functions,parent_code,head_office_address,head_office_area,reading'
  const lines = Array.from({ length: institutions }, (_, index) => {
    const parent = index % 10 === 0 ? '' : code(index - (index % 10))
    const plain = `${code(index)},securities_firm,架空第${index}証券,Fictional ${index},exchange;bonds,funds;custody`
    return `${plain},${parent},東京都架空町${index},350,かくう`
  })
  return Buffer.from([head, ...lines].join('\n'))
}

function contactFile(): Uint8Array {
  const head = 'institution_code,rank,name,mail,mobile,phone,called_by,duties,hours,first_responder'
  const lines = Array.from({ length: institutions * contacts_each }, (_, index) => {
    const rank = (index % contacts_each) + 1
    const number = String(index).padStart(5, '0')
    const plain = `${code(Math.floor(index / contacts_each))},${rank},架空 ${index},c${number}@firms.example`
    return `${plain},090-000${number.slice(0, 1)}-${number.slice(1)},03-0000-${number.slice(1)},${rank > 1 ? rank - 1 : ''},bcp,business;night,night`
  })
  return Buffer.from([head, ...lines].join('\n'))
}

/** The same rows as the plan writes, into tables of the same shape that nothing looks at. */
const insertBare = (db: Database, { writes }: Plan) =>
  db.transaction().execute(async (tx) => {
    for (const table of tables)
      await sql`create temporary table ${sql.table(`bare_${table}`)} (like ${sql.table(table)} including defaults including generated including indexes) on commit drop`.execute(
        tx,
      )
    const into = async (table: string, rows: object[]) => {
      for (const batch of batches(rows))
        await tx
          .insertInto(table as 'institution')
          .values(batch as never)
          .execute()
    }
    await into('bare_institution', writes.institutions_added)
    await into('bare_site', writes.sites_added)
    await into('bare_contact', writes.contacts_added)
    await into('bare_contact_address', writes.ways_added)
    // Nothing of the market is touched; the trail has a line for each change of it, and this is none.
  })
