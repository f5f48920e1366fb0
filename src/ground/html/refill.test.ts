import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refill } from './refill.ts'

const page = (form: string) => `<main><details class="x"><summary>…</summary>${form}</details></main>`
const form = (controls: string) => `<form method="post" action="/a?b=1&amp;c=2">${controls}<button>送る</button></form>`
const at = '/a?b=1&c=2'

for (const [what, [controls, typed, expected]] of Object.entries({
  'a line': ['<input type="text" name="x" value="old"/>', [['x', 'a "b" <c>']], 'value="a &quot;b&quot; &lt;c&gt;"'],
  'a line that was empty': ['<input name="x"/>', [['x', 'new']], '<input name="x" value="new"/>'],
  'a text': [
    '<textarea name="x">old</textarea>',
    [['x', 'one\n<two>']],
    '<textarea name="x">\none\n&lt;two&gt;</textarea>',
  ],
  'a text that was cleared': ['<textarea name="x">old</textarea>', [['x', '']], '<textarea name="x">\n</textarea>'],
  'a ticked box': ['<input type="checkbox" name="x" value="1"/>', [['x', '1']], 'value="1" checked=""/>'],
  'a box whose tick was taken away': [
    '<input type="checkbox" name="x" checked="" value="1"/><input name="y"/>',
    [['y', 'z']],
    '<input type="checkbox" name="x" value="1"/>',
  ],
  'another choice': [
    '<input type="radio" name="x" checked="" value="1"/><input type="radio" name="x" value="2"/>',
    [['x', '2']],
    '<input type="radio" name="x" value="1"/><input type="radio" name="x" value="2" checked=""/>',
  ],
  'another option': [
    '<select name="x"><option value="1" selected="">a</option><option value="2">b</option></select>',
    [['x', '2']],
    '<option value="1">a</option><option value="2" selected="">b</option>',
  ],
  'several of one name': [
    '<input name="x"/><input name="x"/>',
    [
      ['x', '1'],
      ['x', '2'],
    ],
    'value="1"/><input name="x" value="2"/>',
  ],
  'what nobody sees': ['<input type="hidden" name="version" value="3"/>', [['version', '2']], 'value="2"'],
} satisfies Record<string, [string, [string, string][], string]>))
  test(`a form is filled in again with ${what}, and unfolded`, () => {
    const filled = refill(page(form(controls)), at, typed)
    assert.ok(filled?.includes(expected), filled ?? 'not filled in')
    assert.ok(filled?.includes('<details open="" class="x">'))
  })

test('a form of another address, or without a place for what was typed, is left alone', () => {
  const html = page(form('<input name="x"/><input type="password" name="p"/>'))
  assert.equal(refill(html, '/a', [['x', '1']]), null)
  assert.equal(
    refill(html, at, [
      ['x', '1'],
      ['y', '2'],
    ]),
    null,
  )
  assert.equal(
    refill(html, at, [
      ['x', '1'],
      ['x', '2'],
    ]),
    null,
  )
})

test('of two forms of one address the one that has all fields is filled in', () => {
  const two = page(form('<input name="x"/>') + form('<input name="x"/><input name="why"/>'))
  const filled =
    refill(two, at, [
      ['x', '1'],
      ['why', '2'],
    ]) ?? ''
  assert.ok(filled.includes('<input name="x"/><button>'), 'the first is as it was')
  assert.ok(filled.includes('<input name="x" value="1"/><input name="why" value="2"/>'))
})
