import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
import { sql } from 'kysely'
import { withMarket } from '#simulate/market.ts'
import { count, type Figure, inTurn, median, ratio, speed } from './ratio.ts'

const runs = { runs: 5, warm_ups: 1 }
const seconds = 4
const connections = 50

/** What a request of the public page takes, against a bare node:http server in its own process that sends the same bytes. */
export const publicPage = (): Promise<Figure[]> =>
  withMarket({ institutions: 60 }, async ({ origin, tools }) => {
    const headers = { 'accept-encoding': 'br' }
    const page = await fetch(origin, { headers: { 'accept-encoding': 'identity' } })
    const size = Number((await fetch(origin, { method: 'HEAD', headers })).headers.get('content-length'))
    const bare = await bareServer(size, Object.fromEntries(page.headers))
    try {
      // The program asks the database now and then whether anybody visits or not: what counts is what visitors add.
      const during = { ours: [] as number[], peer: [] as number[] }
      const counted = async (side: 'ours' | 'peer', url: string) => {
        const before = await countTransactions()
        const ms = await requestMs(url, headers)
        during[side].push((await countTransactions()) - before)
        return ms
      }
      const samples = await inTurn(
        runs,
        () => counted('ours', `${origin}/`),
        () => counted('peer', bare.url),
      )
      const added = Math.max(0, median(during.ours) - median(during.peer))
      const asked = (seconds * 1000) / median(samples.ours)
      return [
        ratio(
          {
            name: `public page, ${connections} connections`,
            peer: `bare node:http, the same ${size} bytes`,
            limit: speed(0.6),
          },
          samples,
        ),
        count('database transactions added by 1,000 public requests', (added / asked) * 1000, 1),
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

/** Milliseconds for each request when they come as fast as they are answered. */
async function requestMs(url: string, headers: Record<string, string>): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections, duration: seconds })
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not 200, ${errors} errors`)
  return 1000 / requests.average
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
