import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeSms, type SmsContent } from './compose-sms.ts'
import { cleanText, partsOf, sms_parts_max } from './sms-text.ts'

for (const { text, encoding, lengths, name } of [
  { name: 'nothing', text: '', encoding: 'gsm7', lengths: [] },
  { name: '160 Latin letters', text: 'a'.repeat(160), encoding: 'gsm7', lengths: [160] },
  { name: '161 Latin letters', text: 'a'.repeat(161), encoding: 'gsm7', lengths: [153, 8] },
  { name: '306 Latin letters', text: 'a'.repeat(306), encoding: 'gsm7', lengths: [153, 153] },
  { name: '307 Latin letters', text: 'a'.repeat(307), encoding: 'gsm7', lengths: [153, 153, 1] },
  { name: '80 euro signs, two septets each', text: '€'.repeat(80), encoding: 'gsm7', lengths: [80] },
  { name: '81 euro signs, never cut in two', text: '€'.repeat(81), encoding: 'gsm7', lengths: [76, 5] },
  { name: 'one backtick, which GSM-7 has not', text: '`', encoding: 'ucs2', lengths: [1] },
  { name: '70 kanji', text: '報'.repeat(70), encoding: 'ucs2', lengths: [70] },
  { name: '71 kanji', text: '報'.repeat(71), encoding: 'ucs2', lengths: [67, 4] },
  { name: '134 kanji', text: '報'.repeat(134), encoding: 'ucs2', lengths: [67, 67] },
  { name: '135 kanji', text: '報'.repeat(135), encoding: 'ucs2', lengths: [67, 67, 1] },
  { name: '159 Latin letters and one kanji', text: `${'a'.repeat(159)}報`, encoding: 'ucs2', lengths: [67, 67, 26] },
  { name: '35 𠮷 of two units', text: '𠮷'.repeat(35), encoding: 'ucs2', lengths: [70] },
  { name: '36 𠮷, never cut in two', text: '𠮷'.repeat(36), encoding: 'ucs2', lengths: [66, 6] },
  { name: '69 kanji and 𠮷', text: `${'報'.repeat(69)}𠮷`, encoding: 'ucs2', lengths: [67, 4] },
  {
    name: '66 kanji, an emoji over the edge, 10 kanji',
    text: `${'報'.repeat(66)}🔥${'報'.repeat(10)}`,
    encoding: 'ucs2',
    lengths: [66, 12],
  },
])
  test(`${name}: ${encoding}, ${lengths.length} parts`, () => {
    const { parts, units, ...read } = partsOf(text)
    assert.equal(read.encoding, encoding)
    assert.deepEqual(
      parts.map(({ length }) => length),
      lengths,
    )
    assert.equal(parts.join(''), text)
    for (const part of parts) assert.ok(part.isWellFormed())
    assert.equal(units, text.includes('€') ? 2 * text.length : text.length)
  })

test('no cut at any length splits a character', () => {
  for (let length = 0; length < 140; length++) {
    const text = `${'報'.repeat(length)}𠮷🔥${'告'.repeat(70)}`
    const { parts } = partsOf(text)
    assert.equal(parts.join(''), text)
    for (const part of parts) assert.ok(part.isWellFormed() && part.length <= 67 && part.length > 0)
  }
})

for (const [written, clean] of [
  ['a\u0000b\u001bc\td', 'a b c d'],
  ['a\r\nb\rc\u2028d\u2029e', 'a\nb\nc\nd\ne'],
  ['\ud842報\udfb7', '\ufffd報\ufffd'],
  ['𠮷🔥', '𠮷🔥'],
  ['か\u3099', 'が'],
  ['evil\u202egnp.exe\u2066\u200b\ufeff', 'evilgnp.exe'],
  ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
  ['  a  \n b  ', 'a\n b'],
  ['\u0085a\u009f', 'a'],
] as const)
  test(`${JSON.stringify(written)} is sent as ${JSON.stringify(clean)}`, () => {
    assert.equal(cleanText(written), clean)
    assert.equal(cleanText(clean), clean)
  })

const content: SmsContent = {
  mode: 'exercise',
  subject: '状況報告のお願い（1月15日 10:00まで）首都直下地震',
  reply_code: 'K7M2',
  link: 'https://bcp.market.example/a/0123456789abcdef0123456789abcdef',
  sender: '架空証券業協会',
}

test('an SMS says that it is a drill, what it is about and how to answer', () => {
  const { text, parts, left_out } = composeSms(content)
  assert.equal(
    text,
    [
      '【訓練】状況報告のお願い（1月15日 10:00まで）首都直下地震',
      '「1 K7M2」と返信で確認',
      content.link,
      'EXERCISE. Reply "1 K7M2" to confirm.',
      '架空証券業協会',
    ].join('\n'),
  )
  assert.deepEqual([parts.length, left_out], [3, []])
})

test('what is real is marked by how urgent it is, a test as a test', () => {
  const begins = (about: Partial<SmsContent>) =>
    composeSms({ ...content, subject: '津波', ...about }).text.split('\n')[0]
  assert.equal(begins({ mode: 'actual' }), '【緊急】津波')
  assert.equal(begins({ mode: 'actual', severity: 'important' }), '【重要】津波')
  assert.equal(begins({ mode: 'actual', severity: 'routine' }), '津波')
  assert.equal(begins({ mode: 'test' }), '【試験】津波')
  assert.equal(begins({ severity: 'routine' }), '【訓練】津波')
  assert.doesNotMatch(composeSms({ ...content, mode: 'actual' }).text, /EXERCISE|TEST|訓練|試験/)
})

test('a reply that is a report is not called a confirmation, nor is a choice', () => {
  const says = (answer_wanted: 'choice' | 'report') => composeSms({ ...content, answer_wanted }).text.split('\n')
  assert.deepEqual(
    [says('report')[1], says('report')[3]],
    [
      '正常は「1 K7M2」、支障は「2 K7M2 状況」と返信で報告',
      'EXERCISE. Reply "1 K7M2" if all is normal, else "2 K7M2" and what is wrong.',
    ],
  )
  assert.equal(says('choice')[1], '番号とK7M2を返信で回答（例「1 K7M2」）')
  for (const kind of ['choice', 'report'] as const) assert.doesNotMatch(says(kind).join(), /確認|confirm/)
})

test('a subject that is marked already is not marked twice', () => {
  const { text } = composeSms({ ...content, subject: '【訓練】【通達】地震【訓練】' })
  assert.equal(text.split('\n')[0], '【訓練】【通達】地震【訓練】')
})

test('without an answer wanted, none is asked for', () => {
  const { text } = composeSms({ ...content, mode: 'actual', reply_code: null, link: null })
  assert.equal(text, `【緊急】${content.subject}\n架空証券業協会`)
})

test('a subject cannot begin a line of its own, and so cannot forge the answer or the link', () => {
  const { text } = composeSms({
    ...content,
    subject: '地震\n「1 X」と返信で確認\r\u2028https://evil.example',
    sender: 'a\nb',
  })
  assert.equal(text.split('\n')[0], '【訓練】地震 「1 X」と返信で確認 https://evil.example')
  assert.equal(text.split('\n').length, 5)
})

test('however long the subject, four parts hold the mark, its beginning, the answer and the link', () => {
  const given_up = new Set<string>()
  for (let length = 1; length < 1200; length += length < 300 ? 1 : 97) {
    const subject = '震度𠮷🔥'.repeat(Math.ceil(length / 4)).slice(0, length)
    const { text, parts, left_out } = composeSms({ ...content, subject })
    assert.ok(parts.length <= sms_parts_max && text.isWellFormed())
    assert.equal(parts.join(''), text)
    assert.ok(text.startsWith('【訓練】震'))
    assert.ok(text.includes('\n「1 K7M2」と返信で確認\n') && text.includes(`\n${content.link}`))
    assert.equal(text.includes('…'), left_out.includes('subject'))
    assert.equal(text.includes('架空証券業協会'), !left_out.includes('sender'))
    assert.equal(text.includes('Reply'), !left_out.includes('english'))
    given_up.add(left_out.join(' '))
  }
  assert.deepEqual([...given_up], ['', 'english', 'english sender', 'english sender subject'])
})

test('what belongs to a subject stands below it, and gives way before the subject does', () => {
  const short = composeSms({ ...content, subject: '期日', details: '架空市場庁 架市第7号' })
  assert.equal(short.text.split('\n')[1], '架空市場庁 架市第7号')
  const long = composeSms({ ...content, subject: '期'.repeat(180), details: '架空市場庁 架市第7号' })
  assert.deepEqual(long.left_out, ['english', 'sender', 'details'])
  assert.doesNotMatch(long.text, /架空市場庁|…/)
})

test('an SMS with blanks is cut as if they were filled in, and keeps them', () => {
  const subject = '震度'.repeat(200)
  const blanks = { ...content, subject, reply_code: '\u0001code\u0001', link: '\u0001link\u0001' }
  const asSent = (text: string) =>
    text.replaceAll(blanks.reply_code, 'K7M2').replaceAll(blanks.link, content.link ?? '')
  const { text, parts, left_out } = composeSms(blanks, asSent)
  const filled = composeSms({ ...content, subject })
  assert.deepEqual([asSent(text), parts, left_out], [filled.text, filled.parts, filled.left_out])
  assert.ok(text.includes(blanks.reply_code) && text.includes(`\n${blanks.link}`))
})

test('a link that leaves no room for a subject is a mistake of ours, not a short SMS', () => {
  assert.throws(() => composeSms({ ...content, link: `https://x.example/${'a'.repeat(300)}` }), /no room/)
})
