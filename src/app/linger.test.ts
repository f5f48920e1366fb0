import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { linger } from './linger.ts'

test('who asks and sends nothing keeps the connection, also where the answer comes at once', async (t) => {
  const server = createServer((request, response) => {
    linger(request, response)
    response.writeHead(200)
    response.end('the public page')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const asked = get({ port, host: '127.0.0.1', headers: { connection: 'keep-alive' } })
  const [answer] = await once(asked, 'response')
  assert.equal(answer.headers.connection, 'keep-alive')
  answer.resume()
  await once(answer, 'end')
})
