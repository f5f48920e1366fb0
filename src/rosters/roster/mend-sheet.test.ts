import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import writeWorkbook from 'write-excel-file/node'
import { mendSheet } from './mend-sheet.ts'
import { parseFile } from './parse-file.ts'
import { packStored, unpack } from './unpack-workbook.ts'

const columns = 'institution_code,rank,name,name_en,mail,phone,mobile'.split(',')
const line = ['SEC-001', '1', '架空 一郎', 'Ichiro Kaku', 'bcp@firm.example', '03-0000-0001', '090-0000-0001']
const data = [columns, line].map((row) => row.map((value) => ({ value, type: String })))

/** A workbook of one contact, with a part of it written otherwise, or another part beside it. */
async function book(change: (sheet: string) => string, beside: Record<string, string> = {}) {
  const file = await writeWorkbook([{ sheet: '名簿', data: data as never }]).toBuffer()
  const unpacked = unpack(file)
  assert.ok('parts' in unpacked)
  const parts = unpacked.parts.map(({ name, content }) =>
    /worksheets\/sheet1\.xml$/.test(name.toString())
      ? { name, content: Buffer.from(change(content.toString())) }
      : { name, content },
  )
  const more = Object.entries(beside).map(([name, text]) => ({ name: Buffer.from(name), content: Buffer.from(text) }))
  return new Uint8Array(packStored([...parts, ...more]))
}
const cell = (place: string, written: string) => (sheet: string) => {
  const changed = sheet.replace(new RegExp(`<c r="${place}"[^>]*>.*?</c>`), written)
  assert.notEqual(changed, sheet, `no cell ${place}`)
  return changed
}
const problemsOf = async (file: Uint8Array) => {
  const upload = await parseFile(file)
  return 'problems' in upload
    ? upload.problems.map(({ line, column, reason_en }) => [line, column, reason_en])
    : assert.fail('it was taken')
}

for (const [what, written, said] of [
  ['that failed to compute', '<c r="G2" t="e"><f>VLOOKUP(A2,X!A:B,2,0)</f><v>#N/A</v></c>', '#N/A'],
  ['that failed, with other marks', `<c  s='3'  t='e' r="G2" ><v>#DIV/0!</v></c>`, '#DIV/0!'],
  ['that was never worked out', '<c r="G2"><f>A2</f></c>', '#CALC!'],
  ['that was never worked out, typed as a number', '<c r="G2" t="n"><f>A2</f></c>', '#CALC!'],
  ['of a shared formula without a result', '<c r="G2"><f t="shared" si="0"/></c>', '#CALC!'],
])
  test(`a cell ${what} is a problem by line and column, also where nothing is required`, async () => {
    assert.deepEqual(await problemsOf(await book(cell('G2', written!))), [
      [2, 'mobile', `A formula failed here (${said})`],
    ])
  })

test('a formula with its result, also an empty one, is read as that', async () => {
  const file = await book(cell('G2', '<c r="G2" t="str"><f>IF(TRUE,"")</f><v></v></c>'))
  const upload = await parseFile(file)
  assert.ok(!('problems' in upload))
  assert.deepEqual(Object.keys(upload.contacts?.[0]?.ways ?? {}).sort(), ['mail', 'phone'])
})

test('a theme, a drawing and a chain of calculations have numbers of their own, and are no cells far away', async () => {
  const upload = await parseFile(
    await book((sheet) => sheet, {
      'xl/theme/theme9.xml': '<a:fillToRect l="50000" t="-80000" r="50000" b="180000"/>',
      'xl/charts/chart9.xml': '<c:numRef><c:f>A1:A9</c:f></c:numRef><c:r val="99999"/>',
    }),
  )
  assert.ok('contacts' in upload && upload.contacts?.length === 1)
})

/** An archive with its one part packed. */
function packed(content: string): Uint8Array {
  const plain = packStored([{ name: Buffer.from('xl/worksheets/sheet1.xml'), content: Buffer.from(content) }])
  const small = deflateRawSync(Buffer.from(content))
  const [local, directory] = [plain.subarray(0, 54), plain.subarray(54 + Buffer.byteLength(content))]
  for (const [head, at] of [
    [local, 8],
    [directory, 10],
  ] as const) {
    head.writeUInt16LE(8, at)
    head.writeUInt32LE(small.length, at + 10)
  }
  directory.writeUInt32LE(54 + small.length, directory.length - 6)
  return new Uint8Array(Buffer.concat([local, small, directory]))
}
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
for (const [what, content] of [
  [
    'a row written as character references',
    sheetOf('<row r="1&#48;48576"><c r="&#88;FD1&#48;48576"><v>1</v></c></row>'),
  ],
  ['a cell written as character references', sheetOf('<row r="1"><c r="A&#x31;048576"><v>1</v></c></row>')],
  ['a row with a name of another space', '<x:worksheet><x:sheetData><x:row r="1048576"/></x:sheetData></x:worksheet>'],
  ['a row whose number is no number', sheetOf('<row r="1e9"/>')],
  ['seven million empty rows', sheetOf('<row/>'.repeat(7_000_000))],
  ['eight million strings', `<sst>${'<si/>'.repeat(8_000_000)}</sst>`],
  ['tags that never end', '<c '.repeat(3_000_000)],
])
  test(`${what} is refused, and who asks for a page does not wait for it`, async () => {
    const file = packed(content!)
    const reading = parseFile(file).then((upload) => ({ upload }))
    const page = new Promise<'page'>((resolve) => setImmediate(resolve, 'page'))
    assert.equal(await Promise.race([reading, page]), 'page')
    const { upload } = await reading
    assert.ok('problems' in upload)
    assert.match(upload.problems[0]!.reason_en, /too large|too much/)
  })

test('a part without a cell that failed is the same bytes', () => {
  const part = Buffer.from(sheetOf('<row r="1"><c r="A1" t="inlineStr"><is><t>狼煙 t="e"</t></is></c></row>'))
  assert.equal(mendSheet(part), part)
})
