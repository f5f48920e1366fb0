import iconv from 'iconv-lite'
import writeWorkbook from 'write-excel-file/node'
import { csvLines, utf8_mark } from '#ground/lists/csv.ts'
import { labelNames } from '#ground/rights/labels.ts'
import type { Exported } from './export-tables.ts'

export const formats = ['xlsx', 'csv', 'csv_shift_jis'] as const
export type Format = (typeof formats)[number]

export type ExportedFile = {
  name: string
  media_type: string
  bytes: Uint8Array
}
/** Characters that Shift_JIS does not have, and where the first ones stand. */
export type Unmappable = { characters: string[]; lines: string[] }

/** Said in the file itself, so that a copy passed on still says it. The import reads over it. */
const noteOf = (tables: Exported[], day: string) =>
  `# ${labelNames.amber} ${day} ${tables.map(({ kind, lines }) => `${kind}: ${lines.length}`).join(', ')}`

const nameOf = (tables: Exported[], day: string, extension: string) => {
  const counts = tables.map(({ kind, lines }) => `${kind}-${lines.length}`).join('-')
  return `noroshi-${counts}-${day}-TLP-AMBER.${extension}`
}

/** The tables as one file. CSV holds one table; of Shift_JIS, every character that it cannot hold is named and no file is made. */
export async function fileOf(
  format: Format,
  tables: Exported[],
  day: string,
): Promise<ExportedFile | { unmappable: Unmappable }> {
  const note = noteOf(tables, day)
  if (format === 'xlsx')
    return {
      name: nameOf(tables, day, 'xlsx'),
      media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes: await workbook(tables, note),
    }
  const [table] = tables
  const csv = csvLines([[note], table!.header, ...table!.lines])
  const named = { name: nameOf(tables, day, 'csv') }
  if (format === 'csv')
    return { ...named, media_type: 'text/csv; charset=utf-8', bytes: Buffer.from(utf8_mark + csv, 'utf8') }
  const bytes = iconv.encode(csv, 'windows-31j')
  const unmappable = lost(table!)
  return unmappable ? { unmappable } : { ...named, media_type: 'text/csv; charset=Shift_JIS', bytes }
}

const workbook = (tables: Exported[], note: string): Promise<Uint8Array> =>
  writeWorkbook(
    tables.map(({ kind, header, lines }) => ({
      sheet: kind,
      data: [
        [{ value: note, type: String }],
        header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
        ...lines.map((line) => line.map((value) => (value === '' ? null : { value, type: String }))),
      ],
      columns: header.map(() => ({ width: 18 })),
      stickyRowsCount: 2,
    })),
  ).toBuffer()

const shown_max = 20

/** What is not the same after a way to Shift_JIS and back. */
function lost({ lines }: Exported): Unmappable | null {
  const survives = new Map<string, boolean>()
  const isLost = (character: string) => {
    const known = survives.get(character)
    if (known !== undefined) return !known
    const kept = iconv.decode(iconv.encode(character, 'windows-31j'), 'windows-31j') === character
    survives.set(character, kept)
    return !kept
  }
  const characters = new Set<string>()
  const where: string[] = []
  for (const line of lines) {
    // What Shift_JIS surely has is not asked for one by one.
    const wide = line.join('').replaceAll(/[\x20-\x7e]/g, '')
    const bad = [...wide].filter(isLost)
    if (bad.length === 0) continue
    for (const character of bad) characters.add(character)
    if (where.length < shown_max) where.push(`${line[0]} ${line[2]}`)
  }
  return characters.size > 0 ? { characters: [...characters].slice(0, shown_max), lines: where } : null
}
