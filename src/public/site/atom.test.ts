import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#ground/html/language.ts'
import { renderAtom } from './atom.ts'
import { origin, published } from './sample.ts'
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
    [3, 2, 1].map((number) => `https://market.example/cap/noroshi-actual-20261121-${number}.xml`),
  )
  assert.match(entries[0]!, /<title>首都直下地震 &lt;対応中&gt; &amp; 確認中：終結<\/title>/)
  assert.match(entries[0]!, /すべての機能が再開しました。/)
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
