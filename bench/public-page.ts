import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
import { sql } from 'kysely'
import { withMarket } from '#simulate/market.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'

const runs = 5
const seconds = 4
const connections = 50
const least_ratio = 0.6

/** Requests a second of the public page, as a ratio to a bare node:http server in its own process that sends the same bytes. */
export const publicPage = (): Promise<Figure[]> =>
  withMarket({ institutions: 60 }, async ({ origin, tools }) => {
    const headers = { 'accept-encoding': 'br' }
    const page = await fetch(origin, { headers: { 'accept-encoding': 'identity' } })
    const size = Number((await fetch(origin, { method: 'HEAD', headers })).headers.get('content-length'))
    const bare = await bareServer(size, Object.fromEntries(page.headers))
    try {
      const [ours, theirs]: [number[], number[]] = [[], []]
      const transactions = await countTransactions()
      // In turn, so that a busy moment of the machine meets both.
      for (let run = 0; run < runs; run++) {
        ours.push(await requestsPerSecond(`${origin}/`, headers))
        theirs.push(await requestsPerSecond(bare.url, headers))
      }
      const asked = ours.reduce((sum, rate) => sum + rate * seconds, 0)
      const ran = (await countTransactions()) - transactions
      const ratio = median(ours.map((rate, run) => rate / (theirs[run] ?? Number.NaN)))
      return [
        {
          name: 'public page, ratio to a bare node:http server with the same bytes',
          value: `${ratio.toFixed(2)} (${median(ours).toFixed(0)} to ${median(theirs).toFixed(0)} requests/s, ${connections} connections, ${size} bytes)`,
          limit: String(least_ratio),
          isKept: ratio >= least_ratio,
        },
        {
          // The clock of the page asks every two seconds whether the database is there; no request does.
          name: 'database transactions per 1,000 public requests',
          value: ((ran / asked) * 1000).toFixed(2),
          limit: '1',
          isKept: ran / asked <= 0.001,
        },
      ]
    } finally {
      bare.child.kill()
    }

    async function countTransactions(): Promise<number> {
      const { rows } = await sql<{ count: string }>`
        select pg_stat_clear_snapshot(), xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`.execute(
        tools.db,
      )
      return Number(rows[0]?.count)
    }
  })

async function requestsPerSecond(url: string, headers: Record<string, string>): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections, duration: seconds })
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not 200, ${errors} errors`)
  return requests.average
}

const script = `
  const [size, headers] = [Number(process.argv[1]), JSON.parse(process.argv[2])]
  const body = Buffer.alloc(size, 'x')
  for (const name of ['date', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[name]
  headers['content-length'] = size
  const server = require('node:http').createServer((_request, response) => response.writeHead(200, headers).end(body))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

async function bareServer(
  size: number,
  headers: Record<string, string>,
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['-e', script, String(size), JSON.stringify(headers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(child.stdout, 'data')
  return { url: `http://127.0.0.1:${String(port).trim()}/`, child }
}
