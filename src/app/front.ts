import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { PublicServer } from '#public/site/index.ts'
import { type ConnectionLimits, limitConnections } from './connections.ts'
import { linger } from './linger.ts'
import type { Probes } from './probes.ts'

/** Answers with the public page, when it has been read. */
type Site = Pick<PublicServer, 'handle'>

/**
 * The server in front of everything: probes and the public page first, whoever else comes; then the program, `answer`, as far as there
 * is room for it.
 */
export function createFront({ probes, limits }: { probes: Probes; limits?: Partial<ConnectionLimits> }) {
  let answer: RequestListener = notYet
  let site: Site | undefined
  const opened = Promise.withResolvers<void>()
  // Slow ones end soon after their time: usually Node looks each half minute only.
  const server = createServer({ connectionsCheckingInterval: 2000 }, (request, response) => {
    linger(request, response)
    const is_stream = request.url?.startsWith('/live?') === true
    connections.enter(request, response, { is_stream })
    handle(request, response)
  })
  const handle: RequestListener = (request, response) => {
    if (probes.handle(request, response)) return
    if (probes.isDraining()) response.setHeader('connection', 'close')
    // Who comes in the first moment waits until the public page has been read.
    if (!site) opened.promise.then(() => handle(request, response))
    else if (site.handle(request, response)) return
    else if (connections.isCrowded(request)) full(response)
    else answer(request, response)
  }
  const connections = limitConnections(server, limits)
  server.headersTimeout = 10_000
  server.requestTimeout = 120_000

  return {
    server,
    open(given: Site) {
      site = given
      opened.resolve()
    },
    answerWith: (given: RequestListener) => void (answer = given),
  }
}

const plain = (response: ServerResponse, seconds: number, text: string) => {
  response.writeHead(503, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'retry-after': String(seconds),
  })
  response.end(text)
}

const notYet: RequestListener = (_request, response) =>
  plain(
    response,
    2,
    'まだ使えません。起動の途中か、データベースを待っています。数秒後にもう一度開いてください。何も失われていません。公開ページは / にあります。\n' +
      'Not yet: starting, or waiting for the database. Please try again in a few seconds. Nothing is lost. The public page is at /.\n',
  )

function full(response: ServerResponse) {
  response.setHeader('connection', 'close')
  plain(
    response,
    10,
    '混み合っているため、今は受け付けられません。10秒ほど待ってから、もう一度操作してください。今回の操作は反映されていません。公開ページは / にあります。\n' +
      'Too many at this moment. Wait about 10 seconds and try again; what you just did was not applied. The public page is at /.\n',
  )
}
