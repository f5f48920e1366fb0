import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { root } from '#ground/config/root.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'

let site: TestDatabase
before(async () => {
  site = await testDatabase()
})
after(() => site.close())

/** Each column, and whether it may be null. */
type Columns = Record<string, boolean>

/** What our types say: parsed out of their text, since types are gone when a test runs. */
function written(): Map<string, Columns> {
  const tables = new Map<string, Columns>()
  const folder = fileURLToPath(new URL('src/ground/db/tables/', root))
  for (const file of globSync('*.ts', { cwd: folder })) {
    const text = readFileSync(`${folder}${file}`, 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '')
    const parts = new Map(
      [...text.matchAll(/^type (\w+) = \{\n(.*?)^\}/gms)].map(([, name, body]) => [name, body ?? '']),
    )
    const [, rows = ''] = /^ {2}interface Tables \{\n(.*?)^ {2}\}/ms.exec(text) ?? []
    for (const [, table = '', shared, inline, body] of rows.matchAll(
      /^ {4}(\w+): (?:(\w+) & )?\{(?: ([^\n]*) \}$|\n(.*?)^ {4}\}$)/gms,
    )) {
      const lines = [...(shared ? (parts.get(shared) ?? '').split('\n') : []), ...(inline ?? body ?? '').split(/\n|; /)]
      const columns = lines.flatMap((line) => {
        const [, name, type = ''] = /^\s*(\w+): (.*)$/.exec(line) ?? []
        return name ? [[name, /\bnull\b|\bMaybe/.test(type)] as const] : []
      })
      tables.set(table, Object.fromEntries(columns))
    }
    // A view of the newest versions has the columns of its table.
    for (const [, view = '', table = ''] of rows.matchAll(/^ {4}(\w+): Tables\['(\w+)'\]$/gm))
      tables.set(view, tables.get(table) ?? {})
  }
  return tables
}

test('the types of the tables are those of the database: each table, column, and what may be null', async () => {
  // Of what is computed (a view, a generated column) PostgreSQL does not know whether it may be null.
  const { rows } = await sql<{ table: string; column: string; is_nullable: boolean; is_computed: boolean }>`
    select c.relname as table, a.attname as column, not a.attnotnull as is_nullable,
      c.relkind = 'v' or a.attgenerated <> '' as is_computed
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
      and c.relname not like 'kysely_%'`.execute(site.db)
  const types = written()
  assert.deepEqual(
    [...types.keys()].sort(),
    [...new Set(rows.map((row) => row.table))].sort(),
    'src/ground/db/tables/<slice>.ts: a table that the database has and the types have not, or the reverse',
  )
  const wrong = [...types].flatMap(([table, ours]) => {
    const theirs = new Map(
      rows
        .filter((row) => row.table === table)
        .map(({ column, is_nullable, is_computed }) => [column, is_computed ? (ours[column] ?? null) : is_nullable]),
    )
    return [...new Set([...Object.keys(ours), ...theirs.keys()])]
      .filter((column) => ours[column] !== theirs.get(column))
      .map(
        (column) =>
          `${table}.${column}: null ${say(ours[column])} by the type, ${say(theirs.get(column))} in the database`,
      )
  })
  assert.deepEqual(wrong, [], 'src/ground/db/tables/<slice>.ts')
})

const say = (may_be_null: boolean | null | undefined) =>
  may_be_null === true ? 'allowed' : may_be_null === false ? 'not allowed' : '(no such column)'
