import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blank, filled } from './blanks.ts'
import { type NoticeToRender, renderNotice, smsOf } from './render-notice.ts'

const notice: NoticeToRender = {
  id: '00000000-0000-4000-8000-000000000001',
  mode: 'exercise',
  kind: 'command_centre',
  severity: 'urgent',
  label: 'green',
  subject_ja: '対策本部を設置しました',
  subject_en: 'The command centre is at work',
  text_ja: '確認してください。',
  text_en: 'Please check.',
  answer_wanted: 'acknowledge',
  choices: [],
  answer_by: null,
  at: new Date('2027-01-15T00:00:00Z'),
  situation: null,
  replaces: null,
  attachments: 0,
  official: null,
  sender: { name_ja: '架空証券業協会', name_en: 'Fictional Association', phone: '+81300000001' },
  origin: 'https://bcp.market.example',
  takes_sms: true,
}
const blanks = {
  institution_ja: '架空証券',
  institution_en: 'Fictional Securities',
  contact_ja: '架空 花子',
  contact_en: 'Hanako',
  link: 'https://bcp.market.example/a/abcdefghjkmnpqrstvwxyz0123',
  code: 'A7K2F',
}

test('N-15 an SMS says that it is a drill, what it is about, how to answer by reply, and where', () => {
  const sms = filled(renderNotice(notice, 'sms').body, blanks)
  assert.match(sms, /^【訓練】/)
  assert.match(sms, /対策本部を設置しました/)
  assert.match(sms, /「1 A7K2F」/)
  assert.match(sms, /https:\/\/bcp\.market\.example\/a\/abcdefghjkmnpqrstvwxyz0123/)
  const { parts } = smsOf(notice)
  assert.ok(parts.length >= 1 && parts.length <= 4)
  for (const part of parts) assert.ok(part.length <= 67 || parts.length === 1, part)
})

for (const channel of ['mail', 'web_push', 'sms', 'voice', 'webhook', 'file_drop'] as const)
  test(`no blank is left over on ${channel}, and what a person wrote is none`, () => {
    const rendering = renderNotice({ ...notice, text_ja: '{{link}} と書いても' }, channel)
    for (const text of [rendering.subject, rendering.body, rendering.html ?? ''])
      assert.ok(!filled(text, blanks).includes(blank('link').charAt(0)), text)
  })

test('an SMS invites no reply where none is taken in: the link stands alone', () => {
  for (const answer_wanted of ['acknowledge', 'choice', 'report'] as const) {
    const { text } = smsOf({ ...notice, answer_wanted, takes_sms: false })
    assert.doesNotMatch(text, /返信|Reply/)
    assert.ok(filled(text, blanks).includes(blanks.link))
    assert.match(smsOf({ ...notice, answer_wanted }).text, /返信/)
  }
})
