import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanName, file_bytes_max, judgeFile } from './judge-file.ts'

const pdf = Buffer.from('%PDF-1.7 架空')
const zip = (...parts: string[]) => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from(parts.join('\0'))])
const docx = zip('[Content_Types].xml', 'word/document.xml')

for (const [name, bytes, expected] of [
  ['a.pdf', pdf, 'application/pdf'],
  ['A.PDF', pdf, 'application/pdf'],
  ['写真.png', Buffer.from('89504e470d0a1a0a00', 'hex'), 'image/png'],
  ['x.jpeg', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
  ['一覧.csv', Buffer.from('機関,状況\r\n'), 'text/csv'],
  ['sjis.txt', Buffer.from('8ee69788', 'hex'), 'text/plain'],
  ['x.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [
    'x.xlsx',
    zip('[Content_Types].xml', 'xl/workbook.xml'),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
] as const)
  test(`${name} may be attached`, () => {
    const judged = judgeFile(name, bytes)
    assert.ok('media_type' in judged)
    assert.equal(judged.media_type, expected)
  })

for (const [name, bytes, expected] of [
  ['a.pdf', Buffer.alloc(0), 'empty'],
  ['a.pdf', Buffer.concat([pdf, Buffer.alloc(file_bytes_max)]), 'size'],
  ['a.exe', Buffer.from('MZ'), 'type'],
  ['a.html', Buffer.from('<script>'), 'type'],
  ['a.svg', Buffer.from('<svg/>'), 'type'],
  ['a', pdf, 'type'],
  ['a.pdf.exe', pdf, 'type'],
  ['a.pdf', Buffer.from('MZ\0'), 'content'],
  ['a.txt', Buffer.from('MZ\0\x01'), 'content'],
  ['a.png', pdf, 'content'],
  ['a.docx', zip('anything'), 'content'],
  ['a.docx', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), 'macros'],
  ['a.toString', pdf, 'type'],
] as const)
  test(`${name} is refused: ${expected}`, () => {
    assert.deepEqual(judgeFile(name, bytes), { wrong: expected })
  })

test('a name keeps nothing that hides its end or leads elsewhere', () => {
  assert.equal(cleanName('../../etc/報告\u202efdp.txt'), '報告fdp.txt')
  assert.equal(cleanName('C:\\temp\\a"b\r\n.pdf'), 'ab.pdf')
  assert.equal([...cleanName(`${'𠮷'.repeat(300)}.pdf`)].length, 200)
})
