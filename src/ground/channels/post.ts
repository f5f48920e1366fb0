import http from 'node:http'
import https from 'node:https'
import type { Outcome } from '#ground/mail/transport.ts'
import { AddressRefused, isLoopback, type Resolve, readUrl, safeLookup } from './safe-address.ts'

export type Posted =
  /** The other side answered; `text`: how its answer begins. */
  | { code: number; text: string }
  /** The address is not one that the program goes to, or the message cannot be put into a request. */
  | { refused: string }
  /** No answer. `nothing`: the request never went out. `all`: it went out whole, so that it may have arrived. */
  | { lost: string; reached: 'nothing' | 'part' | 'all' }

type Request = { url: string; headers: Record<string, string>; body: string | Buffer }
type Limits = { timeout_ms: number; loopback: boolean; resolve?: Resolve | undefined }

/** Of an answer more than this is not read. */
const answer_bytes_max = 2048
const answer_length_max = 300

/**
 * One POST to an address that somebody else has named. Never throws, follows no redirect, goes to the open net only (or,
 * where `loopback` is set, to this machine), reads a little of the answer, and is over after `timeout_ms` whatever happens.
 */
export async function post({ url: written, headers, body }: Request, limits: Limits): Promise<Posted> {
  let url: URL
  let request: http.ClientRequest
  const to_loopback = (host: string) => limits.loopback && isLoopback(host)
  try {
    url = readUrl(written, limits)
    const { request: begin } = url.protocol === 'https:' ? https : http
    request = begin(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'Noroshi' },
      // A connection of its own: the agent's proxies and kept connections would bypass the check of the address.
      agent: false,
      ...(!to_loopback(url.hostname) && { lookup: safeLookup(limits.resolve) }),
    })
  } catch (error) {
    // A header that would break its line, too, is refused by the library before anything goes out.
    return { refused: shortened((error as Error).message) }
  }
  return new Promise((settle) => {
    let [is_connected, has_sent] = [false, false]
    let answered: ((why?: string) => void) | undefined
    const done = (posted: Posted) => {
      clearTimeout(timer)
      settle(posted)
      request.destroy()
    }
    const lose = (why: string) =>
      done({ lost: shortened(why), reached: !is_connected ? 'nothing' : has_sent ? 'all' : 'part' })
    const timer = setTimeout(() => (answered ?? lose)(`no answer within ${limits.timeout_ms} ms`), limits.timeout_ms)
    request.on('socket', (socket) =>
      // Before the other side's certificate was found good, nothing of the message goes out.
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (is_connected = true)),
    )
    request.on('finish', () => (has_sent = true))
    request.on('error', (error: NodeJS.ErrnoException) =>
      error instanceof AddressRefused
        ? done({ refused: error.message })
        : (answered ?? lose)(`${error.code ?? 'error'}: ${error.message}`),
    )
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      // What the other side has decided stands in the first line; how the rest ends changes nothing.
      answered = () => done({ code: response.statusCode ?? 0, text: shortened(Buffer.concat(chunks).toString('utf8')) })
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, answer_bytes_max - bytes))
        bytes += chunk.length
        if (bytes >= answer_bytes_max) answered?.()
      })
      for (const event of ['end', 'error', 'close']) response.on(event, answered)
    })
    request.end(body)
  })
}

/** What a server that speaks HTTP means by its number. 2xx: taken. 408, 429, 5xx: later. All else, redirects too: never. */
export function outcomeOf(code: number, text: string): Outcome {
  const answer = text ? `${code} ${text}` : String(code)
  if (code >= 200 && code < 300) return { kind: 'sent', answer, is_server_lost: false }
  const is_later = code === 408 || code === 429 || code >= 500
  return { kind: is_later ? 'deferred' : 'refused', answer, is_server_lost: false }
}

export const refusedAs = (answer: string): Outcome => ({ kind: 'refused', answer, is_server_lost: false })

const shortened = (text: string) =>
  text
    .replace(/[\s\p{Cc}\ufffd]+/gu, ' ')
    .trim()
    .slice(0, answer_length_max)
