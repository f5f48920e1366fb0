import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BodyRefused } from './body-refused.ts'
import { fields_max, formLists, formValues, readForm } from './form-data.ts'

const posted = (body: string | FormData, type?: string) =>
  new Request('http://here.invalid/', { method: 'POST', body, ...(type && { headers: { 'content-type': type } }) })
const plain = 'application/x-www-form-urlencoded'

test('a form is read the same, however a browser sends it', async () => {
  const fields = [
    ['text', '震度 6弱 & more=+%\n'],
    ['box', 'a'],
    ['box', 'b'],
    ['nothing', ''],
  ] as const
  const parts = new FormData()
  for (const [name, value] of fields) parts.append(name, value)
  const query = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
  for (const request of [posted(query, plain), posted(query, `${plain};charset=UTF-8`)])
    assert.deepEqual([...(await readForm(request))], fields)
  // Line ends are what browsers make of them.
  assert.deepEqual(
    [...(await readForm(posted(parts)))].map(([name, value]) => [name, String(value).replace('\r\n', '\n')]),
    fields,
  )
  assert.deepEqual((await formLists(posted(query, plain))).box, ['a', 'b'])
  assert.equal((await formValues(posted(query, plain))).box, 'b')
})

test('what is no form is an empty one', async () => {
  assert.deepEqual([...(await readForm(posted('{"a":1}', 'application/json')))], [])
  assert.deepEqual([...(await readForm(posted('--x', 'multipart/form-data; boundary=x')))], [])
  assert.deepEqual([...(await readForm(posted('--x', 'multipart/form-data')))], [])
  assert.deepEqual([...(await readForm(new Request('http://here.invalid/', { method: 'POST' })))], [])
})

test('a form may have as many fields as the longest has, and is refused with one more', async () => {
  const parts = (count: number) => {
    const form = new FormData()
    for (let at = 0; at < count; at++) form.append(`f${at}`, at === 0 ? new File(['x'], 'x.txt') : '')
    return posted(form)
  }
  for (const [of, last] of [
    [(count: number) => posted(`${'a=1&'.repeat(count - 1)}a=1`, plain), fields_max],
    [parts, fields_max],
  ] as const) {
    assert.equal([...(await readForm(of(last)))].length, last)
    await assert.rejects(readForm(of(last + 1)), (error) => error instanceof BodyRefused && error.why === 'fields')
  }
})

test('each list has its own values, also under names that objects have', async () => {
  const lists = await formLists(posted('a=1&__proto__=2&a=3&constructor=4&toString=5&__proto__=6', plain))
  assert.deepEqual(Object.entries(lists), [
    ['a', ['1', '3']],
    ['__proto__', ['2', '6']],
    ['constructor', ['4']],
    ['toString', ['5']],
  ])
})
