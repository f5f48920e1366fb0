import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Chip, type Look } from './chip.tsx'
import { Radios } from './choices.tsx'
import { RecoveryClock } from './clock.tsx'
import { Diff } from './diff.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { formLists, formValues, problemsOf } from './form-data.ts'
import { Select, TextArea, TextInput } from './forms.tsx'
import { Layout } from './layout.tsx'
import { navigation } from './navigation.ts'
import { ProblemPage } from './problem-page.tsx'
import { type Reading, render } from './render.tsx'
import { DataTable } from './table.tsx'
import { Age, Time } from './time.tsx'

const now = new Date('2026-11-20T05:30:00Z')
const reader = {
  id: '1',
  name_ja: '架空 <花子>',
  name_en: null,
  institution_id: '2',
  roles: ['bcp_contact'] as const,
}
const show = (page: ReactElement, reading: Partial<Reading> = {}) =>
  render(page, { language: 'ja', now, path: '/home?a=1&b=2', reader: null, open: [], demo: false, ...reading })

test('whatever a person entered is shown as text, in fields and in text', () => {
  const evil = '"><script>alert(1)</script>'
  const page = show(
    <Layout title={evil}>
      <TextInput name="subject" label={evil} value={evil} hint={evil} problem={evil} />
      <TextArea name="text" label="本文" value={'</textarea><script>'} />
      <Select name="hazard" label="種類" options={[{ value: evil, text: evil }]} />
      <Chip look="normal">{evil}</Chip>
    </Layout>,
    { reader },
  )
  assert.doesNotMatch(page, /<script>/)
  assert.match(page, /架空 &lt;花子&gt;/)
  assert.match(page, /value="&quot;&gt;&lt;script&gt;/)
})

test('a field is read out with its label, its hint and its error, and the summary leads to it', () => {
  const page = show(
    <>
      <ErrorSummary problems={{ subject: '件名を入力してください' }} />
      <TextInput name="subject" label="件名" hint="120文字まで" problem="件名を入力してください" required />
    </>,
  )
  assert.match(page, /role="alert" tabindex="-1" autofocus=""/i)
  assert.match(page, /<a href="#subject">件名を入力してください<\/a>/)
  assert.match(page, /<label[^>]* for="subject">件名<span[^>]*>※必須<\/span>/)
  assert.match(
    page,
    /<input[^>]* id="subject" required="" aria-invalid="true" aria-describedby="subject-problem subject-hint" name="subject"/,
  )
  assert.match(page, /id="subject-problem"/)
  assert.match(page, /id="subject-hint"/)
  assert.equal(show(<ErrorSummary problems={{}} />), '<!DOCTYPE html>')
})

test('choices stand in a fieldset whose legend asks; the first carries the name that the summary leads to', () => {
  const page = show(
    <Radios
      name="bcp"
      legend="BCP"
      value="b"
      problem="選んでください"
      choices={[
        { value: 'a', text: 'A' },
        { value: 'b', text: 'B' },
      ]}
    />,
  )
  assert.match(page, /<fieldset[^>]* aria-describedby="bcp-problem"><legend[^>]*>BCP/)
  assert.match(page, /<input id="bcp" type="radio" name="bcp" value="a"/)
  assert.match(
    page,
    /<input id="bcp-b" type="radio" name="bcp" checked="" value="b"|id="bcp-b" type="radio" name="bcp" value="b" checked=""/,
  )
})

test('S0-16 every state has its word and its own picture; what was not reported looks like nothing else', () => {
  const looks: Look[] = ['normal', 'partial', 'stopped', 'resumed', 'unknown', 'not_reported', 'expired']
  const pictures = looks.map((look) => {
    const chip = show(<Chip look={look}>言葉</Chip>)
    assert.match(chip, /aria-hidden="true".*<\/svg>言葉<\/span>$/)
    return chip.match(/ d="([^"]+)"/)?.[1]
  })
  assert.equal(new Set(pictures).size, looks.length)
  assert.match(
    show(
      <Chip look="stopped" count={0}>
        停止
      </Chip>,
    ),
    /data-zero="".*停止<b[^>]*> 0<\/b>/,
  )
})

test('times and ages are machine-readable and counted from the moment the page was asked for', () => {
  const at = new Date('2026-11-20T05:27:00Z')
  assert.match(show(<Time at={at} />), /<time class="dads-time" dateTime="2026-11-20T05:27:00Z">14:27 JST<\/time>/i)
  assert.match(show(<Age at={at} />), /data-counts="age">3分前</)
  assert.match(show(<Age at={at} />, { language: 'en' }), /data-counts="age">3 min ago</)
})

test('the clock of the recovery objective says in words what its dial shows, and when it moves on', () => {
  const kept = show(<RecoveryClock event_at={new Date('2026-11-20T04:05:30Z')} recovery_minutes={120} />)
  assert.match(kept, /role="img" aria-label="残り 36分"/)
  assert.match(kept, /data-refresh-at="2026-11-20T05:30:30.000Z"/)
  const missed = show(<RecoveryClock event_at={new Date('2026-11-20T03:05:00Z')} recovery_minutes={120} />)
  assert.match(missed, /data-state="over".*超過 25分/)
  const returned = show(
    <RecoveryClock
      event_at={new Date('2026-11-20T00:00:00Z')}
      recovery_minutes={120}
      returned_at={new Date('2026-11-20T01:35:00Z')}
    />,
    { language: 'en' },
  )
  assert.match(returned, /Recovered in 1 h 35 min: in time/)
  assert.doesNotMatch(returned, /data-refresh-at/)
})

test('a table keeps its meaning on a phone: every cell carries the head of its column', () => {
  const columns = [
    { head: '機関', cell: (row: { name: string }) => row.name },
    { head: '状況', cell: () => '通常' },
  ]
  const page = show(
    <DataTable caption="一覧" columns={columns} rows={[{ name: 'あおば' }]} rowKey={({ name }) => name} />,
  )
  assert.match(
    page,
    /<th scope="row" role="rowheader">あおば<\/th><td role="cell" data-label="状況"><div>通常<\/div><\/td>/,
  )
  assert.match(
    show(<DataTable caption="一覧" columns={columns} rows={[]} rowKey={() => ''} empty={<p>なし</p>} />),
    /<p>なし<\/p>$/,
  )
})

test('a change is told in words, with what was and what is', () => {
  const page = show(<Diff differences={[{ kind: 'changed', what: '清算', before: '停止', after: '通常' }]} />)
  assert.match(page, /変更.*清算.*<del>停止<\/del> → <ins>通常<\/ins>/)
})

for (const { mode, language, title } of [
  { mode: 'exercise', language: 'ja', title: '【訓練】ホーム｜狼煙 Noroshi' },
  { mode: 'exercise', language: 'en', title: '[EXERCISE] ホーム｜狼煙 Noroshi' },
  { mode: 'test', language: 'ja', title: '【試験】ホーム｜狼煙 Noroshi' },
  { mode: 'actual', language: 'en', title: 'ホーム｜狼煙 Noroshi' },
] as const)
  test(`a page of mode ${mode} in ${language} is titled ${title}`, () => {
    const page = show(
      <Layout title="ホーム" mode={mode}>
        {null}
      </Layout>,
      { language },
    )
    assert.ok(page.includes(`<title>${title}</title>`))
    assert.ok(page.includes(`<html lang="${language}">`))
    assert.equal(page.match(/dads-mode-band/g)?.length ?? 0, mode === 'actual' ? 0 : 2)
  })

test('the menu offers what the reader may open and nothing else', () => {
  const hrefs = (roles: Parameters<typeof navigation>[0]['roles']) => {
    const { pages, folded } = navigation({ ...reader, roles })
    return [...pages, ...folded].map(({ href }) => href)
  }
  for (const href of ['/board', '/contacts', '/directory', '/home', '/inbox', '/official-notices', '/situations'])
    assert.ok(hrefs(['bcp_contact']).includes(href), href)
  for (const href of ['/calls', '/notices', '/pack', '/settings', '/trail'])
    assert.ok(!hrefs(['bcp_contact']).includes(href), href)
  assert.deepEqual(hrefs(['observer']).includes('/trail'), false)
  assert.deepEqual(hrefs(['auditor']).includes('/trail'), true)
  assert.doesNotMatch(show(<Layout title="ホーム">{null}</Layout>, { reader }), /href="\/trail"/)
})

test('the menu of whoever may open much folds what is for peacetime, never what the night needs', () => {
  const desk = { ...reader, roles: ['secretariat' as const] }
  const { pages, folded } = navigation(desk)
  assert.ok(pages.length <= 11, 'one line of a desk holds it')
  const night = ['/home', '/board', '/situations', '/notices', '/calls', '/replies', '/directory']
  for (const href of night)
    assert.ok(
      pages.some((page) => page.href === href),
      href,
    )
  assert.ok(folded.some(({ href }) => href === '/trail'))
  const auditors = navigation({ ...reader, roles: ['auditor'] })
  assert.ok(!auditors.folded.some(({ href }) => night.includes(href)))
  const shown = show(<Layout title="監査証跡">{null}</Layout>, { reader: desk, path: '/trail' })
  assert.match(shown, /<summary aria-current="true">準備・管理<\/summary>.*href="\/trail" aria-current="page"/)
})

test('what is open is on every page, and a drill in it says so at both ends', () => {
  const situation = { id: '7', title_ja: '地震', title_en: 'Earthquake', event_at: now }
  const page = show(<Layout title="ホーム">{null}</Layout>, {
    reader,
    open: [
      { ...situation, mode: 'actual' },
      { ...situation, id: '8', mode: 'exercise' },
    ],
  })
  assert.match(page, /緊急　発生中<\/b><a href="\/situations\/7">地震<\/a>/)
  assert.match(page, /訓練<\/b><a href="\/situations\/8">.*訓練<\/b><\/p>/)
})

test('several open situations fold into one line that counts them; one alone stands there', () => {
  const one = (id: string, mode: 'actual' | 'exercise') => ({
    id,
    mode,
    title_ja: '地震',
    title_en: 'Quake',
    event_at: now,
  })
  const four = [one('1', 'actual'), one('2', 'actual'), one('3', 'exercise'), one('4', 'exercise')]
  const page = show(<Layout title="ホーム">{null}</Layout>, { reader, open: four })
  assert.match(page, /<details><summary class="dads-situations__line">対応中の事案：実災害 2・訓練 2<\/summary>/)
  const alone = show(<Layout title="ホーム">{null}</Layout>, { reader, open: [one('1', 'actual')] })
  assert.doesNotMatch(alone, /dads-situations/)
})

test('S0-28 what is real says so beside its heading, and no word of a drill stands above it as its own', () => {
  const drill = { id: '8', mode: 'exercise' as const, title_ja: '訓練', title_en: 'Drill', event_at: now }
  for (const [mode, word, english] of [
    ['actual', '実災害', 'REAL EMERGENCY'],
    ['exercise', '訓練', 'EXERCISE'],
    ['test', '試験', 'TEST'],
  ] as const)
    for (const [language, said] of [
      ['ja', word],
      ['en', english],
    ] as const) {
      const page = show(
        <Layout title="状況" mode={mode}>
          <h1>状況</h1>
        </Layout>,
        { reader, language, open: [drill] },
      )
      assert.match(page, new RegExp(`<main[^>]*><b class="dads-mode-mark" data-mode="${mode}">${said}</b><h1>`))
    }
  const real = show(
    <Layout title="状況" mode="actual">
      {null}
    </Layout>,
    { reader, open: [drill] },
  )
  // Folded, it is one of those that are counted; unfolded it has its own frame.
  assert.match(real, /<summary class="dads-situations__line">対応中の事案：訓練 1<\/summary>/)
  assert.doesNotMatch(show(<Layout title="名簿">{null}</Layout>, { reader }), /dads-mode-mark/)
})

test('a page names the paths it waits for, and comes back to itself when the language is changed', () => {
  const page = show(
    <Layout title="状況" live={['/board', '/situations']} refresh_at={now}>
      {null}
    </Layout>,
    { reader },
  )
  assert.match(page, /data-live="\/board \/situations"[^>]* data-refresh-at="2026-11-20T05:30:00.000Z"/)
  assert.match(page, /name="back" value="\/home\?a=1&amp;b=2"/)
  assert.doesNotMatch(show(<Layout title="状況">{null}</Layout>, { reader }), /live-[^"]+\.js/)
})

test('a page about a problem says what happened, what was kept and what to do, and nothing of the inside', () => {
  for (const code of [401, 403, 404, 409, 422, 500, 503] as const)
    for (const language of ['ja', 'en'] as const) {
      const page = show(<ProblemPage code={code} reference="a1b2" />, { language })
      assert.equal(page.match(/<h2/g)?.length, 3)
      assert.match(page, new RegExp(`${code} · a1b2`))
    }
})

test('a form is read as text; a repeated name gives a list; a body that is no form is an empty one', async () => {
  const form = new FormData()
  for (const value of ['exchange', 'bonds']) form.append('market', value)
  form.append('text', ' 本文 ')
  form.append('file', new Blob(['x']), 'x.txt')
  assert.deepEqual(await formValues(form), { market: 'bonds', text: ' 本文 ' })
  assert.deepEqual(await formLists(form), { market: ['exchange', 'bonds'], text: [' 本文 '], file: [] })
  assert.deepEqual(await formValues(new Request('http://x', { method: 'POST', body: '{' })), {})
})

test('what is wrong is told once a field, in the order of the form, in the words of the page', () => {
  const schema = z.object({
    subject: z.string().min(1, 'subject_missing'),
    text: z.string('text_missing'),
    n: z.number(),
  })
  const parsed = schema.safeParse({ subject: '' })
  assert.ok(parsed.error)
  const words = {
    subject_missing: '件名を入力してください',
    text_missing: '本文を入力してください',
    other: '確かめてください',
  }
  assert.deepEqual(problemsOf(parsed.error, words), {
    subject: '件名を入力してください',
    text: '本文を入力してください',
    n: '確かめてください',
  })
})
