import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { start } from '#app/start.ts'
import { addContacts, plainAddresses } from '#directory/contacts/index.ts'
import { readConfig } from '#ground/config/config.ts'
import { batches } from '#ground/db/batches.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { submitTest } from '#tests/kit/deliveries.ts'

export type Broadcast = Awaited<ReturnType<typeof openBroadcast>>

/** A program of its own on a fresh database, with a market of so many institutions and contacts each. */
export async function openBroadcast(
  sink_url: string,
  { institutions, contacts_each }: { institutions: number; contacts_each: number },
) {
  const folder = await mkdtemp(path.join(tmpdir(), 'noroshi-deliveries-'))
  const environment = {
    NOROSHI_DATA: folder,
    SMTP_URL: sink_url,
    NOROSHI_OFF: 'feeds',
    PUBLIC_ORIGIN: 'http://localhost:3000',
  }
  const { tools, store, close } = await start(readConfig(environment))
  const by = await market(tools.db, institutions, contacts_each)
  return {
    tools,
    store,
    environment,
    /** A notice to everybody at once, put forward; what is given releases it. */
    submit: (severity: 'urgent' | 'routine' = 'urgent') =>
      submitTest(tools, by, { mode: 'exercise', severity }, { is_checked: true }),
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function market(db: Database, count: number, contacts_each: number): Promise<Person> {
  const code = (index: number) => `BEN-${String(index).padStart(5, '0')}`
  const rows = Array.from({ length: count }, (_, index) => ({
    code: code(index),
    kind: index === 0 ? ('association' as const) : ('securities_firm' as const),
    name_ja: `架空第${index}証券`,
    name_en: `Fictional ${index}`,
    active_from: '2020-01-01',
  }))
  const made: { id: string; code: string }[] = []
  for (const some of batches(rows))
    made.push(...(await db.insertInto('institution').values(some).returning(['id', 'code']).execute()))
  for (let rank = 1; rank <= contacts_each; rank++)
    await addContacts(
      db as Tx,
      made.map(({ id, code }) => ({
        institution_id: id,
        rank,
        name_ja: `架空 担当${rank}`,
        name_en: `Contact ${rank}`,
        addresses: plainAddresses(`c${rank}@${code.toLowerCase()}.example`, null),
      })),
    )
  const institution_id = made[0]?.id ?? ''
  const name = { name_ja: '架空 太郎', name_en: null }
  const { id } = await db
    .insertInto('person')
    .values({ ...name, email: 'desk@market.example', institution_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, ...name, institution_id, roles: ['secretariat'] }
}
