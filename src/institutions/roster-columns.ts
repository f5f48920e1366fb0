/** The columns of a roster: the name that code and files share, and the Japanese name that a file may use instead. */
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
} as const satisfies Record<string, { ja: string; required: boolean }>

export type Column = keyof typeof columns
export const columnNames = Object.keys(columns) as Column[]

const plain = (header: string) => header.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
const known = new Map(
  columnNames.flatMap((column) => [column, columns[column].ja].map((name) => [plain(name), column])),
)

/** The column that a header means, in either language, whatever its width, case and blanks. */
export const columnOf = (header: string): Column | undefined => known.get(plain(header))

/** The column under both its names; a header that is none of ours stays as it was written. */
export const columnLabel = (column: string): string =>
  Object.hasOwn(columns, column) ? `${column}（${columns[column as Column].ja}）` : column
