import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { type Column, columnNames, columns } from './columns.ts'
import { parseRoster } from './parse-roster.ts'
import { problems_max } from './problem.ts'

const firm: Record<Column, string> = {
  code: 'SEC-001',
  kind: 'securities_firm',
  name_ja: '蒼穹証券',
  name_en: 'Sokyu Securities',
  markets: 'exchange;bonds',
  functions: 'order_trading;settlement',
  head_office_address: '東京都中央区架空町1-1',
  head_office_area: '350',
  data_centre_address: '大阪府大阪市架空町2-2',
  data_centre_area: '520',
  primary_name: '星降 あかり',
  primary_name_en: 'Akari Hoshifuri',
  primary_mail: 'bcp@sokyu.example',
  primary_phone: '03-0000-0001',
  deputy_name: '虹ヶ瀬 なぎ',
  deputy_name_en: '',
  deputy_mail: 'deputy@sokyu.example',
  deputy_phone: '',
}
const other = {
  ...firm,
  code: 'SEC-002',
  primary_mail: 'bcp@ginkan.example',
  deputy_mail: 'deputy@ginkan.example',
}
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const csv = (lines: Partial<Record<Column, string>>[], { end = '\r\n', head = columnNames as string[] } = {}) =>
  [head.join(','), ...lines.map((line) => columnNames.map((name) => quoted(line[name] ?? '')).join(','))].join(end) +
  end
const utf8 = (text: string) => Buffer.from(text)
const japanese = columnNames.map((name) => columns[name].ja)

function places(bytes: Uint8Array) {
  const parsed = parseRoster(bytes)
  assert.ok('problems' in parsed, 'it was taken')
  for (const { reason_ja, reason_en } of parsed.problems) {
    assert.match(reason_ja, /[ぁ-ん]/)
    assert.doesNotMatch(reason_en, /[ぁ-ん]/)
    assert.doesNotMatch(reason_ja + reason_en, /\{\}|undefined/)
  }
  return parsed.problems.map(({ line, column }) => [line, column])
}
function taken(bytes: Uint8Array) {
  const parsed = parseRoster(bytes)
  assert.deepEqual('problems' in parsed ? parsed.problems : [], [])
  assert.ok('lines' in parsed)
  return parsed.lines
}

const read = {
  line: 2,
  code: 'SEC-001',
  kind: 'securities_firm',
  name_ja: '蒼穹証券',
  name_en: 'Sokyu Securities',
  markets: ['exchange', 'bonds'],
  functions: ['order_trading', 'settlement'],
  sites: [
    { kind: 'head_office', address: '東京都中央区架空町1-1', area_code: '350' },
    { kind: 'data_centre', address: '大阪府大阪市架空町2-2', area_code: '520' },
  ],
  contacts: [
    {
      rank: 1,
      name_ja: '星降 あかり',
      name_en: 'Akari Hoshifuri',
      mail: 'bcp@sokyu.example',
      phone: '+81300000001',
    },
    { rank: 2, name_ja: '虹ヶ瀬 なぎ', name_en: null, mail: 'deputy@sokyu.example', phone: null },
  ],
}

for (const [name, bytes] of [
  ['UTF-8', utf8(csv([firm]))],
  ['UTF-8 with a byte order mark', utf8(`\ufeff${csv([firm])}`)],
  ['Shift_JIS', iconv.encode(csv([firm]), 'windows-31j')],
  ['Shift_JIS with Japanese headers', iconv.encode(csv([firm], { head: japanese }), 'windows-31j')],
  ['LF', utf8(csv([firm], { end: '\n' }))],
  ['CR', utf8(csv([firm], { end: '\r' }))],
  ['no line end after the last line', utf8(csv([firm]).trimEnd())],
  ['every cell quoted', utf8(csv([firm]).replaceAll(/[^,\r\n]+/g, '"$&"'))],
  ['trailing commas, as a spreadsheet leaves them', utf8(csv([firm]).replaceAll('\r\n', ',,\r\n'))],
  ['Japanese headers in full width and with blanks', utf8(csv([firm], { head: japanese.map((head) => ` ${head}　`) }))],
] as const)
  test(`a roster is read from ${name}`, () => assert.deepEqual(taken(bytes), [read]))

test('a roster may put its columns in any order and leave out the optional ones', () => {
  const names = columnNames.toReversed().filter((name) => columns[name].required)
  const [line] = taken(utf8(`${names.join(',')}\n${names.map((name) => quoted(firm[name])).join(',')}\n`))
  assert.deepEqual(line, { ...read, contacts: read.contacts.map((contact) => ({ ...contact, name_en: null })) })
})

for (const [cell, written, expected] of [
  ['code', 'ｓｅｃ－００１', 'SEC-001'],
  ['kind', '証券会社', 'securities_firm'],
  ['kind', 'ＰＴＳ', 'pts'],
  ['kind', '清算機関(国債)', 'clearing_bonds'],
  ['name_ja', '　髙﨑①証券　', '髙﨑①証券'],
  ['markets', '公社債；取引所取引;bonds', ['exchange', 'bonds']],
  ['markets', '取引所外取引、公社債', ['off_exchange', 'bonds']],
  ['functions', '決済、約定（注文・売買）', ['order_trading', 'settlement']],
  ['functions', '決済、注文・売買', ['order_trading', 'settlement']],
] as const)
  test(`the cell ${cell} may say ${written}`, () => {
    for (const bytes of [utf8(csv([{ ...firm, [cell]: written }]))]) assert.deepEqual(taken(bytes)[0]?.[cell], expected)
  })

test('letters that only Windows has in its Shift_JIS arrive as they are', () => {
  const bytes = iconv.encode(csv([{ ...firm, name_ja: '髙﨑①～証券' }]), 'windows-31j')
  assert.equal(taken(bytes)[0]?.name_ja, '髙﨑①～証券')
})

test('an area may be given by its name', () => {
  const [line] = taken(utf8(csv([{ ...firm, head_office_area: '東京都２３区', data_centre_area: '千葉県北西部' }])))
  assert.deepEqual(
    line?.sites.map(({ area_code }) => area_code),
    ['350', '341'],
  )
})

test('mail addresses lose width and case, phones their long dashes', () => {
  const [line] = taken(
    utf8(csv([{ ...firm, primary_mail: 'ＢＣＰ＠Sokyu.example', primary_phone: '０３ー００００−０００１' }])),
  )
  assert.equal(line?.contacts[0]?.mail, 'bcp@sokyu.example')
  assert.equal(line?.contacts[0]?.phone, '+81300000001')
})

test('an institution may have neither a data centre nor a deputy', () => {
  const none = { data_centre_address: '', data_centre_area: '', deputy_name: '', deputy_mail: '' }
  const [line] = taken(utf8(csv([{ ...firm, ...none }])))
  assert.deepEqual([line?.sites.length, line?.contacts.length], [1, 1])
})

for (const end of ['\n', '\r\n', '\r'])
  test(`lines are counted as an editor counts, over quoted line ends and empty lines (${JSON.stringify(end)})`, () => {
    const first = { ...firm, head_office_address: `東京都中央区${end}架空町${end}1-1` }
    const text = csv([first, { ...other, code: 'x' }], { end }).replace(`${end}SEC-001`, `${end}${end}SEC-001`)
    assert.deepEqual(places(utf8(text)), [[6, 'code']])
    const [line] = taken(utf8(csv([first], { end })))
    assert.equal(line?.sites[0]?.address, '東京都中央区 架空町 1-1')
  })

for (const [column, written] of [
  ['code', ''],
  ['code', 'A'],
  ['code', 'A_1'],
  ['code', 'A'.repeat(21)],
  ['code', '証券1'],
  ['kind', ''],
  ['kind', '銀行'],
  ['kind', 'constructor'],
  ['name_ja', ' 　'],
  ['name_ja', 'あ'.repeat(101)],
  ['name_ja', '蒼穹\n証券'],
  ['name_ja', '蒼穹\u202e証券'],
  ['name_ja', '蒼穹\ue000証券'],
  ['name_en', 'Sokyu\u0000'],
  ['markets', ''],
  ['markets', 'exchange;moon'],
  ['functions', ''],
  ['functions', 'lunch'],
  ['head_office_address', ''],
  ['head_office_area', '35'],
  ['head_office_area', '3500'],
  ['head_office_area', '999'],
  ['head_office_area', '東京'],
  ['data_centre_area', ''],
  ['data_centre_address', ''],
  ['primary_name', ''],
  ['primary_mail', ''],
  ['primary_mail', 'bcp'],
  ['primary_mail', 'bcp@sokyu.example, x@sokyu.example'],
  ['primary_mail', 'bcp@sokyu.example\r\nBcc: x@sokyu.example'],
  ['primary_mail', 'BCP <bcp@sokyu.example>'],
  ['primary_mail', `${'a'.repeat(250)}@sokyu.example`],
  ['primary_phone', 'なし'],
  ['primary_phone', '110'],
  ['deputy_name', ''],
  ['deputy_mail', ''],
  ['deputy_mail', 'bcp@sokyu.example'],
] as const)
  test(`a bad ${column} is named: ${JSON.stringify(written).slice(0, 40)}`, () => {
    const text = csv([other, { ...firm, [column]: written }])
    if (written.includes('\0')) return assert.deepEqual(places(utf8(text)), [[null, null]])
    assert.deepEqual(places(utf8(text)), [[3, column]])
  })

test('every problem of every line is named, in file order, and no line is taken', () => {
  const bytes = utf8(
    csv([{ ...firm, kind: '?', markets: 'moon;mars' }, other, { ...firm, code: '', deputy_mail: '@' }]),
  )
  assert.deepEqual(places(bytes), [
    [2, 'kind'],
    [2, 'markets'],
    [2, 'markets'],
    [4, 'code'],
    [4, 'primary_mail'],
    [4, 'deputy_mail'],
  ])
})

test('a code that stands twice and a mail address of two institutions name the line where they stood first', () => {
  const parsed = parseRoster(utf8(csv([firm, other, { ...other, code: 'SEC-003' }, { ...firm, code: 'sec-001' }])))
  assert.ok('problems' in parsed)
  assert.deepEqual(
    parsed.problems.map(({ line, column, reason_en }) => [line, column, reason_en.match(/line (\d+)/)?.[1]]),
    [
      [4, 'primary_mail', '3'],
      [4, 'deputy_mail', '3'],
      [5, 'code', '2'],
    ],
  )
})

for (const [name, head, expected] of [
  ['an unknown column', [...columnNames.slice(0, -1), 'telex'], ['telex', 'deputy_phone']],
  [
    'a column in both languages',
    [...columnNames.slice(0, -1), 'メール', '機関コード'],
    ['code', 'メール', 'deputy_phone'],
  ],
  ['a nameless column', ['', ...columnNames.slice(1)], ['#1', 'code']],
] as const)
  test(`${name} is a problem of line 1 and nothing else is read`, () => {
    const found = places(utf8(csv([{ ...firm, code: '' }], { head: [...head] })))
    assert.deepEqual(found.map(([, column]) => column).sort(), [...expected].sort())
    assert.ok(found.every(([line]) => line === 1))
  })

for (const [name, bytes, expected] of [
  ['empty', utf8(''), [null, null]],
  ['only a byte order mark and blanks', utf8('\ufeff \r\n'), [null, null]],
  ['only a header', utf8(csv([])), [1, null]],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${csv([firm])}`, 'utf16le'), [null, null]],
  ['UTF-16 without a mark', Buffer.from(csv([firm]), 'utf16le'), [null, null]],
  ['a workbook', Buffer.from('504b0304140006000800', 'hex'), [null, null]],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), [null, null]],
  ['ISO-2022-JP', utf8(csv([firm]).replace('蒼穹証券', '\x1b$B>ZMn\x1b(B')), [2, null]],
  ['EUC-JP', iconv.encode(csv([firm]), 'euc-jp'), [2, null]],
  ['UTF-8 with a damaged byte', Buffer.concat([utf8(csv([firm])), Buffer.from([0xe8]), utf8(csv([other]))]), [3, null]],
  ['UTF-8 with a mark and a damaged byte', Buffer.concat([utf8('\ufeff'), Buffer.from([0x93, 0xfa])]), [1, null]],
  ['too large', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), [null, null]],
  ['a quote inside a cell', utf8(`${csv([firm])}a"b,c\n`), [3, null]],
  ['something after a closing quote', utf8(`${csv([firm])}"a"b,c\n`), [3, null]],
  ['a quote that is never closed', utf8(`${csv([firm])}"a,b\nc\nd\n`), [3, null]],
  ['too few cells', utf8(`${csv([firm])}SEC-002,exchange\n`), [3, null]],
  ['too many cells', utf8(csv([firm]).replace(/\r\n$/, ',,x\r\n')), [2, null]],
] as const)
  test(`a file that is ${name} is refused with its place and reason`, () => assert.deepEqual(places(bytes), [expected]))

test('more lines than the limit are refused', () => {
  const many = Array.from({ length: 5001 }, (_, index) => ({ ...firm, code: `F-${index}` }))
  assert.deepEqual(places(utf8(csv(many))), [[5002, null]])
})

test('a file full of mistakes shows the first 200 and says how many more there are', () => {
  const parsed = parseRoster(utf8(csv(Array.from({ length: 300 }, () => ({ ...firm, code: '' })))))
  assert.ok('problems' in parsed)
  assert.equal(parsed.problems.length, problems_max)
  // 300 codes; and from the second line on, two mail addresses that belong to the first.
  assert.equal(parsed.more, 300 + 299 * 2 - problems_max)
})
