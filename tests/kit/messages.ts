import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Message } from '#ground/channels/channel.ts'

export const testMessage = (told: Partial<Message> & Pick<Message, 'address'>): Message => ({
  delivery_id: '0197f4e0-0000-7000-8000-000000000001',
  notice_id: '0197f4e0-0000-7000-8000-00000000000a',
  message_id: '<0197f4e0.1@noroshi.example>',
  mode: 'actual',
  severity: 'urgent',
  label: 'amber',
  date: new Date('2027-01-15T09:00:00Z'),
  to_name: '架空 花子',
  institution_code: 'SEC-001',
  subject: '売買停止のお知らせ',
  text: '蒼天証券取引所は売買を停止しました。\n次のお知らせは10時です。',
  link: null,
  ...told,
})

export type Received = { headers: IncomingHttpHeaders; body: string; path: string }
type Told = { status: number; headers?: Record<string, string>; body?: string }
/** Answers by hand: for what no well-behaved server does. */
type ByHand = (response: ServerResponse, socket: Socket) => void

/** A firm's server on loopback that keeps what it got, and answers as told. */
export async function testReceiver(answer: (received: Received) => Told | ByHand = () => ({ status: 204 })) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    request.setEncoding('utf8')
    for await (const chunk of request) body += chunk
    const got = { headers: request.headers, body, path: request.url ?? '' }
    received.push(got)
    const told = answer(got)
    if (typeof told === 'function') return told(response, request.socket)
    response.writeHead(told.status, told.headers).end(told.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
