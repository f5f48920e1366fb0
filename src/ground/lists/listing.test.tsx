import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TextInput } from '#ground/html/forms.tsx'
import type { Language } from '#ground/html/language.ts'
import { render } from '#ground/html/render.tsx'
import { Listing } from './listing.tsx'
import type { Paged } from './paged.ts'

type Row = { name: string }
const rows = [{ name: 'あおば' }, { name: 'みどり' }]
const now = new Date('2027-01-15T00:00:00Z')

function shown(
  found: Paged<Row>,
  {
    language = 'ja',
    q,
    is_folded,
    has_csv,
  }: { language?: Language; q?: string; is_folded?: boolean; has_csv?: boolean } = {},
) {
  return render(
    <Listing
      path="/list"
      caption="一覧"
      columns={[
        { head: '機関', cell: ({ name }) => name, text: ({ name }) => name },
        { head: '文字', cell: ({ name }) => name.length, numeric: true },
      ]}
      found={found}
      rowKey={({ name }) => name}
      empty={{ title: 'まだありません', next: '待ちます。' }}
      {...(has_csv && { has_csv })}
      {...(q !== undefined && {
        asked: { q, kind: '' },
        search: {
          act: '探す',
          fields: <TextInput name="q" label="ことば" value={q} />,
          nothing: { title: '当てはまりません', next: '変えてください。', all: 'すべて見る' },
          ...(is_folded && { is_folded }),
        },
      })}
    />,
    { language, now, path: '/list', reader: null, open: [], demo: false },
  )
}

test('a list is a table with its caption, each cell with the head of its column, and nothing that it does not need', () => {
  const page = shown({ rows, page: 1, has_more: false })
  assert.match(page, /<caption[^>]*>一覧<\/caption>/)
  assert.match(page, /<th scope="row" role="rowheader">あおば<\/th><td role="cell" data-label="文字"/)
  assert.doesNotMatch(page, /<nav|<form|\.csv|<script/)
})

test('a list that nobody counted says which page this is and goes on; it claims no number of pages', () => {
  const first = shown({ rows, page: 1, has_more: true })
  assert.match(first, /aria-current="page">1ページ</)
  assert.match(first, /rel="next" href="\/list\?page=2"/)
  assert.doesNotMatch(first, /rel="prev"/)
  const last = shown({ rows, page: 3, has_more: false }, { language: 'en' })
  assert.match(last, /aria-current="page">Page 3</)
  assert.match(last, /rel="prev" href="\/list\?page=2">Previous/)
  assert.doesNotMatch(last, /rel="next"/)
})

test('a list that was counted says of how many pages this is one', () => {
  assert.match(shown({ rows, page: 2, pages: 7 }), /2 \/ 7ページ/)
  assert.match(shown({ rows, page: 2, pages: 7 }, { language: 'en' }), /Page 2 of 7/)
  assert.match(shown({ rows, page: 2, pages: 7 }), /rel="prev" href="\/list"/)
})

test('what was asked for stays in the form, the pager and the file', () => {
  const page = shown({ rows, page: 2, has_more: true }, { q: 'あ&い', has_csv: true })
  assert.match(page, /<search><form [^>]*action="\/list" method="get"/)
  assert.match(page, /name="q"[^>]*value="あ&amp;い"/)
  const query = 'q=%E3%81%82%26%E3%81%84'
  assert.ok(page.includes(`rel="prev" href="/list?${query}"`))
  assert.ok(page.includes(`rel="next" href="/list?${query}&amp;page=3"`))
  assert.ok(page.includes(`href="/list.csv?${query}"`))
  assert.match(page, /CSV.*10,000行/)
  assert.match(shown({ rows, page: 1, has_more: false }, { has_csv: true, language: 'en' }), /Save as a table \(CSV\)/)
})

test('folded filters open once something was asked for', () => {
  const found = { rows, page: 1, has_more: false }
  assert.match(shown(found, { q: '', is_folded: true }), /<details class="dads-disclosure" id="filter">/)
  assert.match(shown(found, { q: 'x', is_folded: true }), /<details class="dads-disclosure" open="" id="filter">/)
})

for (const language of ['ja', 'en'] as const)
  test(`an empty list says in ${language} why it is empty, and offers no file`, () => {
    const nothing = { rows: [], page: 1, has_more: false }
    assert.match(shown(nothing, { language, has_csv: true }), /まだありません<\/p>.*待ちます。/)
    assert.doesNotMatch(shown(nothing, { language, has_csv: true }), /<table|\.csv|<nav/)
    const none = shown(nothing, { language, q: 'x' })
    assert.match(none, /当てはまりません<\/p>.*変えてください。 <a href="\/list">すべて見る<\/a>/)
    assert.doesNotMatch(none, /まだありません/)
    const behind = shown({ rows: [], page: 9, has_more: false }, { language, q: 'x' })
    assert.match(behind, language === 'ja' ? /このページには何もありません/ : /There is nothing on this page/)
    assert.match(behind, /<a href="\/list\?q=x">/)
    assert.doesNotMatch(behind, /まだありません|当てはまりません|<nav/)
  })
