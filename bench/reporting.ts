import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { curve, simulate, Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import { openAsking, reportForm } from './asking.ts'
import { bareReports, openPeer, personOf } from './peer.ts'
import { count, type Figure, inTurn, ratio, timed } from './ratio.ts'

/** As fast as 500 in a minute. */
const [institutions, over_ms] = [200, 24_000]
const runs = { runs: 80, warm_ups: 20 }
const password = 'noroshi-demo-2026'
/** As the sign-in library keeps passwords. */
const cost = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 }

/**
 * One institution after another signs in and files, against a bare hash and a bare insert with its commit; then all sign in and
 * report over HTTP at the pace of a real alarm: whoever was told that the report is filed is on the board.
 */
export const reporting = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools, store }) => {
    const { situation, mails } = await openAsking(origin, tools.db, runs.runs + runs.warm_ups)
    const visitors = mails.map((mail) => ({ mail, visitor: new Visitor(origin) }))
    const of = (run: number) => visitors[run + runs.warm_ups]!
    const signing = await inTurn(
      runs,
      (run) => timed(() => of(run).visitor.signIn(of(run).mail, password)),
      () => timed(() => promisify<string, string, number, object, Buffer>(scrypt)(password, 'salt', 64, cost)),
    )
    const peer = await openPeer(store.app)
    const insert = bareReports(peer, await personOf(tools.db, 'desk@assoc.example'))
    const filing = await inTurn(
      runs,
      async (run) => {
        const press = await reportForm(of(run).visitor, situation)
        return timed(press)
      },
      () => timed(insert),
    ).finally(() => peer.end())

    const { filed_ms, filing: all, errors, board } = await simulate({ origin, tools, over_ms })
    for (const line of curve(filed_ms, institutions, over_ms)) console.error(`  ${line}`)
    console.error(`  filing p50 ${all.p50_ms.toFixed(0)} ms, p99 ${all.p99_ms.toFixed(0)} ms, ${errors.length} errors`)
    for (const error of errors.slice(0, 3)) console.error(`  ${error}`)
    if (filed_ms.length === 0) throw new Error('nobody could file')
    return [
      ratio({ name: 'filing a report', peer: 'a bare insert with its commit', limit: 6 }, filing),
      ratio({ name: 'signing in with a password', peer: 'a bare hash of the same cost', limit: 2 }, signing),
      count(`${filed_ms.length} reports at once: acknowledged, not on the board`, filed_ms.length - board.reported, 0),
    ]
  })
