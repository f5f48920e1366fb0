import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { Hono } from 'hono'
import type { Label } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'
import { attachment } from '#ground/tools/attachment.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'
import { csv, csvText } from './csv.ts'
import { guarded, unguarded } from './guard.ts'

for (const cell of [
  ...['=1+1', '+81', '-1', '@x', '\tx', '\rx', '＝１', '＋x', '－x', '＠x'],
  ...[' =1+1', '\n=1', '\u3000＝１', "'=1", "''+1", "' =1"],
])
  test(`a cell that a spreadsheet would run is made harmless, and comes back as it was: ${JSON.stringify(cell)}`, () => {
    assert.match(guarded(cell), /^'/)
    assert.equal(unguarded(guarded(cell)), cell)
  })
for (const cell of ['', 'x', "'x", "'", '1-1', 'a=b', '#REF!', '—', '髙橋', '🏦'])
  test(`a harmless cell stays as it is: ${JSON.stringify(cell)}`, () => {
    assert.equal(guarded(cell), cell)
    assert.equal(unguarded(cell), cell)
  })

const at = new Date('2027-01-15T23:30:05.678Z')
type Row = { name: string; count?: number; seen_at?: Date | null; label?: Label }
const table = (rows: Row[]) => ({
  rows,
  label: ({ label }: Row): Label => label ?? 'green',
  columns: [
    { head: '名前', text: ({ name }: Row) => name },
    { head: '数', text: ({ count }: Row) => count ?? null },
    { head: '時刻', text: ({ seen_at }: Row) => seen_at ?? null },
    { head: '操作', cell: () => 'button' },
  ],
})

for (const [name, written] of [
  ['蒼穹証券', '蒼穹証券'],
  ['=HYPERLINK("http://x.example")', `"'=HYPERLINK(""http://x.example"")"`],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['one\r\ntwo', '"one\r\ntwo"'],
  ['𠮷野🏦', '𠮷野🏦'],
  [' kept ', '" kept "'],
  ['', ''],
] as const)
  test(`${JSON.stringify(name)} is written ${JSON.stringify(written)}, and read as it was`, () => {
    const text = csvText(table([{ name }]), at, 'ja')
    assert.equal(text, `\ufeff名前,数,時刻,取扱い,書き出し日時\r\n${written},,,TLP:GREEN,2027-01-16T08:30:05+09:00\r\n`)
    const [, row] = parse(text, { bom: true }) as string[][]
    assert.equal(unguarded(row?.[0] ?? ''), name)
  })

test('a figure is no formula, a moment is in the time of the market, and each row has its own label', () => {
  const text = csvText(
    table([
      { name: 'x', count: -5, seen_at: new Date('2027-01-01T15:00:00Z') },
      { name: 'y', label: 'amber_strict' },
    ]),
    at,
    'en',
  )
  assert.deepEqual(
    text.split('\r\n').map((line) => line.split(',').slice(0, -1).join(' ')),
    ['\ufeff名前 数 時刻 Label', 'x -5 2027-01-02T00:00:00+09:00 TLP:GREEN', 'y   TLP:AMBER+STRICT', ''],
  )
})

async function answered(name: string, rows: Row[], language: Language = 'ja') {
  const app = new Hono<AppEnv>()
  app.get('/', (c) => {
    c.set('tools', { clock: () => at } as Tools)
    c.set('language', language)
    return csv(c, { name, ...table(rows) })
  })
  return app.request('/')
}

test('a file is kept, not shown, under a Japanese name with its strictest label and the day in the market', async () => {
  const answer = await answered('通達', [{ name: 'a' }, { name: 'b', label: 'amber' }, { name: 'c' }])
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.equal(
    answer.headers.get('content-disposition'),
    `attachment; filename="__TLP-AMBER_2027-01-16.csv"; filename*=UTF-8''${encodeURIComponent('通達')}_TLP-AMBER_2027-01-16.csv`,
  )
  assert.deepEqual([...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)], [0xef, 0xbb, 0xbf])
})

test('a list without rows is a file with its heads', async () => {
  const answer = await answered('Audit trail', [], 'en')
  assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="Audit trail_2027-01-16.csv"')
  assert.equal(await answer.text(), '名前,数,時刻,Label,Exported at\r\n')
})

for (const [name, header] of [
  ['plain.csv', 'filename="plain.csv"'],
  [`a"b\\c%d'.csv`, `filename="a_b_c_d'.csv"; filename*=UTF-8''a%22b%5Cc%25d%27.csv`],
  ['a\r\nSet-Cookie: x.csv', `filename="a_Set-Cookie_ x.csv"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x.csv`],
  ['(*).csv', 'filename="(*).csv"'],
  ['狼煙(*).csv', `filename="_(*).csv"; filename*=UTF-8''%E7%8B%BC%E7%85%99%28%2A%29.csv`],
  ['🔥.csv', `filename="_.csv"; filename*=UTF-8''%F0%9F%94%A5.csv`],
  ['\ud83d.csv', `filename="_.csv"; filename*=UTF-8''%EF%BF%BD.csv`],
] as const)
  test(`a file named ${JSON.stringify(name)} is offered as ${header}`, () => {
    assert.equal(attachment(name), `attachment; ${header}`)
    assert.equal(new Headers({ 'content-disposition': attachment(name) }).get('content-disposition'), attachment(name))
  })
