import assert from 'node:assert/strict'
import { test } from 'node:test'
import { channelNames } from '#ground/channels/channel.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { labelWords } from '#ground/html/label.tsx'
import { labelNames, labels } from '#ground/rights/labels.ts'
import { type Blanks, filled, inHtml } from './blanks.ts'
import { type NoticeToRender, renderNotice } from './render-notice.ts'

const notice = (change: Partial<NoticeToRender> = {}): NoticeToRender => ({
  id: '0190a000-0000-7000-8000-000000000001',
  mode: 'actual',
  kind: 'report_request',
  severity: 'urgent',
  label: 'green',
  subject_ja: '状況を報告してください',
  subject_en: 'Report your status',
  text_ja: '報告を\nお願いします <b>',
  text_en: 'Please report',
  answer_wanted: 'report',
  choices: [],
  answer_by: new Date('2027-01-15T05:05:00Z'),
  at: new Date('2027-01-15T00:00:00Z'),
  situation: { title_ja: '首都直下地震', title_en: 'Tokyo earthquake' },
  replaces: null,
  attachments: 0,
  official: null,
  sender: { name_ja: '架空証券業協会', name_en: 'Fictional Association', phone: '03-0000-0000' },
  origin: 'https://bcp.market.example',
  takes_sms: true,
  ...change,
})
const blanks: Blanks = {
  institution_ja: '架空<証券>',
  institution_en: 'Fictional & Sons',
  contact_ja: '架空 花子',
  contact_en: 'Hanako Kakuu',
  link: 'https://bcp.market.example/a/0123456789abcdefghjkmnpqrs',
  code: 'A2B3C',
}
function mail(change: Partial<NoticeToRender> = {}) {
  const { subject, body, html } = renderNotice(notice(change), 'mail')
  return { subject: filled(subject, blanks), text: filled(body, blanks), html: filled(html ?? '', blanks, inHtml) }
}

test('the mail names person, institution, deadline, sender and phone, in Japanese first and then in English', () => {
  const { subject, text, html } = mail()
  assert.equal(subject, '【緊急】【状況報告の依頼】状況を報告してください（1月15日（金） 14:05 JSTまで）')
  for (const said of ['架空<証券>', '架空 花子 様', '1月15日（金） 14:05 JST', '架空証券業協会', blanks.link])
    assert.ok(text.includes(said), said)
  for (const said of ['Fictional & Sons', 'Hanako Kakuu', 'Answer by: Fri 15 Jan 14:05 JST', 'Fictional Association'])
    assert.ok(text.includes(said), said)
  assert.ok(text.indexOf('回答期限') < text.indexOf('Answer by'))
  assert.equal(text.split(blanks.link).length, 3, 'the link stands in both languages')
  assert.ok(html.includes(`href="${blanks.link}"`))
  assert.ok(html.includes('<html lang="ja">') && html.includes('lang="en"'))
})

test('names and texts cannot become markup in the HTML part', () => {
  const { html } = mail()
  assert.ok(html.includes('架空&lt;証券&gt;') && html.includes('Fictional &amp; Sons'))
  assert.ok(html.includes('お願いします &lt;b&gt;'))
  assert.ok(!html.includes('<b>'))
})

for (const label of labels)
  test(`a mail labelled ${label} says so, and who may read it, in both languages and in both of its parts`, () => {
    const { text, html } = mail({ label })
    for (const part of [text, html])
      for (const language of ['ja', 'en'] as const)
        assert.ok(part.includes(`${labelNames[label]} ${labelWords[language][label]}`), part)
  })

for (const { mode, prefix, said, last } of [
  { mode: 'exercise', prefix: '【訓練】', said: 'これは訓練です', last: /^\[EXERCISE\]/ },
  { mode: 'test', prefix: '【試験】', said: 'これは試験です', last: /^\[TEST\]/ },
] as const)
  test(`S0-28 a mail of mode ${mode} says so in the subject, at the top and at the bottom`, () => {
    const { subject, text, html } = mail({ mode })
    assert.ok(subject.startsWith(prefix) && !subject.includes('緊急'))
    assert.ok(text.startsWith(prefix))
    for (const part of [text, html]) assert.ok(part.split(said).length >= 3)
    assert.match(text.trim().split('\n').at(-1) ?? '', last)
    for (const channel of channelNames)
      assert.ok(renderNotice(notice({ mode }), channel).subject.startsWith(prefix), channel)
  })

test('S0-28 a real mail never speaks of an exercise or a test', () => {
  const { subject, text, html } = mail()
  assert.doesNotMatch(subject + text + html, /訓練|試験|EXERCISE|TEST\b/)
})

for (const channel of channelNames)
  for (const answer_wanted of ['none', 'acknowledge', 'choice', 'report'] as const)
    test(`no blank is left over in ${channel} when ${answer_wanted} is wanted`, () => {
      const choices = [
        { ja: '可能', en: 'Possible' },
        { ja: '不可能', en: 'Impossible' },
      ]
      const { subject, body, html } = renderNotice(notice({ answer_wanted, choices }), channel)
      for (const part of [subject, body, html ?? '']) {
        const whole = filled(part, blanks)
        assert.ok(!whole.includes(String.fromCharCode(1)))
        assert.doesNotMatch(whole, /undefined|institution_ja|contact_en/)
      }
    })

test('a blank that somebody writes into a notice of their own is filled with nothing that is not theirs', () => {
  const edge = String.fromCharCode(1)
  const { subject } = mail({ subject_ja: `${edge}link${edge} ${edge}code${edge}` })
  assert.ok(!subject.includes(blanks.link) && !subject.includes(blanks.code))
})

test('a title or a name with line breaks cannot begin a new header or a new line', () => {
  const subject_ja = '地震\r\nBcc: all@example.com\u2028\u0000x'
  const { subject } = mail({ subject_ja })
  assert.doesNotMatch(subject, /[\r\n\p{Cc}\u2028]/u)
  assert.ok(subject.includes('地震 Bcc: all@example.com x'))
  assert.equal(oneLine('花子\r\nRCPT TO:<x@example.com>'), '花子 RCPT TO:<x@example.com>')
})

test('without a number in the directory the mail still says how to report by phone', () => {
  const { text } = mail({ sender: { ...notice().sender, phone: null } })
  assert.match(text, /緊急連絡網に定めた番号/)
  assert.match(text, /in your call tree/)
})

test('a correction and a withdrawal name what they are about, with its time', () => {
  const replaces = {
    subject_ja: '前の通知',
    subject_en: 'The one before',
    released_at: new Date('2027-01-14T23:00:00Z'),
  }
  for (const [kind, ja, en] of [
    ['correction', '「前の通知」は、この通知に置き換わりました', '"The one before", sent'],
    ['withdrawal', '「前の通知」を取り消します', 'is withdrawn'],
  ] as const) {
    const { text, html } = mail({ kind, replaces, answer_wanted: 'acknowledge' })
    for (const part of [text, html]) assert.ok(part.includes(ja), kind)
    assert.ok(text.includes(en))
  }
})

const document = { issuer: '架空市場庁', reference: '架市第7号', issued_on: '2027-01-15' }
const official = (change: Partial<NoticeToRender> = {}) =>
  notice({ kind: 'official', answer_wanted: 'acknowledge', official: document, ...change })

test('an official notice stands with issuer, number and date on lines of their own, above its text', () => {
  const { text, html } = mail(official())
  const lines = ['発出元：架空市場庁\n文書番号：架市第7号\n発出日：2027年1月15日']
  lines.push('Issuer: 架空市場庁\nReference: 架市第7号\nDate of issue: 2027-01-15')
  for (const said of lines) for (const part of [text, html]) assert.ok(part.includes(said), said)
  assert.ok(text.indexOf('発出元') < text.indexOf('報告を\nお願いします'))
  for (const channel of ['web_push', 'webhook', 'file_drop'] as const)
    assert.ok(renderNotice(official(), channel).body.includes(lines[0]!), channel)
  const [push] = renderNotice(official(), 'web_push').body.split('報告を')
  assert.ok([...(push ?? '')].length < 250, 'a device shows them before it cuts')
})

test('an official notice without a number has no empty line for one, and its issuer cannot begin a line', () => {
  const { text } = mail(official({ official: { ...document, reference: '', issuer: '架空庁\r\n文書番号：偽' } }))
  assert.ok(text.includes('発出元：架空庁 文書番号：偽\n発出日：2027年1月15日'))
})

test('who issued an official notice is said in its call, and stands in its SMS while there is room', () => {
  assert.match(renderNotice(official(), 'voice').body, /通達等の転送、架空市場庁、状況を報告してください。/)
  const sms = renderNotice(official(), 'sms').body
  assert.match(sms, /状況を報告してください\n架空市場庁 架市第7号 2027年1月15日\n/)
})

for (const answer_wanted of ['acknowledge', 'choice', 'report'] as const)
  test(`a mail that wants ${answer_wanted} invites a reply where one is taken in, in text and HTML, and else says nothing of it`, () => {
    const choices = [
      { ja: '可能', en: 'Possible' },
      { ja: '不可能', en: 'Impossible' },
    ]
    const { body, html } = renderNotice(notice({ answer_wanted, choices }), 'mail')
    const invites = /返信|reply to this mail/i
    for (const takes_replies of [true, false]) {
      const parts = [
        filled(body, { ...blanks, takes_replies }),
        filled(html ?? '', { ...blanks, takes_replies }, inHtml),
      ]
      for (const part of parts) {
        assert.equal(invites.test(part), takes_replies)
        assert.ok(part.includes(blanks.link), 'the link stands in any case')
        assert.ok(!part.includes(String.fromCharCode(1)))
      }
    }
    assert.doesNotMatch(filled(body, { ...blanks, takes_replies: false }), /\n{3}/, 'no gap is left')
  })
