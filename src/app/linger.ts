import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How long a client that was answered in the midst of its sending may go on, to nowhere, until it has read the answer. */
const linger_ms_max = 5000

/**
 * Answers a request of which not all has come as HTTP wants it (RFC 9112, 9.6): the answer says that the connection closes, our side
 * of it closes, and the other once the client has stopped sending, or after a while. Closed at once it would be reset, and the client
 * would lose the answer that it has not read yet.
 */
export function linger(request: IncomingMessage, response: ServerResponse, ms_max = linger_ms_max) {
  // What is answered at once is answered before Node calls it complete, also where nothing more can come.
  if (!hasBody(request)) return
  const { socket } = request
  const { writeHead } = response
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    if (!request.complete && !socket.destroyed) {
      response.setHeader('connection', 'close')
      socket.destroySoon = () => closeSlowly(socket, request, ms_max)
    }
    return writeHead.apply(response, given)
  }) as typeof writeHead
}

export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0

function closeSlowly(socket: Socket, request: IncomingMessage, ms_max: number) {
  const close = () => socket.destroy()
  const timer = setTimeout(close, ms_max)
  socket.once('close', () => clearTimeout(timer))
  socket.once('end', close)
  socket.end()
  // Whoever was reading has given up: what still comes is for nobody.
  for (const event of ['data', 'readable']) request.removeAllListeners(event)
  request.once('end', close)
  request.on('error', () => {})
  request.resume()
}
