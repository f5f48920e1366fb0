import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { request } from 'node:http'
import { after, before, test } from 'node:test'
import { answerTo, openTestFront, type TestFront } from '#tests/kit/front.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let front: TestFront
let desk: string
let contact: string
before(async () => {
  site = await testSite()
  front = await openTestFront(site)
  desk = (await site.as('secretariat')).cookie ?? ''
  contact = (await site.as('bcp_contact')).cookie ?? ''
})
after(async () => {
  await front.close()
  await site.close()
  assert.deepEqual(site.reported, [])
})

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const chunked = { ...form, 'transfer-encoding': 'chunked' }
const boundary = '----a-boundary-as-browsers-make-it'
const kilobytes = (count: number) => Buffer.alloc(count * 1024, 'a')
const limits = (text: string) => /[\d.]+ MBまで/.exec(text)?.[0]

/** Sends without end, as long as somebody listens; the last chunk never comes. */
async function sendWithoutEnd(path: string, headers = {}, to = front) {
  const sent = to.begin('POST', path, { ...chunked, ...headers })
  sent.on('error', () => {})
  let sent_kilobytes = 0
  const answered = answerTo(sent)
  let is_answered = false
  answered.then(
    () => (is_answered = true),
    () => (is_answered = true),
  )
  while (!is_answered && sent_kilobytes < 40_000) {
    sent_kilobytes += 64
    if (!sent.write(kilobytes(64))) await Promise.race([once(sent, 'drain').catch(() => {}), answered.catch(() => {})])
  }
  const answer = await answered
  sent.destroy()
  return { ...answer, sent_kilobytes }
}

for (const [path, limit] of [
  ['/notices', '0.5 MBまで'],
  ['/roster/import', '0.5 MBまで'],
  ['/improvements/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11/files', '0.5 MBまで'],
  ['/reports', '0.5 MBまで'],
  ['/sign-in', '0.06 MBまで'],
  ['/sign-in/passkey', '0.06 MBまで'],
  ['/a/abcdefghijklmnopqrstuvwxyz', '0.06 MBまで'],
  ['/invitations/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11', '0.06 MBまで'],
  ['/sign-in/sso/saml2/sp/acs/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11', undefined],
  ['/gateway/sms', undefined],
] as const)
  test(`who is not signed in sends no more than a small body to ${path}, be its size said or not`, async () => {
    const said = front.begin('POST', path, { ...form, 'content-length': 20_000_000 })
    said.on('error', () => {})
    said.flushHeaders()
    const answer = await answerTo(said)
    said.destroy()
    assert.equal(answer.code, 413)
    assert.equal(answer.headers.connection, 'close')
    if (limit) assert.equal(limits(answer.text), limit)
    const unsaid = await sendWithoutEnd(path)
    // Nobody is asked for by an id that is not there; all others have gone as far as their limit.
    assert.ok([413, 404].includes(unsaid.code ?? 0), `${unsaid.code}`)
    assert.ok(unsaid.sent_kilobytes < 40_000)
  })

for (const method of ['PUT', 'DELETE', 'QUERY', 'PROPFIND', 'OPTIONS'])
  test(`a body has its limit by any method: ${method}`, async () => {
    const sent = front.begin(method, '/situations', { ...form, 'content-length': 20_000_000 })
    sent.on('error', () => {})
    sent.flushHeaders()
    const answer = await answerTo(sent)
    sent.destroy()
    assert.equal(answer.code, 413)
  })

for (const [path, who, limit] of [
  ['/notices', () => desk, '25.5 MBまで'],
  ['/roster/import', () => desk, '6 MBまで'],
  ['/situations', () => desk, '0.5 MBまで'],
] as const)
  test(`a body without end is answered at its limit, and the page says it: ${path}`, async () => {
    const answer = await sendWithoutEnd(path, { cookie: who() })
    assert.equal(answer.code, 413)
    assert.equal(limits(answer.text), limit)
    assert.match(answer.text, /何も変更されていません/)
    const english = await sendWithoutEnd(path, { cookie: `${who()}; language=en` })
    assert.match(english.text, new RegExp(`up to ${limit.replace('まで', '')} can be taken`))
  })

for (const path of ['/notices', '/roster/import'])
  test(`who may not is told so before a file is read: ${path}`, async () => {
    const sent = front.begin('POST', path, { ...form, cookie: contact, 'content-length': 5_000_000 })
    sent.on('error', () => {})
    sent.flushHeaders()
    const answer = await answerTo(sent)
    sent.destroy()
    assert.equal(answer.code, 403)
    assert.match(answer.text, /権限がありません/)
  })

test('a client that sends to its end reads the refusal, on a connection that is used again or closed, and never reset', async () => {
  for (let time = 0; time < 8; time++) {
    const body = kilobytes(3000)
    const sent = front.begin('POST', '/situations', { ...form, cookie: desk, 'content-length': body.length })
    sent.end(body)
    const answer = await answerTo(sent)
    assert.deepEqual([answer.code, answer.headers.connection], [413, 'close'])
    assert.match(answer.text, /<\/html>\s*$/)
  }
  // What has come whole is answered on a connection that stays.
  const small = front.begin('POST', '/sign-in', form)
  small.end('email=a@firm.example&password=')
  assert.notEqual((await answerTo(small)).headers.connection, 'close')
})

test('what a form holds arrives, from the small to the large, however it is cut', async () => {
  const parts = (text: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="email"\r\n\r\n${text}\r\n--${boundary}--\r\n`
  const sent = front.begin('POST', '/sign-in', {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'transfer-encoding': 'chunked',
  })
  for (const letter of parts('typed@firm.example')) sent.write(letter)
  sent.end()
  const answer = await answerTo(sent)
  assert.equal(answer.code, 401)
  assert.match(answer.text, /value="typed@firm\.example"/)
})

test('more fields than any form has are refused, in either form of sending, and the page says how many', async () => {
  const many = Array.from({ length: 5001 }, (_, at) => `f${at}`)
  const multipart = `${many.map((name) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n\r\n`).join('')}--${boundary}--\r\n`
  for (const [type, body] of [
    [form['content-type'], many.map((name) => `${name}=`).join('&')],
    [`multipart/form-data; boundary=${boundary}`, multipart],
    [`multipart/form-data; charset=utf-8; boundary="${boundary}"`, multipart],
  ] as const) {
    const sent = front.begin('POST', '/situations', { 'content-type': type, cookie: desk })
    sent.end(body)
    const answer = await answerTo(sent)
    assert.equal(answer.code, 413, type)
    assert.match(answer.text, /5,000個まで/)
  }
})

test('a body that comes too slowly ends, and is told so', async () => {
  const hasty = await openTestFront(site, { times: { form_ms: 20, files_ms: 20 } })
  try {
    for (const [path, cookie] of [
      ['/sign-in', ''],
      ['/notices', desk],
    ] as const) {
      const sent = hasty.begin('POST', path, { ...form, 'content-length': 5000, ...(cookie && { cookie }) })
      sent.on('error', () => {})
      sent.write('email=')
      const answer = await answerTo(sent)
      sent.destroy()
      assert.deepEqual([answer.code, answer.headers.connection], [408, 'close'])
      assert.match(answer.text, /時間内に終わりませんでした/)
    }
  } finally {
    await hasty.close()
  }
})

test('many bodies at once get no further than the room for them, and a sign-in still comes through', async () => {
  const narrow = await openTestFront(site, {
    room: { nobody_bytes_max: 100 * 1024, large_max: 1, large_of_one_max: 1 },
  })
  const held: ReturnType<typeof request>[] = []
  /** Bodies that do not come to their end; resolves with the answers, once so many of them are answered. */
  const refusedOf = (
    path: string,
    headers: object,
    { of, kilobytes: size, refused }: Record<'of' | 'kilobytes' | 'refused', number>,
  ) =>
    new Promise<Awaited<ReturnType<typeof answerTo>>[]>((resolve, reject) => {
      const answers: Awaited<ReturnType<typeof answerTo>>[] = []
      for (let one = 0; one < of; one++) {
        const sent = narrow.begin('POST', path, { ...chunked, ...headers })
        sent.on('error', () => {})
        held.push(sent)
        sent.write(kilobytes(size))
        answerTo(sent).then((answer) => answers.push(answer) === refused && resolve(answers), reject)
      }
    })
  try {
    // Forms of people whose session is over: of each 16 KB are free, and two more fit.
    const forms = await refusedOf('/situations', {}, { of: 6, kilobytes: 50, refused: 4 })
    const files = await refusedOf('/notices', { cookie: desk }, { of: 2, kilobytes: 700, refused: 1 })
    for (const { code, headers, text } of [...forms, ...files]) {
      assert.deepEqual([code, headers['retry-after']], [503, '10'])
      assert.match(text, /混み合っています/)
    }
    const small = narrow.begin('POST', '/sign-in', form)
    small.end('email=a@firm.example&password=')
    assert.equal((await answerTo(small)).code, 401)
  } finally {
    for (const sent of held) sent.destroy()
    await narrow.close()
  }
})
