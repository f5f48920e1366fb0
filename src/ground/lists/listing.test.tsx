import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TextInput } from '#ground/html/forms.tsx'
import type { Language } from '#ground/html/language.ts'
import { render } from '#ground/html/render.tsx'
import { Listing } from './listing.tsx'
import type { Paged } from './paged.ts'

type Row = { name: string }
const rows = [{ name: 'あおば' }, { name: 'みどり' }]
const part = { rows, page: 1, size: null, offset: 0 }
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
  const page = shown({ ...part, has_more: false })
  assert.match(page, /<caption[^>]*>一覧<\/caption>/)
  assert.match(page, /<th scope="row" role="rowheader">あおば<\/th><td role="cell" data-label="文字"/)
  assert.doesNotMatch(page, /<nav|<form|\.csv|<script/)
})

test('a list that nobody counted says which page this is and goes on; it claims no number of pages', () => {
  const first = shown({ ...part, has_more: true })
  assert.match(first, /aria-current="page">1ページ</)
  assert.match(first, /rel="next" href="\/list\?page=2"/)
  assert.doesNotMatch(first, /rel="prev"/)
  const last = shown({ ...part, page: 3, has_more: false }, { language: 'en' })
  assert.match(last, /aria-current="page">Page 3</)
  assert.match(last, /rel="prev" href="\/list\?page=2">Previous/)
  assert.doesNotMatch(last, /rel="next"/)
})

test('a list that was counted says of how many pages this is one', () => {
  assert.match(shown({ ...part, page: 2, offset: 2, pages: 7, count: 14 }), /2 \/ 7ページ/)
  assert.match(shown({ ...part, page: 2, offset: 2, pages: 7, count: 14 }, { language: 'en' }), /Page 2 of 7/)
  assert.match(shown({ ...part, page: 2, offset: 2, pages: 7, count: 14 }), /rel="prev" href="\/list"/)
})

test('what was asked for stays in the form, the pager and the file', () => {
  const page = shown({ ...part, page: 2, has_more: true }, { q: 'あ&い', has_csv: true })
  assert.match(page, /<search><form [^>]*action="\/list" method="get"/)
  assert.match(page, /name="q"[^>]*value="あ&amp;い"/)
  const query = 'q=%E3%81%82%26%E3%81%84'
  assert.ok(page.includes(`rel="prev" href="/list?${query}"`))
  assert.ok(page.includes(`rel="next" href="/list?${query}&amp;page=3"`))
  assert.ok(page.includes(`href="/list.csv?${query}"`))
  assert.match(page, /CSV.*10,000行/)
  assert.match(shown({ ...part, has_more: false }, { has_csv: true, language: 'en' }), /Save as a table \(CSV\)/)
})

test('a part of a list says on paper which rows it is and that the others are missing, and offers all of them', () => {
  const middle = { ...part, page: 2, offset: 2, pages: 249, count: 498 }
  const page = shown(middle, { q: '社' })
  assert.match(page, /<caption[^>]*>一覧 <small class="dads-print-only">3〜4 \/ 498件（2 \/ 249ページ）。ほかの496件は/)
  assert.match(page, /<a href="\/list\?q=%E7%A4%BE&amp;rows=all">全件を印刷用に表示</)
  assert.match(shown(middle, { language: 'en' }), /3–4 of 498 \(page 2 of 249\)\. The other 496 are not on this paper/)
  const first = shown({ ...part, has_more: true })
  assert.match(first, /1〜2件目（1ページ目）。続きがあり、この紙にはありません.*印刷用に表示（2,000件まで）/)
  assert.doesNotMatch(shown({ ...part, has_more: false }), /print-only|rows=all/)
})

test('all rows on one page say so; beyond the limit they say in words how many are missing', () => {
  const all = { ...part, size: 'all' as const, pages: 1 }
  const whole = shown({ ...all, count: 2 }, { q: 'x' })
  assert.match(whole, /<caption[^>]*>一覧 <small class="dads-print-only">全2件<.*全2件を表示しています/)
  assert.match(whole, /<a href="\/list\?q=x">ページに分けて表示</)
  const cut = shown({ ...all, count: 2_123 })
  assert.match(cut, /<small[^>]*>2,123件のうち先頭の2件です。残りの2,121件はこのページにありません/)
  assert.match(cut, /<nav class="dads-pagination"[^>]*>.*残りの2,121件はこのページにありません/)
  assert.match(
    shown({ ...all, count: 2_123 }, { language: 'en' }),
    /first 2 of 2,123\. The other 2,121 are not on this page/,
  )
})

test('pages of another length keep it on the way to the others', () => {
  assert.match(shown({ ...part, size: 2, has_more: true }), /rel="next" href="\/list\?rows=2&amp;page=2"/)
})

test('folded filters open once something was asked for', () => {
  const found = { ...part, has_more: false }
  assert.match(shown(found, { q: '', is_folded: true }), /<details class="dads-disclosure" id="filter">/)
  assert.match(shown(found, { q: 'x', is_folded: true }), /<details class="dads-disclosure" open="" id="filter">/)
})

for (const language of ['ja', 'en'] as const)
  test(`an empty list says in ${language} why it is empty, and offers no file`, () => {
    const nothing = { ...part, rows: [], has_more: false }
    assert.match(shown(nothing, { language, has_csv: true }), /まだありません<\/p>.*待ちます。/)
    assert.doesNotMatch(shown(nothing, { language, has_csv: true }), /<table|\.csv|<nav/)
    const none = shown(nothing, { language, q: 'x' })
    assert.match(none, /当てはまりません<\/p>.*変えてください。 <a href="\/list">すべて見る<\/a>/)
    assert.doesNotMatch(none, /まだありません/)
    const behind = shown({ ...part, rows: [], page: 9, has_more: false }, { language, q: 'x' })
    assert.match(behind, language === 'ja' ? /このページには何もありません/ : /There is nothing on this page/)
    assert.match(behind, /<a href="\/list\?q=x">/)
    assert.doesNotMatch(behind, /まだありません|当てはまりません|<nav/)
  })
