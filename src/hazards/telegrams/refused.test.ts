import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownTelegram } from '#tests/telegrams/read.ts'
import { parseTelegram } from './parse-jma.ts'

const bytes = (xml: string) => new TextEncoder().encode(xml)
const good = new TextDecoder().decode(ownTelegram('vxse51-tokyo.xml'))
const source = new TextDecoder().decode(ownTelegram('vxse52-tokyo.xml'))
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const utf16 = (xml: string, is_big: boolean) => {
  const little = Buffer.from(`\ufeff${xml}`, 'utf16le')
  return new Uint8Array(is_big ? little.swap16() : little)
}
const bomb = '<!DOCTYPE x [<!ENTITY a "b">]>'

for (const { name, input, reason, says } of [
  { name: 'an empty file', input: bytes(''), reason: 'empty', says: /空/ },
  {
    name: 'a sentence',
    input: ownTelegram('broken-not-xml.xml'),
    reason: 'not_well_formed',
    says: /XML ではありません/,
  },
  { name: 'half a telegram', input: ownTelegram('broken-truncated.xml'), reason: 'not_well_formed', says: /行目/ },
  { name: 'text behind the end', input: bytes(`${good}</x>`), reason: 'not_well_formed', says: /行目/ },
  { name: 'junk behind the end', input: bytes(`${good}junk`), reason: 'not_well_formed', says: /行目/ },
  { name: 'a second root', input: bytes(`${good}<Report/>`), reason: 'not_well_formed', says: /./ },
  { name: 'CDATA behind the end', input: bytes(`${good}<![CDATA[x]]>`), reason: 'not_well_formed', says: /ルート要素/ },
  { name: 'an open comment', input: bytes(`${good}<!-- x`), reason: 'not_well_formed', says: /./ },
  {
    name: 'an unknown entity',
    input: bytes(good.replace('速報<', '&hack;<')),
    reason: 'not_well_formed',
    says: /hack/,
  },
  {
    name: 'a forbidden reference',
    input: bytes(good.replace('速報<', '&#0;<')),
    reason: 'not_well_formed',
    says: /#0/,
  },
  {
    name: 'a control character',
    input: bytes(good.replace('速報<', '\u0001<')),
    reason: 'not_well_formed',
    says: /U\+0001/,
  },
  {
    name: 'an undeclared prefix',
    input: bytes(source.replace('xmlns:jmx_eb', 'xmlns:other')),
    reason: 'not_well_formed',
    says: /jmx_eb/,
  },
  { name: 'an entity bomb', input: ownTelegram('broken-doctype.xml'), reason: 'doctype', says: /DOCTYPE/ },
  { name: 'a doctype in small letters', input: bytes(head + bomb.toLowerCase()), reason: 'doctype', says: /DOCTYPE/ },
  { name: 'a doctype after a blank', input: bytes(`${head}<! DOCTYPE x>`), reason: 'doctype', says: /DOCTYPE/ },
  {
    name: 'a doctype inside',
    input: bytes(good.replace('<Control>', `${bomb}<Control>`)),
    reason: 'doctype',
    says: /DOCTYPE/,
  },
  { name: 'a doctype in UTF-16', input: utf16(head + bomb + good.slice(39), false), reason: 'encoding', says: /UTF-8/ },
  { name: 'UTF-16, big end first', input: utf16(good, true), reason: 'encoding', says: /UTF-8/ },
  { name: 'UTF-16 without a mark', input: utf16(good, false).slice(2), reason: 'encoding', says: /UTF-8/ },
  { name: 'UTF-7 by its own word', input: bytes(good.replace('UTF-8', 'UTF-7')), reason: 'encoding', says: /UTF-7/ },
  {
    name: 'Shift_JIS bytes',
    input: new Uint8Array([0x3c, 0x92, 0xc3, 0x94, 0x67, 0x3e]),
    reason: 'encoding',
    says: /UTF-8/,
  },
  { name: '3 MB', input: bytes(good + ' '.repeat(3 * 1024 * 1024)), reason: 'too_large', says: /3\.0 MB、上限 2 MB/ },
  {
    name: 'another namespace',
    input: ownTelegram('broken-namespace.xml'),
    reason: 'wrong_namespace',
    says: /example\.invalid/,
  },
  { name: 'no namespace', input: bytes('<Report/>'), reason: 'wrong_namespace', says: /名前空間 なし/ },
  { name: 'another root', input: bytes(good.replaceAll('Report', 'Feed')), reason: 'wrong_namespace', says: /Feed/ },
  {
    name: 'a head in another namespace',
    input: bytes(good.replace('jmaxml1/informationBasis1/', 'jmaxml1/other/')),
    reason: 'wrong_namespace',
    says: /Head/,
  },
  {
    name: 'a body of another science',
    input: bytes(good.replace('body/seismology1/', 'body/meteorology1/')),
    reason: 'wrong_namespace',
    says: /Body/,
  },
  {
    name: 'no control',
    input: bytes(good.replace(/<Control>.*<\/Control>/s, '')),
    reason: 'missing_element',
    says: /Control/,
  },
  { name: 'no body', input: bytes(good.replace(/<Body.*<\/Body>/s, '')), reason: 'missing_element', says: /Body/ },
  {
    name: 'no intensities in VXSE51',
    input: bytes(good.replace(/<Intensity>.*<\/Intensity>/s, '')),
    reason: 'missing_element',
    says: /Body\/Intensity/,
  },
  {
    name: 'no title',
    input: bytes(good.replace('<Title>震度速報</Title>', '')),
    reason: 'missing_element',
    says: /Control\/Title/,
  },
  {
    name: 'an unknown title',
    input: bytes(good.replace('<Title>震度速報', '<Title>宇宙速報')),
    reason: 'unknown_title',
    says: /宇宙速報/,
  },
  {
    name: 'no mode',
    input: bytes(good.replace('<Status>通常</Status>', '')),
    reason: 'unknown_mode',
    says: /Control\/Status がありません/,
  },
  { name: 'an unknown mode', input: bytes(good.replace('>通常<', '>CCA<')), reason: 'unknown_mode', says: /CCA/ },
  {
    name: 'a name of the language as mode',
    input: bytes(good.replace('>通常<', '>constructor<')),
    reason: 'unknown_mode',
    says: /constructor/,
  },
  {
    name: 'an unknown InfoType',
    input: bytes(good.replace('>発表<', '>撤回<')),
    reason: 'unknown_info_kind',
    says: /撤回/,
  },
  {
    name: 'no InfoType',
    input: bytes(good.replace('<InfoType>発表</InfoType>', '')),
    reason: 'unknown_info_kind',
    says: /Head\/InfoType/,
  },
  {
    name: 'no EventID',
    input: ownTelegram('broken-no-event-id.xml'),
    reason: 'missing_event_id',
    says: /VXSE51 .*EventID/,
  },
  {
    name: 'an EventID of blanks',
    input: bytes(good.replace('>20061016101230<', '>　 <')),
    reason: 'missing_event_id',
    says: /EventID/,
  },
  {
    name: 'an EventID that is none',
    input: bytes(good.replace('>20061016101230<', '>../../x<')),
    reason: 'bad_value',
    says: /\.\.\/\.\.\/x/,
  },
  {
    name: 'no DateTime',
    input: bytes(good.replace(/<DateTime>.*<\/DateTime>/, '')),
    reason: 'bad_date',
    says: /Control\/DateTime/,
  },
  {
    name: '30 February',
    input: bytes(good.replace('2006-10-16T01:14', '2006-02-30T01:14')),
    reason: 'bad_date',
    says: /2006-02-30/,
  },
  {
    name: 'a time without offset',
    input: bytes(good.replace('T10:14:00+09:00', 'T10:14:00')),
    reason: 'bad_date',
    says: /Head\/ReportDateTime/,
  },
  { name: '25 o’clock', input: bytes(good.replace('T01:14:05Z', 'T25:14:05Z')), reason: 'bad_date', says: /T25/ },
] as const)
  test(`refused with its reason: ${name}`, () => {
    const read = parseTelegram(input)
    assert.ok('failed' in read, 'was taken in')
    assert.equal(read.failed.reason, reason, read.failed.message.en)
    assert.match(read.failed.message.ja, says)
    assert.match(read.failed.message.ja, /。$/)
    assert.match(read.failed.message.en, /^[A-Z].*\.$/s)
  })

for (const { title, code } of [
  { title: '緊急地震速報（警報）', code: 'VXSE43' },
  { title: '噴火に関する火山観測報', code: 'VFVO52' },
  { title: '気象警報・注意報（Ｒ０６）（高潮）', code: 'VPWW57' },
  { title: '気象警報・注意報（Ｒ０６）（暴風）', code: null },
  { title: '長周期地震動に関する観測情報', code: 'VXSE62' },
])
  test(`not used, which is no fault: ${title}`, () => {
    const read = parseTelegram(bytes(good.replace('<Title>震度速報', `<Title>${title}`)))
    assert.ok('failed' in read && read.failed.reason === 'not_used')
    assert.deepEqual([read.failed.code, read.failed.title], [code, title])
  })

test('deep, wide and polluting documents are answered without hanging', { timeout: 60_000 }, () => {
  const inside = (xml: string) => bytes(good.replace('<Control>', `${xml}<Control>`))
  const half = 900_000
  for (const input of [
    bytes('<a>'.repeat(half / 3)),
    inside('<a>'.repeat(half / 7) + '</a>'.repeat(half / 7)),
    inside('<a/>'.repeat(half / 4)),
    inside(`<a ${Array.from({ length: 60_000 }, (_, at) => `b${at}="c"`).join(' ')}/>`),
    inside(`<a ${' '.repeat(half)}/>`),
    inside(`<a>${'&amp;'.repeat(half / 5)}</a>`),
    inside(`<a b="${'>'.repeat(half)}"/>`),
    inside(`<!--${'-'.repeat(half)}-->`),
    inside('<![CDATA[]]>'.repeat(half / 12)),
    bytes('<'.repeat(half)),
    bytes('<a'.repeat(half / 2)),
    bytes(`<?xml ${'e'.repeat(half)}`),
    inside(`<a ${Array.from({ length: 40_000 }, (_, at) => `xmlns:b${at}="c"`).join(' ')}/>`),
    inside('<__proto__><polluted>1</polluted></__proto__><constructor/><toString/>'),
    inside('<a __proto__="1" constructor="2" xmlns:__proto__="3"/>'),
  ]) {
    const answer = parseTelegram(input)
    if (!('failed' in answer)) assert.ok(!Number.isNaN(answer.control_at.getTime()))
  }
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})
