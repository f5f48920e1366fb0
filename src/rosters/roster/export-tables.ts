import { toCell } from './clear-word.ts'
import { type ContactColumn, contactColumnNames, type InstitutionColumn, institutionColumnNames } from './columns.ts'
import { type FileMeans, fileMeans, siteKinds } from './lines.ts'
import { wayWords } from './plan-contacts.ts'
import type { Directory, KnownContact, KnownInstitution } from './read-directory.ts'

/** A table as a file has it: its header and its lines, every cell a text. */
export type Exported = { kind: 'institutions' | 'contacts'; header: string[]; lines: string[][] }

/** The institutions in the columns of the import. */
export function institutionTable(directory: Directory, codes: Map<string, string>): Exported {
  const lines = [...directory.values()].map((institution) => {
    const row = institutionRow(institution, codes)
    return institutionColumnNames.map((name) => toCell(row[name]))
  })
  return { kind: 'institutions', header: institutionColumnNames, lines }
}

/** The contacts in the columns of the import. */
export function contactTable(directory: Directory): Exported {
  const places = new Map(
    [...directory.values()].flatMap(({ code, contacts }) => contacts.map(({ id, rank }) => [id, { code, rank }])),
  )
  const lines = [...directory.values()].flatMap(({ code, contacts }) =>
    contacts.map((contact) => {
      const caller = contact.called_by ? places.get(contact.called_by) : undefined
      const row = contactRow(code, contact)
      row.called_by = !caller ? '' : caller.code === code ? String(caller.rank) : `${caller.code}:${caller.rank}`
      return contactColumnNames.map((name) => toCell(row[name]))
    }),
  )
  return { kind: 'contacts', header: contactColumnNames, lines }
}

function institutionRow(one: KnownInstitution, codes: Map<string, string>): Record<InstitutionColumn, string> {
  const places = Object.fromEntries(
    siteKinds.flatMap((kind) => {
      const site = one.sites.find((site) => site.kind === kind)
      return [
        [`${kind}_address`, site?.address ?? ''],
        [`${kind}_area`, site?.area_code ?? ''],
      ]
    }),
  ) as Record<Extract<InstitutionColumn, `${(typeof siteKinds)[number]}_${string}`>, string>
  return {
    ...places,
    code: one.code,
    kind: one.kind,
    name_ja: one.name_ja,
    name_en: one.name_en,
    reading: one.reading,
    markets: one.markets.join(';'),
    functions: one.functions.join(';'),
    lei: one.lei ?? '',
    mic: one.mic ?? '',
    parent_code: one.parent_id ? (codes.get(one.parent_id) ?? '') : '',
    membership: one.membership,
    district: one.district_code ?? '',
    registration_kind: one.registration_kind,
    registration_number: one.registration_number,
    supervisor_code: one.supervised_by ? (codes.get(one.supervised_by) ?? '') : '',
    asked: one.is_asked ? 'yes' : 'no',
    active_from: one.active_from,
    active_to: one.active_to ?? '',
  }
}

function contactRow(institution_code: string, contact: KnownContact): Record<ContactColumn, string> {
  const ways = Object.fromEntries(
    fileMeans.map((means) => [
      means,
      contact.ways
        .filter((way) => way.means === means)
        .map((way) => wayWords(means, way))
        .join('; '),
    ]),
  ) as Record<FileMeans, string>
  return {
    ...ways,
    institution_code,
    rank: String(contact.rank),
    name: contact.name_ja,
    name_en: contact.name_en ?? '',
    reading: contact.reading,
    title: contact.title,
    duties: contact.duties.join(';'),
    hours: contact.hours.join(';'),
    first_responder: contact.first_responder.join(';'),
    called_by: '',
  }
}
