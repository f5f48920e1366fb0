import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formLists, formValues, readForm } from './form-data.ts'

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

test('what is no form, or has more fields than any form, is an empty one', async () => {
  assert.deepEqual([...(await readForm(posted('{"a":1}', 'application/json')))], [])
  assert.deepEqual([...(await readForm(posted('--x', 'multipart/form-data; boundary=x')))], [])
  assert.equal([...(await readForm(posted('a=1&'.repeat(4999), plain)))].length, 4999)
  assert.deepEqual([...(await readForm(posted('a=1&'.repeat(5000), plain)))], [])
})
