import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMail } from './parse-mail.ts'

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'))

test('a mail is read, and one that is made to be slow to read is none', async () => {
  const read = await parseMail(mail('From: a@firm.example', 'Subject: x', '', 'We are well.'))
  assert.deepEqual([read?.from?.address, read?.text?.trim()], ['a@firm.example', 'We are well.'])
  for (const [what, made] of Object.entries({
    'parts without end': mail('Content-Type: multipart/mixed; boundary=b', '', ...Array<string>(5000).fill('--b')),
    'lines of headers that look like parts': mail(...Array<string>(5000).fill('--b')),
    'a header without end': mail(`Subject: ${'x'.repeat(70_000)}`, '', 'x'),
    'headers without end': mail(...Array<string>(20_000).fill('a: b'), '', 'x'),
    'parts in parts': mail(
      ...Array.from({ length: 40 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}`),
    ),
  }))
    assert.equal(await parseMail(made), null, what)
})

test('of a long mail its beginning is looked at', async () => {
  const read = await parseMail(mail('Subject: x', '', 'first', ...Array<string>(50_000).fill('more')))
  assert.match(read?.text ?? '', /^first\n/)
  assert.ok((read?.text ?? '').split('\n').length <= 20_000)
})
