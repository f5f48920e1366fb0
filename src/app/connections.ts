import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { hasBody } from './linger.ts'

export type ConnectionLimits = {
  /** 2,000 pages that wait for changes, and six connections of each of 500 readers. */
  connections_max: number
  /** Requests that have come and are not answered yet; pages that only wait for changes are not among them. */
  in_hand_max: number
}

const usual: ConnectionLimits = { connections_max: 6000, in_hand_max: 1000 }
/** Above the limit a connection still gets what costs nothing, such as the public page. */
const beyond = 500

/**
 * Keeps the server within its connections. When they are all taken, whoever has waited longest without a whole request makes way: what
 * is idle, and who sends slowly. Where nobody is left to make way, `isCrowded` says that only what costs nothing is answered.
 */
export function limitConnections(server: Server, limits: Partial<ConnectionLimits> = {}) {
  const { connections_max, in_hand_max } = { ...usual, ...limits }
  server.maxConnections = connections_max + beyond
  const open = new Set<Socket>()
  const crowded = new WeakSet<Socket>()
  /** From the one who has waited longest on; with the request that is still coming. */
  const waiting = new Map<Socket, IncomingMessage | null>()
  let in_hand = 0

  const wait = (socket: Socket, request: IncomingMessage | null) => {
    waiting.delete(socket)
    if (!socket.destroyed) waiting.set(socket, request)
  }
  const makeWay = (newest: Socket) => {
    for (const [socket, request] of waiting) {
      if (socket === newest || request?.complete) continue
      waiting.delete(socket)
      open.delete(socket)
      socket.destroy()
      return true
    }
    return false
  }

  server.on('connection', (socket) => {
    open.add(socket)
    wait(socket, null)
    socket.once('close', () => {
      open.delete(socket)
      waiting.delete(socket)
    })
    if (open.size > connections_max && !makeWay(socket)) crowded.add(socket)
  })

  return {
    /** Whether this request, which is counted already, finds the house full. */
    isCrowded: ({ socket }: IncomingMessage) => in_hand > in_hand_max || crowded.has(socket),
    /** Counts a request until it is answered; a page that waits for changes (`is_stream`) keeps nobody waiting. */
    enter(request: IncomingMessage, response: ServerResponse, { is_stream }: { is_stream: boolean }) {
      const { socket } = request
      const has_body = hasBody(request)
      if (has_body) wait(socket, request)
      else waiting.delete(socket)
      let is_counted = false
      const count = () => {
        if (is_counted || is_stream || response.destroyed || response.writableFinished) return
        is_counted = true
        in_hand++
      }
      if (has_body) request.once('end', count)
      else count()
      response.once('close', () => {
        if (is_counted) in_hand--
        wait(socket, null)
      })
    },
  }
}
