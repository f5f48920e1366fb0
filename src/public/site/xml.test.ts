import assert from 'node:assert/strict'
import { test } from 'node:test'
import { xml } from './xml.ts'

test('values are escaped, nested xml is not', () => {
  const titles = ['A & B', '<地震>'].map((title) => xml`<title>${title}</title>`)
  assert.equal(
    xml`<feed note="${'"x"'}">${titles}</feed>`.text,
    '<feed note="&quot;x&quot;"><title>A &amp; B</title><title>&lt;地震&gt;</title></feed>',
  )
})

for (const { name, value, written } of [
  { name: 'control characters', value: 'a\u0000\u0008\u000b\u001fb', written: 'ab' },
  { name: 'lone surrogates', value: 'a\ud800b\udfffc', written: 'abc' },
  { name: 'non-characters', value: 'a\ufffe\uffffb', written: 'ab' },
  {
    name: 'tabs, line ends and characters beyond the first plane stay',
    value: '\t\r\n𠮷野家😀',
    written: '\t\r\n𠮷野家😀',
  },
  { name: 'nothing is left by null, undefined and false', value: null, written: '' },
])
  test(`what XML 1.0 does not allow is left out: ${name}`, () => assert.equal(xml`${value}`.text, written))
