import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeMail, type Letter } from './compose-mail.ts'

const letter = (change: Partial<Letter> = {}, mode: Letter['situation']['mode'] = 'actual'): Letter => ({
  origin: 'https://bcp.market.example',
  situation: {
    id: '0190a000-0000-7000-8000-000000000001',
    mode,
    title_ja: '首都直下地震',
    title_en: 'Tokyo earthquake',
  },
  round: {
    text_ja: '報告を\nお願いします <b>',
    text_en: 'Please report',
    answer_by: new Date('2027-01-15T05:05:00Z'),
    asked_at: new Date('2027-01-15T00:00:00Z'),
  },
  institution: { name_ja: '架空<証券>', name_en: 'Fictional & Sons' },
  contact: { name_ja: '架空 花子', name_en: 'Hanako Kakuu' },
  sender: { name_ja: '架空証券業協会', name_en: 'Fictional Association', phone: '03-0000-0000' },
  ...change,
})
const link = 'https://bcp.market.example/situations/0190a000-0000-7000-8000-000000000001/report'

test('S0-21 the mail names person, institution, deadline, sender and phone, in Japanese first and then in English', () => {
  const { subject, text, html } = composeMail(letter())
  assert.equal(subject, '【緊急】状況報告のお願い（1月15日（金） 14:05 JSTまで）首都直下地震')
  for (const said of ['架空<証券>', '架空 花子 様', '1月15日（金） 14:05 JST', '架空証券業協会', '03-0000-0000', link])
    assert.ok(text.includes(said), said)
  for (const said of ['Fictional & Sons', 'Hanako Kakuu', 'Answer by: Fri 15 Jan 14:05 JST', 'Fictional Association'])
    assert.ok(text.includes(said), said)
  assert.ok(text.indexOf('回答期限') < text.indexOf('Answer by'))
  assert.equal(text.split(link).length, 3, 'the link stands in both languages')
  assert.ok(html.includes(`href="${link}"`))
  assert.ok(html.includes('<html lang="ja">') && html.includes('lang="en"'))
})

test('S0-21 names and texts cannot become markup in the HTML part', () => {
  const { html } = composeMail(letter())
  assert.ok(html.includes('架空&lt;証券&gt;') && html.includes('Fictional &amp; Sons'))
  assert.ok(html.includes('お願いします &lt;b&gt;'))
  assert.ok(!html.includes('<b>'))
})

for (const { mode, prefix, notice } of [
  { mode: 'exercise', prefix: '【訓練】', notice: 'これは訓練です' },
  { mode: 'test', prefix: '【試験】', notice: 'これは試験です' },
] as const)
  test(`S0-28 a mail of mode ${mode} says so in the subject, at the top and at the bottom`, () => {
    const { subject, text, html } = composeMail(letter({}, mode))
    assert.ok(subject.startsWith(prefix))
    assert.ok(!subject.includes('緊急'))
    assert.ok(text.startsWith(prefix))
    assert.equal(text.split(notice).length, 3)
    assert.equal(html.split(notice).length, 3)
    assert.match(text.trim().split('\n').at(-1) ?? '', mode === 'exercise' ? /^\[EXERCISE\]/ : /^\[TEST\]/)
  })

test('S0-28 a real mail never speaks of an exercise or a test', () => {
  const { subject, text, html } = composeMail(letter())
  assert.doesNotMatch(subject + text + html, /訓練|試験|EXERCISE|TEST\b/)
})

test('S0-21 a title or a name with line breaks cannot begin a new header or a new line', () => {
  const title_ja = '地震\r\nBcc: all@example.com\u2028\u0000x'
  const evil = letter({
    situation: { ...letter().situation, title_ja },
    contact: { name_ja: '花子\r\nRCPT TO:<x@example.com>', name_en: null },
  })
  const { subject, text } = composeMail(evil)
  assert.doesNotMatch(subject, /[\r\n\p{Cc}\u2028]/u)
  assert.ok(subject.endsWith('地震 Bcc: all@example.com x'))
  assert.ok(text.includes('花子 RCPT TO:<x@example.com> 様'))
})

test('S0-14 without a number in the directory the mail still says how to report by phone', () => {
  const { text } = composeMail(letter({ sender: { ...letter().sender, phone: null } }))
  assert.match(text, /緊急連絡網に定めた番号/)
  assert.match(text, /in your call tree/)
})
