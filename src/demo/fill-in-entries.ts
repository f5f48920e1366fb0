import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { personReadingOf, readingOf } from './readings.ts'

/**
 * Gives the invented institutions what a compact roster does not say: how they are read, an LEI, for a venue its MIC, and for some
 * firms their parent. The codes have the form of real ones, check digits included, and begin as no issuer's do.
 */
export async function fillInEntries(tx: Tx) {
  const institutions = await tx.selectFrom('institution').select(['id', 'code', 'kind', 'name_ja']).execute()
  const entries = institutions.map(({ id, code, kind, name_ja }) => ({
    ...{ id, reading: readingOf(name_ja), lei: leiOf(code) },
    mic: kind === 'exchange' || kind === 'pts' ? micOf(code) : null,
    parent: parents[code] ?? null,
  }))
  await sql`
    update institution set reading = entry.reading, lei = entry.lei, mic = entry.mic,
      parent_id = (select parent.id from institution as parent where parent.code = entry.parent)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as entry (id uuid, reading text, lei text, mic text, parent text)
    where institution.id = entry.id`.execute(tx)
}

/** How the invented contacts are read. */
export async function fillInReadings(tx: Tx) {
  const contacts = await tx.selectFrom('contact').select(['id', 'name_ja']).execute()
  const readings = contacts.map(({ id, name_ja }) => ({ id, reading: personReadingOf(name_ja) }))
  await sql`
    update contact set reading = said.reading
    from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb) as said (id uuid, reading text)
    where contact.id = said.id`.execute(tx)
}

/** Firms of a group: those of two banks, and one of another firm. */
const parents: Record<string, string> = {
  'SEC-004': 'SPM-001',
  'SEC-009': 'SPM-001',
  'SEC-015': 'SPM-002',
  'SEC-023': 'SEC-001',
}

/** ISO 17442: XXXX stands where the number of the issuer would be, then the institution's own code, and two check digits. */
function leiOf(code: string): string {
  const body = `XXXX00DEMO${code.replace(/[^0-9A-Z]/g, '')}`.padEnd(18, '0')
  const figures = [...`${body}00`].map((character) => Number.parseInt(character, 36)).join('')
  return body + String(98n - (BigInt(figures) % 97n)).padStart(2, '0')
}

/** ISO 10383 has four characters: DE, then the venue's kind and number. */
const micOf = (code: string) => `DE${code.slice(0, 1)}${code.slice(-1)}`
