import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a server that speaks PostgreSQL 3.0 says of an error at the start: severity, SQLSTATE, message. */
const refusal = (() => {
  const fields = Buffer.from('SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0')
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
})()

/** Stands before a PostgreSQL as a connection pooler does: it drops the start-up parameters that it does not know, or refuses them. */
export async function openPooler(to: number, how: 'drops' | 'refuses') {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client.on('error', () => {}))
    client.once('data', (first: Buffer) => {
      if (how === 'refuses') return client.end(refusal)
      const behind = connect(to, '127.0.0.1').on('error', () => client.destroy())
      sockets.add(behind)
      behind.write(withoutOptions(first))
      client.pipe(behind).pipe(client)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The start-up message: length, version, then names and values, each ended by a zero, and one more. */
function withoutOptions(message: Buffer): Buffer {
  const words = message.subarray(8, -2).toString().split('\0')
  const kept = words.filter((_, index) => words[index - (index % 2)] !== 'options')
  const body = Buffer.from(`${kept.join('\0')}\0\0`)
  const head = Buffer.from(message.subarray(0, 8))
  head.writeInt32BE(body.length + 8, 0)
  return Buffer.concat([head, body])
}
