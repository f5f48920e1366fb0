import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { officialNoticeForm } from '../kit/samples/library.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { holding } from './imports.ts'

/** What spreadsheets take for a formula, in either width. */
const formulas = ['=1+1', '+1', '-1', '@x', '＝HYPERLINK("http://x.example")', '＋1', '－1', '＠x']

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('lines of CSV are written by the two files that guard their cells', () => {
  assert.deepEqual(holding(/csvLines\(/), ['src/ground/lists/csv.ts', 'src/rosters/roster/export-files.ts'])
})

test('a title that a spreadsheet would run is harmless in every file, whichever width its sign has', async () => {
  const desk = await site.as('secretariat')
  for (const title of formulas) await site.done(desk, '/official-notices', officialNoticeForm({ title }))
  const contacts = await site.db.selectFrom('contact').where('removed_at', 'is', null).select('id').limit(8).execute()
  for (const [index, title] of formulas.entries())
    await site.db
      .updateTable('contact')
      .set({ title })
      .where('id', '=', contacts[index]?.id ?? '')
      .execute()
  const files = {
    '/official-notices.csv': await (await desk.get('/official-notices.csv')).text(),
    '/directory/export': await (await desk.post('/directory/export', { format: 'csv' })).text(),
    '/roster/export': await (await desk.post('/roster/export', { format: 'csv', contents: 'contacts' })).text(),
    '/trail/export': await (await desk.post('/trail/export', {})).text(),
  }
  for (const [path, text] of Object.entries(files)) {
    const cells = (parse(text, { bom: true, relax_column_count: true }) as string[][]).flat()
    const signed = cells.filter((cell) => formulas.some((formula) => cell.replace(/^'/, '') === formula))
    if (path !== '/trail/export')
      assert.deepEqual([...new Set(signed)].sort(), formulas.map((one) => `'${one}`).sort(), path)
    for (const cell of cells) assert.doesNotMatch(cell, /^\s*[=+@＝＋－＠]|^-\D/, path)
  }
})
