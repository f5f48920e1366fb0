import type { Language } from '#ground/html/language.ts'

type Columns = Record<string, { ja: string; required: boolean }>

/** One institution a line. A column that is not required and not there leaves what is known as it is. */
export const institutionColumns = {
  code: { ja: '機関コード', required: true },
  kind: { ja: '種別', required: true },
  name_ja: { ja: '名称', required: true },
  name_en: { ja: '英語名', required: true },
  reading: { ja: 'よみがな', required: false },
  markets: { ja: '市場', required: true },
  functions: { ja: '機能', required: true },
  lei: { ja: 'LEI', required: false },
  mic: { ja: 'MIC', required: false },
  parent_code: { ja: '親機関コード', required: false },
  head_office_address: { ja: '本店所在地', required: true },
  head_office_area: { ja: '本店地域コード', required: true },
  data_centre_address: { ja: 'データセンター所在地', required: false },
  data_centre_area: { ja: 'データセンター地域コード', required: false },
  backup_data_centre_address: { ja: '予備データセンター所在地', required: false },
  backup_data_centre_area: { ja: '予備データセンター地域コード', required: false },
  alternate_office_address: { ja: '代替オフィス所在地', required: false },
  alternate_office_area: { ja: '代替オフィス地域コード', required: false },
  active_from: { ja: '参加開始日', required: false },
  active_to: { ja: '参加終了日', required: false },
  membership: { ja: '会員区分', required: false },
  district: { ja: '地区協会', required: false },
  registration_kind: { ja: '登録・免許の種類', required: false },
  registration_number: { ja: '登録・免許の番号', required: false },
  supervisor_code: { ja: '所管する当局の機関コード', required: false },
  asked: { ja: '照会の対象', required: false },
} as const satisfies Columns

/** One contact a line. */
export const contactColumns = {
  institution_code: { ja: '機関コード', required: true },
  rank: { ja: '順番', required: true },
  name: { ja: '氏名', required: true },
  name_en: { ja: '英語名', required: false },
  reading: { ja: 'よみがな', required: false },
  title: { ja: '役職', required: false },
  duties: { ja: '担当', required: false },
  hours: { ja: '連絡できる時間帯', required: false },
  first_responder: { ja: '初動要員', required: false },
  mail: { ja: 'メール', required: true },
  mobile: { ja: '携帯電話', required: false },
  phone: { ja: '電話', required: false },
  priority_phone: { ja: '災害時優先電話', required: false },
  satellite: { ja: '衛星電話', required: false },
  fax: { ja: 'ファクス', required: false },
  called_by: { ja: '連絡元', required: false },
} as const satisfies Columns

/** The compact roster: one institution a line with its primary contact and deputy. */
export const columns = {
  code: { ja: '機関コード', required: true },
  kind: { ja: '種別', required: true },
  name_ja: { ja: '名称', required: true },
  name_en: { ja: '英語名', required: true },
  markets: { ja: '市場', required: true },
  functions: { ja: '機能', required: true },
  head_office_address: { ja: '本店所在地', required: true },
  head_office_area: { ja: '本店地域コード', required: true },
  data_centre_address: { ja: 'データセンター所在地', required: true },
  data_centre_area: { ja: 'データセンター地域コード', required: true },
  primary_name: { ja: '正担当者氏名', required: true },
  primary_name_en: { ja: '正担当者英語名', required: false },
  primary_mail: { ja: '正担当者メール', required: true },
  primary_phone: { ja: '正担当者電話', required: true },
  deputy_name: { ja: '副担当者氏名', required: true },
  deputy_name_en: { ja: '副担当者英語名', required: false },
  deputy_mail: { ja: '副担当者メール', required: true },
  deputy_phone: { ja: '副担当者電話', required: true },
} as const satisfies Columns

export type InstitutionColumn = keyof typeof institutionColumns
export type ContactColumn = keyof typeof contactColumns
export type Column = keyof typeof columns

const namesOf = <Name extends string>(of: Record<Name, unknown>) => Object.keys(of) as Name[]
export const columnNames = namesOf(columns)
export const institutionColumnNames = namesOf(institutionColumns)
export const contactColumnNames = namesOf(contactColumns)

const plain = (header: string) => header.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()

export type TableKind = 'institutions' | 'contacts' | 'compact'
const tables: Record<TableKind, Columns> = {
  compact: columns,
  institutions: institutionColumns,
  contacts: contactColumns,
}
const known = Object.fromEntries(
  Object.entries(tables).map(([kind, of]) => [
    kind,
    new Map(Object.entries(of).flatMap(([name, { ja }]) => [name, ja].map((header) => [plain(header), name] as const))),
  ]),
) as unknown as Record<TableKind, ReadonlyMap<string, string>>

/** The column of this kind of table that a header means, in either language, whatever its width, case and blanks. */
export const columnOf = (kind: TableKind, header: string): string | undefined => known[kind].get(plain(header))

export const columnsOf = (kind: TableKind): Columns => tables[kind]

/** Which kind of table this header belongs to: the one whose columns it names most of; a compact roster names its primary contact. */
export function kindOf(headers: readonly string[]): TableKind {
  const counts = (['institutions', 'contacts', 'compact'] as const).map((kind) => {
    const own = headers.filter((header) => columnOf(kind, header)).length
    return { kind, own }
  })
  return counts.reduce((best, next) => (next.own > best.own ? next : best)).kind
}

const labels: Record<string, string> = Object.fromEntries(
  Object.values(tables).flatMap((of) => Object.entries(of).map(([name, { ja }]) => [name, ja])),
)
/** The column as a page calls it. */
export const fieldLabel = (language: Language, field: string): string =>
  language === 'ja' ? (labels[field] ?? field) : field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')

/** The column under both its names; a header that is none of ours stays as it was written. */
export const columnLabel = (column: string): string =>
  Object.hasOwn(labels, column) && labels[column] !== column.toUpperCase() ? `${column}（${labels[column]}）` : column

const places = [...columnNames, ...institutionColumnNames, ...contactColumnNames] as string[]
/** Where a column stands among all of them, for sorting. */
export const columnPlace = (column: string): number => places.indexOf(column)
