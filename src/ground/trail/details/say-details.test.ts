import assert from 'node:assert/strict'
import { test } from 'node:test'
import { channelWords, severityWords } from '#ground/channels/words.ts'
import { sayDetails } from './say-details.ts'

for (const [what, details, ja, en] of [
  ['a code', { hazard: 'earthquake' }, '災害・障害の種類：地震', 'Hazard: Earthquake'],
  ['a role', { role: 'bcp_contact' }, '役割：BCP連絡担当者', 'Role: BCP contact'],
  ['a truth', { reopened: false }, '再び判断を求めた：いいえ', 'Decision asked again: no'],
  ['a list', { lost: ['sms', 'mail'] }, '使えない配信経路：SMS、メール', 'Lost: SMS, Mail'],
  ['what says nothing', { criteria: [], reason: '', restored_id: null, by_way: {} }, '', ''],
  [
    'a moment',
    { event_at: '2027-01-15T00:30:00.000Z' },
    '発生時刻：2027-01-15 09:30:00 JST',
    'Event at: 2027-01-15 09:30:00 JST',
  ],
  [
    'what a person wrote',
    { title: 'mail', reason: '架空の理由' },
    '題名：mail / 理由：架空の理由',
    'Title: mail / Reason: 架空の理由',
  ],
  [
    'fields of a roster',
    { fields: ['contact.reading', 'institution.lei'] },
    '変更した項目：連絡先の読み、機関のLEI',
    'Fields changed: Contacts: Reading, Institutions: LEI',
  ],
  [
    'a field before and after',
    { changes: [{ field: 'is_active', before: true, after: false }, { field: 'evidence' }] },
    '変更：有効 はい → いいえ、証拠',
    'Changes: In use yes → no, Proof',
  ],
  [
    'a setting before and after',
    { changes: { 'session.confirm_minutes': { before: 15, after: null } } },
    /^変更：.+：15 → なし$/,
    /^Changes: .+: 15 → nothing$/,
  ],
  [
    'figures under one name',
    { by_way: { mail: 2, portal: 1 } },
    '回答の方法ごとの数：メール：2、ポータル：1',
    'By way: Mail: 2, Portal: 1',
  ],
] as const)
  test(`${what} is said in both languages`, () => {
    for (const [language, words] of [
      ['ja', ja],
      ['en', en],
    ] as const)
      if (typeof words === 'string') assert.equal(sayDetails(language, details), words)
      else assert.match(sayDetails(language, details), words)
  })

test('channels and severities are called in the trail as everywhere', () => {
  for (const language of ['ja', 'en'] as const) {
    for (const [channel, word] of Object.entries(channelWords[language]))
      if (channel !== 'call') assert.ok(sayDetails(language, { channel }).endsWith(word), channel)
    for (const [severity, word] of Object.entries(severityWords[language]))
      assert.ok(sayDetails(language, { severity }).endsWith(word), severity)
  }
})
