import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import writeWorkbook from 'write-excel-file/node'
import { contactWords } from '#directory/contacts/index.ts'
import { root } from '#ground/config/root.ts'
import { contactColumnNames, contactColumns, institutionColumnNames, institutionColumns } from './columns.ts'
import { parseFile } from './parse-file.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const institutions = (...lines: string[]) => [institutionColumnNames.join(','), ...lines].join('\n')
const contacts = (...lines: string[]) => [contactColumnNames.join(','), ...lines].join('\n')
const firm = 'SEC-001,securities_firm,蒼穹証券,Sokyu,そうきゅう,bonds,funds,,,,架空町1,350,,,,,,,2020-04-01,'
const person = 'SEC-001,1,星降 あかり,,,部長,bcp,night,night,bcp@sokyu.example,,03-0000-0001 内線12,,,,'
const sheet = (text: string) => text.split('\n').map((line) => line.split(',').map((value) => value || null))
const book = async (...sheets: (string | null | number | Date)[][][]) =>
  new Uint8Array(
    await writeWorkbook(
      sheets.map((data, index) => ({ sheet: `表${index + 1}`, data: data as never, dateFormat: 'yyyy-mm-dd' })),
    ).toBuffer(),
  )

async function taken(file: Uint8Array) {
  const upload = await parseFile(file)
  assert.deepEqual('problems' in upload ? upload.problems : [], [])
  assert.ok(!('problems' in upload))
  return upload
}
async function places(file: Uint8Array) {
  const upload = await parseFile(file)
  assert.ok('problems' in upload, 'it was taken')
  for (const { reason_ja, reason_en } of upload.problems) {
    assert.match(reason_ja, /[ぁ-ん]/)
    assert.doesNotMatch(reason_ja + reason_en, /\{\}|undefined/)
  }
  return upload.problems.map(({ sheet, line, column }) => [...(sheet ? [sheet] : []), line, column])
}

test('the header says which table it is, in either language and any encoding', async () => {
  const japanese = (of: Record<string, { ja: string }>) =>
    Object.values(of)
      .map(({ ja }) => ja)
      .join(',')
  for (const [text, what] of [
    [institutions(firm), 'institutions'],
    [`${japanese(institutionColumns)}\n${firm}`, 'institutions'],
    [contacts(person), 'contacts'],
    [`${japanese(contactColumns)}\n${person}`, 'contacts'],
    [`# TLP:AMBER 2027-01-15\n\n${contacts(person)}`, 'contacts'],
  ] as const)
    for (const file of [bytes(text), bytes(`\ufeff${text}`), new Uint8Array(iconv.encode(text, 'windows-31j'))]) {
      const upload = await taken(file)
      assert.equal(upload[what]?.length, 1)
      assert.equal(upload[what === 'contacts' ? 'institutions' : 'contacts'], null)
    }
})

for (const [whose, hours, first_responder] of [
  ['of the contact’s page', '営業時間内;平日夜間;休業日', '平日夜間'],
  ['of the contact’s page in English', 'Business hours;Nights;Holidays', 'Nights'],
  ['of earlier rosters', '営業時間;夜間;休日', '夜間'],
  ['of earlier rosters in English', 'business hours;Night;Holiday', 'Night'],
  ['of both', '営業時間;平日夜間;Holiday', '夜間'],
] as const)
  test(`hours are read in the words ${whose}`, async () => {
    const { contacts: read } = await taken(
      bytes(contacts(person.replace('night,night', `${hours},${first_responder}`))),
    )
    assert.deepEqual(read?.[0]?.hours, ['business', 'night', 'holiday'])
    assert.deepEqual(read?.[0]?.first_responder, ['night'])
  })

test('the sample of contacts speaks the words of the contact’s page; business hours are none of a first responder', async () => {
  const sample = await readFile(new URL('docs/roster-contacts.csv', root))
  const { contacts: read } = await taken(new Uint8Array(sample))
  assert.deepEqual(
    read?.map(({ hours }) => hours),
    [['business', 'night', 'holiday'], ['business']],
  )
  for (const word of Object.values(contactWords.ja.hours))
    assert.match(sample.toString(), new RegExp(`[,;]${word}[,;]`))
  assert.deepEqual(await places(bytes(contacts(person.replace('night,night', '夜間,営業時間内')))), [
    [2, 'first_responder'],
  ])
})

test('a contact is read with number, extension, hours and order', async () => {
  const { contacts: read } = await taken(bytes(contacts(person)))
  const [one] = read!
  assert.deepEqual(one?.ways.phone, [{ address: '+81300000001', extension: '12' }])
  assert.deepEqual(one?.ways.mail, [{ address: 'bcp@sokyu.example', extension: '' }])
  assert.deepEqual([one?.title, one?.duties, one?.hours, one?.first_responder], ['部長', ['bcp'], ['night'], ['night']])
})

test('an Excel file holds both tables, numbers and dates as Excel keeps them, and sheets for people beside them', async () => {
  const table = sheet(institutions(firm)) as (string | number | Date | null)[][]
  table[1]![11] = 350
  table[1]![18] = new Date('2020-04-01T00:00:00Z')
  const upload = await taken(await book([['読んでください']], [['# TLP:AMBER'], ...table], sheet(contacts(person))))
  assert.equal(upload.institutions?.[0]?.sites.head_office?.area_code, '350')
  assert.equal(upload.contacts?.length, 1)
})

test('problems of a workbook are named by sheet, row and column', async () => {
  const file = await book(
    sheet(institutions(firm.replace('350', '999'))),
    sheet(contacts(person, person.replace('内線12', '内'))),
  )
  assert.deepEqual(await places(file), [
    ['表1', 2, 'head_office_area'],
    ['表2', 3, 'phone'],
  ])
})

for (const [column, change, expected] of [
  ['code', ['SEC-001', '証券'], 'code'],
  ['lei', ['funds,,', 'funds,5493001KJTIIGC8Y1R13,'], 'lei'],
  ['mic', ['funds,,,', 'funds,,X,'], 'mic'],
  ['reading', ['そうきゅう', '蒼穹'], 'reading'],
  ['date', ['2020-04-01', '2020-02-30'], 'active_from'],
  ['dates', ['2020-04-01,', '2020-04-01,2019-01-01'], 'active_to'],
  ['a site without its area', ['架空町1,350,,', '架空町1,350,架空台2,'], 'data_centre_area'],
  ['a failed formula', ['蒼穹証券', '#REF!'], 'name_ja'],
] as const)
  test(`a line of institutions with a bad ${column} is named`, async () => {
    assert.deepEqual(await places(bytes(institutions(firm.replace(...(change as [string, string]))))), [[2, expected]])
  })

test('the same code twice, and a file of nothing, are refused', async () => {
  assert.deepEqual(await places(bytes(institutions(firm, firm))), [[3, 'code']])
  assert.deepEqual(await places(bytes(institutions())), [[1, null]])
  assert.deepEqual(await places(await book(sheet(contacts(person)), sheet(contacts(person)))), [[null, null]])
})

/** A zip archive as its directory describes it, with one entry or more. */
function zip(entries: { name: string; content: Buffer; declared?: number }[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, declared } of entries) {
    const packed = deflateRawSync(content)
    const fields = (head: number, extra: number) => {
      const buffer = Buffer.alloc(head)
      buffer.writeUInt16LE(8, extra)
      buffer.writeUInt32LE(packed.length, extra + 10)
      buffer.writeUInt32LE(declared ?? content.length, extra + 14)
      buffer.writeUInt16LE(name.length, extra + 18)
      return buffer
    }
    const local = fields(30, 8)
    local.writeUInt32LE(0x04034b50, 0)
    const central = fields(46, 10)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const whole = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(whole.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, whole, end]))
}
const cellAt = (place: string) =>
  `<worksheet><sheetData><row r="1"><c r="${place}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`
const named = (name: string, content: string | Buffer, declared?: number) => ({
  name,
  content: Buffer.from(content),
  ...(declared !== undefined && { declared }),
})
const bomb = Buffer.alloc(60 * 1024 * 1024, ' ')

for (const [what, file, reason] of [
  ['a bomb that says how large it is', zip([named('xl/worksheets/sheet1.xml', bomb)]), /too much/],
  ['a bomb that lies about its size', zip([named('xl/worksheets/sheet1.xml', bomb, 10)]), /too much|cannot be read/],
  [
    'a bomb in many parts',
    zip(Array.from({ length: 12 }, (_, n) => named(`${n}.xml`, bomb.subarray(0, 5e6)))),
    /too much/,
  ],
  ['a thousand parts', zip(Array.from({ length: 1000 }, (_, n) => named(`${n}.xml`, 'x'))), /too much/],
  ['a cell far to the right', zip([named('xl/worksheets/sheet1.xml', cellAt('XFD1'))]), /too large/],
  ['a cell far down', zip([named('xl/worksheets/sheet1.xml', cellAt('A1048576'))]), /too large/],
  ['an archive of something else', zip([named('word/document.xml', '<x/>')]), /cannot be read/],
  ['a damaged archive', new Uint8Array(Buffer.from('504b0304140006000800', 'hex')), /cannot be read/],
  [
    'an entry outside the archive',
    zip([named('a.xml', 'x')]).map((byte, index) => (index === 70 ? 255 : byte)),
    /cannot be read|too much/,
  ],
] as const)
  test(`${what} is refused`, async () => {
    const upload = await parseFile(file)
    assert.ok('problems' in upload)
    assert.match(upload.problems[0]!.reason_en, reason)
  })

test('an empty cell says nothing; what is to be cleared is named by a word', async () => {
  const full = {
    mic: 'XKAK',
    data_centre_address: '架空町2',
    data_centre_area: '350',
    active_to: '2030-01-15',
  }
  const lineOf = (cells: Record<string, string>) => {
    const known: Record<string, string> = {
      ...{
        code: 'SEC-001',
        kind: 'securities_firm',
        name_ja: '蒼穹証券',
        name_en: 'Sokyu',
        markets: 'bonds',
        functions: 'funds',
      },
      ...{ head_office_address: '架空町1', head_office_area: '350', ...cells },
    }
    return institutionColumnNames.map((name) => known[name] ?? '').join(',')
  }
  const read = async (cells: Record<string, string>) =>
    (await taken(bytes(institutions(lineOf(cells))))).institutions![0]!
  assert.equal((await read(full)).mic, full.mic)
  const silent = await read({})
  assert.deepEqual([silent.mic, silent.reading, silent.active_to, silent.sites.data_centre], Array(4).fill(undefined))
  for (const word of ['削除', 'clear', ' CLEAR ', 'ｃｌｅａｒ', '　Ｃｌｅａｒ']) {
    const cleared = await read(Object.fromEntries(Object.keys(full).map((name) => [name, word])))
    assert.deepEqual([cleared.mic, cleared.active_to, cleared.sites.data_centre], [null, null, null])
  }
  const [, mail, , phone] = ['', 'bcp@sokyu.example', '', '03-0000-0001 内線12']
  const gone = (await taken(bytes(contacts(person.replace(phone!, '削除'))))).contacts![0]!
  assert.deepEqual([gone.ways.phone, gone.ways.mail?.length, mail], [[], 1, 'bcp@sokyu.example'])
  const kept = (await taken(bytes(contacts(person.replace(phone!, ''))))).contacts![0]!
  assert.equal(kept.ways.phone, undefined)
  for (const column of ['code', 'name_ja', 'head_office_area', 'active_from'])
    for (const word of ['削除', 'ＣＬＥＡＲ']) {
      const file = bytes(institutions(lineOf({ [column]: word })))
      assert.deepEqual(await places(file), [[2, column]], column)
      const refused = await parseFile(file)
      assert.ok('problems' in refused)
      assert.equal(refused.problems[0]?.reason_en, `It is required: "${word}" cannot clear it`)
    }
  const named = await read({ name_en: "'Clear", reading: 'clear' })
  assert.deepEqual([named.name_en, named.reading], ['Clear', ''])
})

test('a formula that was never computed is refused, not guessed', async () => {
  const table = sheet(contacts(person)) as unknown[][]
  table[1]![2] = { value: '=1+1', type: 'Formula' }
  assert.deepEqual(await places(await book(table as never)), [[2, 'name']])
})

test('an .xls and a text file called .xlsx are named for what they are', async () => {
  assert.deepEqual(await places(new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex'))), [[null, null]])
  assert.deepEqual(await places(bytes('hello')), [
    [1, 'hello'],
    ...institutionColumnNames.filter((name) => institutionColumns[name].required).map((name) => [1, name]),
  ])
})
