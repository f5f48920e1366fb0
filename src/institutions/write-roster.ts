import { sql } from 'kysely'
import { addContacts, plainAddresses } from '#contacts/index.ts'
import { batches } from '#db/batches.ts'
import type { Tx } from '#db/database.ts'
import { toCivilInput } from '#html/civil.ts'
import { linkContacts } from './link-contacts.ts'
import { type Known, readKnown } from './read-known.ts'
import type { RosterLine } from './roster-line.ts'

export type Counts = { added: number; changed: number; unchanged: number }

/** Writes what differs between the directory and the lines of a roster, in few statements however many lines there are. */
export async function writeRoster(tx: Tx, lines: RosterLine[], at: Date): Promise<Counts> {
  const before = await readKnown(tx, lines)
  const wanted = lines.map((line) => ({ line, known: before.get(line.code) }))
  const added = wanted.filter(({ known }) => !known)
  const changed = wanted.filter(({ line, known }) => known && differs(line, known))

  const ids = await writeInstitutions(
    tx,
    [...added, ...changed].map(({ line }) => line),
    at,
  )
  const touched = [...added, ...changed].map(({ line, known }) => ({
    ...difference(line, known),
    id: ids.get(line.code)!,
  }))
  const all = <T>(pick: (one: (typeof touched)[number]) => T[]) =>
    touched.flatMap((one) => pick(one).map((row) => ({ ...row, institution_id: one.id })))

  await removeMarkets(
    tx,
    all((one) => one.markets.gone.map((market) => ({ market }))),
  )
  await removeFunctions(
    tx,
    all((one) => one.functions.gone.map((function_code) => ({ function_code }))),
  )
  const sites = touched.flatMap((one) => one.sites.gone.map(({ id }) => id))
  const contacts = touched.flatMap((one) => one.contacts.gone.map(({ id }) => id))
  await tx.deleteFrom('site').where('id', '=', sql<string>`any(${sites}::uuid[])`).execute()
  await tx
    .updateTable('contact')
    .set({ removed_at: at })
    .where('id', '=', sql<string>`any(${contacts}::uuid[])`)
    .execute()
  await tx
    .updateTable('contact_address')
    .set({ removed_at: at })
    .where('contact_id', '=', sql<string>`any(${contacts}::uuid[])`)
    .execute()

  for (const rows of batches(all((one) => one.markets.come.map((market) => ({ market })))))
    await tx.insertInto('institution_market').values(rows).execute()
  for (const rows of batches(all((one) => one.functions.come.map((function_code) => ({ function_code })))))
    await tx.insertInto('institution_function').values(rows).execute()
  for (const rows of batches(all((one) => one.sites.come))) await tx.insertInto('site').values(rows).execute()
  await addContacts(
    tx,
    all((one) => one.contacts.come).map(({ mail, phone, ...contact }) => ({
      ...contact,
      addresses: plainAddresses(mail, phone),
    })),
  )
  await linkContacts(
    tx,
    lines.map(({ code }) => code),
  )

  return { added: added.length, changed: changed.length, unchanged: lines.length - added.length - changed.length }
}

function differs(line: RosterLine, known: Known): boolean {
  const own = (['kind', 'name_ja', 'name_en'] as const).some((name) => line[name] !== known[name])
  const parts = Object.values(difference(line, known))
  return own || known.active_to !== null || parts.some(({ come, gone }) => come.length + gone.length > 0)
}

/** What comes and what goes. A row that stays exactly as it is stays the same row, with all that refers to it. */
function difference(line: RosterLine, known: Known | undefined) {
  const contacts = line.contacts.map((contact) => {
    const same = known?.contacts.find(({ rank, mail }) => rank === contact.rank && mail === contact.mail)
    // An empty English name says nothing: the one we have is kept.
    return { ...contact, name_en: contact.name_en ?? same?.name_en ?? null }
  })
  return {
    markets: apart(line.markets, known?.markets ?? [], String),
    functions: apart(line.functions, known?.functions ?? [], String),
    sites: apart(line.sites, known?.sites ?? [], ({ kind, address, area_code }: Site) =>
      JSON.stringify([kind, address, area_code]),
    ),
    contacts: apart(contacts, known?.contacts ?? [], ({ rank, name_ja, name_en, mail, phone }: Contact) =>
      JSON.stringify([rank, name_ja, name_en, mail, phone]),
    ),
  }
}

type Site = RosterLine['sites'][number]
type Contact = Omit<RosterLine['contacts'][number], 'mail'> & { mail: string | null }

function apart<Come extends Common, Gone extends Common, Common>(
  wanted: Come[],
  had: Gone[],
  key: (row: Common) => string,
) {
  const after = new Set(wanted.map(key))
  const before = new Set(had.map(key))
  return { come: wanted.filter((row) => !before.has(key(row))), gone: had.filter((row) => !after.has(key(row))) }
}

/** Adds or updates by code; who is in a roster takes part, also when they had left. */
async function writeInstitutions(tx: Tx, lines: RosterLine[], at: Date): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const active_from = toCivilInput(at).slice(0, 10)
  const all = lines.map(({ code, kind, name_ja, name_en }) => ({ code, kind, name_ja, name_en, active_from }))
  for (const rows of batches(all)) {
    const written = await tx
      .insertInto('institution')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet(({ ref }) => ({
          kind: ref('excluded.kind'),
          name_ja: ref('excluded.name_ja'),
          name_en: ref('excluded.name_en'),
          active_to: null,
        })),
      )
      .returning(['id', 'code'])
      .execute()
    for (const { id, code } of written) ids.set(code, id)
  }
  return ids
}

const removeMarkets = (tx: Tx, rows: { institution_id: string; market: string }[]) =>
  sql`
  delete from institution_market using unnest(
    ${rows.map((row) => row.institution_id)}::uuid[], ${rows.map((row) => row.market)}::text[]
  ) as gone (institution_id, market)
  where institution_market.institution_id = gone.institution_id and institution_market.market = gone.market`.execute(tx)

const removeFunctions = (tx: Tx, rows: { institution_id: string; function_code: string }[]) =>
  sql`
  delete from institution_function using unnest(
    ${rows.map((row) => row.institution_id)}::uuid[], ${rows.map((row) => row.function_code)}::text[]
  ) as gone (institution_id, function_code)
  where institution_function.institution_id = gone.institution_id
    and institution_function.function_code = gone.function_code`.execute(tx)
