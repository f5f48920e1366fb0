import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#ground/html/language.ts'
import { renderAtom } from './atom.ts'
import { minutesLater, origin, published } from './sample.ts'
import { problemsBy } from './schemas.ts'
import { emptySnapshot, modes } from './snapshot.ts'

const all = modes.flatMap((mode) =>
  [emptySnapshot(mode), published(3, mode)].flatMap((snapshot) =>
    languages.map((language) => renderAtom(snapshot, { origin, language })),
  ),
)

test('S0-11 Atom: one entry a publication, newest first, each with its CAP message', () => {
  const feed = renderAtom(published(3), { origin, language: 'ja' })
  const entries = feed.split('<entry>').slice(1)
  assert.equal(entries.length, 3)
  assert.deepEqual(
    entries.map((entry) => entry.match(/type="application\/cap\+xml" href="([^"]+)"/)?.[1]),
    // A corrected one links to what corrects it, too, and that to what it corrects.
    [3, 2, 1].map((number) => `https://market.example/cap/noroshi-actual-20261121-${number}.xml`),
  )
  assert.match(entries[0]!, /<title>首都直下地震 &lt;対応中&gt; &amp; 確認中：終結<\/title>/)
  assert.match(entries[0]!, /すべての機能が再開しました。/)
})

test('S0-11 Atom: a correction is called one, and what it corrects comes anew: struck through, with the time and the way to what is right', () => {
  for (const [language, words] of [
    ['ja', ['訂正', '（訂正済み）', '11月21日（土） 11:00 JSTに訂正されました', '取引所の売買を停止しています。']],
    ['en', ['Correction', ' (corrected)', 'corrected at Sat 21 Nov 11:00 JST', 'Trading on the exchange is stopped.']],
  ] as const) {
    const entriesOf = (number: 1 | 2 | 3) =>
      renderAtom(published(number), { origin, language }).split('<entry>').slice(1)
    const [before = ''] = entriesOf(1)
    const [, correction = '', corrected = ''] = entriesOf(3)
    const value = (entry: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(entry)?.[1]
    const [title, mark, why, wrong] = words
    assert.ok(value(correction, 'title')?.endsWith(title), correction)
    assert.match(correction, /<category term="correction"/)
    assert.equal(value(corrected, 'id'), value(before, 'id'))
    assert.ok(value(corrected, 'title')?.endsWith(mark))
    assert.equal(value(corrected, 'published'), value(before, 'published'))
    assert.equal(value(corrected, 'updated'), minutesLater(30).toISOString())
    const content = value(corrected, 'content') ?? ''
    assert.ok(content.includes(why) && content.includes('https://market.example/'), content)
    assert.ok(content.includes(`&lt;del&gt;${wrong}&lt;/del&gt;`), content)
    assert.match(corrected, /rel="related" type="application\/cap\+xml" href="[^"]*-2\.xml"/)
  }
})

test('S0-11 Atom: what a reader opens is the page; the message for machines is only related', () => {
  for (const feed of all)
    for (const entry of feed.split('<entry>').slice(1))
      assert.deepEqual(
        [...entry.matchAll(/<link rel="alternate" type="([^"]+)"/g)].map((match) => match[1]),
        ['text/html'],
      )
})

test('Atom: an entry keeps its id while the feed grows, and no two ids are the same', () => {
  const idsOf = (feed: string) => [...feed.matchAll(/<id>([^<]+)<\/id>/g)].map((match) => match[1])
  const before = idsOf(renderAtom(published(1), { origin, language: 'ja' }))
  const after = idsOf(renderAtom(published(3), { origin, language: 'ja' }))
  assert.deepEqual([after[0], after.at(-1)], [before[0], before[1]])
  assert.equal(new Set(after).size, 4)
  for (const id of after) assert.match(id!, /^tag:[a-z0-9.@-]+,\d{4}(-\d\d-\d\d)?:[\w.-]+$/)
})

test('S0-28 Atom: the feed of an exercise says so in its title and in every entry', () => {
  const feed = renderAtom(published(3, 'exercise'), { origin, language: 'en' })
  const titles = [...feed.matchAll(/<title>([^<]+)/g)].map((match) => match[1])
  assert.equal(titles.length, 4)
  for (const title of titles) assert.match(title!, /^\[EXERCISE\] /)
})

test('S0-11 Atom: every feed is valid RFC 4287, the empty one too', async () => {
  assert.deepEqual(await problemsBy('relaxng', relaxng, all), [])
  for (const broken of [
    all[0]!.replace(/<updated>.*<\/updated>\n/, ''),
    all[0]!.replace('<id>', '<id>x</id><id>'),
    all[2]!.replace('T', ' '),
  ])
    assert.notDeepEqual(await problemsBy('relaxng', relaxng, [broken]), [])
})

/** The grammar of RFC 4287, appendix B, as far as feeds without extensions need it, in the XML syntax of RELAX NG. */
const relaxng = `<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed"><ref name="common"/>
    <interleave>
      <oneOrMore><element name="author"><interleave><element name="name"><text/></element>
        <optional><element name="uri"><data type="anyURI"/></element></optional></interleave></element></oneOrMore>
      <optional><element name="generator"><text/></element></optional>
      <optional><element name="subtitle"><ref name="textual"/></element></optional>
      <ref name="id"/><ref name="title"/><ref name="updated"/><zeroOrMore><ref name="link"/></zeroOrMore>
    </interleave>
    <zeroOrMore><element name="entry"><ref name="common"/><interleave>
      <ref name="id"/><ref name="title"/><ref name="updated"/><oneOrMore><ref name="link"/></oneOrMore>
      <optional><element name="published"><data type="dateTime"/></element></optional>
      <zeroOrMore><element name="category"><attribute name="term"/><optional><attribute name="label"/></optional><empty/></element></zeroOrMore>
      <optional><element name="content"><ref name="textual"/></element></optional>
      <optional><element name="summary"><ref name="textual"/></element></optional>
    </interleave></element></zeroOrMore>
  </element></start>
  <define name="common"><optional><attribute name="xml:lang"><data type="language"/></attribute></optional></define>
  <define name="textual"><optional><attribute name="type"><choice><value>text</value><value>html</value></choice></attribute></optional><text/></define>
  <define name="id"><element name="id"><data type="anyURI"><param name="minLength">1</param></data></element></define>
  <define name="title"><element name="title"><ref name="textual"/></element></define>
  <define name="updated"><element name="updated"><data type="dateTime"><param name="pattern">.*(Z|[+-]\\d\\d:\\d\\d)</param></data></element></define>
  <define name="link"><element name="link"><interleave>
    <attribute name="href"><data type="anyURI"/></attribute>
    <optional><attribute name="rel"><choice><value>alternate</value><value>self</value><value>related</value></choice></attribute></optional>
    <optional><attribute name="type"><data type="string"><param name="pattern">.+/.+</param></data></attribute></optional>
    <optional><attribute name="hreflang"><data type="language"/></attribute></optional></interleave></element></define>
</grammar>`
