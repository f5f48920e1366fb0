import http from 'node:http'
import https from 'node:https'

export type GatewayRequest = { method: 'POST' | 'PUT'; url: string; headers: Record<string, string>; body: string }

/** What came back; `text` is cut where the answer was too long or broke off. */
export type GatewayAnswer = { status: number; text: string; is_whole: boolean }
/** No answer: how much of the request the gateway has perhaps seen, and why it ended. */
export type GatewayLost = { reached: 'nothing' | 'part' | 'all'; code: string }

/** How long a gateway may take from the first try to connect to the last byte of its answer. */
export const answer_ms_max = 15_000
const answer_bytes_max = 64 * 1024

/**
 * Asks once, over a connection of its own: one that was kept could break just as it is used again, and nobody could tell
 * whether the request was seen. Follows no redirect, since that would hand numbers and credentials to somebody else.
 */
export function askGateway(
  { method, url, headers, body }: GatewayRequest,
  timeout_ms: number,
): Promise<GatewayAnswer | GatewayLost> {
  const { promise, resolve } = Promise.withResolvers<GatewayAnswer | GatewayLost>()
  const is_secure = url.startsWith('https:')
  let is_connected = false
  const asked = (is_secure ? https : http).request(url, {
    method,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    agent: false,
  })
  const deadline = setTimeout(() => asked.destroy(Object.assign(new Error(), { code: 'TIMEOUT' })), timeout_ms)
  asked.on('socket', (socket) =>
    socket.once(is_secure ? 'secureConnect' : 'connect', () => {
      is_connected = true
    }),
  )
  asked.on('error', (error: NodeJS.ErrnoException) => {
    const reached = !is_connected ? 'nothing' : asked.writableFinished ? 'all' : 'part'
    resolve({ reached, code: error.code ?? 'ERROR' })
  })
  asked.on('response', (answer) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const end = (is_whole: boolean) => {
      resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), is_whole })
      asked.destroy()
    }
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > answer_bytes_max) end(false)
      else chunks.push(chunk)
    })
    answer.on('end', () => end(answer.complete))
    answer.on('error', () => end(false))
  })
  asked.end(body)
  return promise.finally(() => clearTimeout(deadline))
}
