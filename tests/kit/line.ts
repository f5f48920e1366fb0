import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The line between a phone and the server, which can be cut: emulated, it does not reach into the service worker. */
export async function openLine(to?: string) {
  let far_end = to
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const { hostname, port } = new URL(far_end ?? 'http://127.0.0.1:1')
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy()).on('close', () => open.delete(socket))
      socket.pipe(other)
    }
  })
  const listen = async (at: number) => {
    await once(server.listen(at, '127.0.0.1'), 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  const own = await listen(0)
  return {
    origin: `http://localhost:${own}`,
    /** For a server that has to know the address that people type before it starts. */
    leadTo: (origin: string) => void (far_end = origin),
    mend: () => listen(own),
    async cut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** A port that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
