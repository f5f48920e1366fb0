import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '#app/app.tsx'
import { openRoom, type RoomLimits } from '#app/body-room.ts'
import type { ConnectionLimits } from '#app/connections.ts'
import { createFront } from '#app/front.ts'
import { createProbes } from '#app/probes.ts'
import type { BodyTimes } from '#app/take-body.ts'
import { createPublicServer, emptySnapshot } from '#public/site/index.ts'
import type { TestSite } from './site.ts'

type Limits = { room?: Partial<RoomLimits>; times?: BodyTimes; connections?: Partial<ConnectionLimits> }

/** The program of a test site behind the server that stands before it, on a port of its own; with other limits where a test needs them. */
export async function openTestFront(site: TestSite, { room, times, connections }: Limits = {}) {
  const { tools, auth, hub, readings, denials } = site
  const report = (error: unknown) => site.reported.push(error)
  const app = createApp({
    ...{ tools, auth, hub, readings, denials, report },
    bodies: { ...(room && { room: openRoom(room) }), ...(times && { times }) },
  })
  const probes = createProbes(() => true)
  probes.ready(() => Promise.resolve([]))
  const front = createFront({ probes, ...(connections && { limits: connections }) })
  const { server } = front
  const folder = `${tools.config.data}/public`
  const published = await createPublicServer({ folder, origin: tools.origin, clock: tools.clock })
  await published.set(emptySnapshot('actual'))
  front.open(published)
  front.answerWith(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    port,
    server,
    /** Begins a request; what is written to it comes when the caller says so. */
    begin: (method: string, path: string, headers: OutgoingHttpHeaders = {}) =>
      request({ host: '127.0.0.1', port, method, path, headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
    /** A bare connection. */
    connect: () => connect(port, '127.0.0.1'),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type TestFront = Awaited<ReturnType<typeof openTestFront>>

/** What a request is answered, to its end. */
export async function answerTo(sent: ReturnType<typeof request>) {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.setEncoding('utf8')
  let text = ''
  for await (const chunk of answer) text += chunk
  return { code: answer.statusCode, headers: answer.headers, text }
}
