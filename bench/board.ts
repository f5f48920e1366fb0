import { randomUUID } from 'node:crypto'
import { withMarket } from '#simulate/market.ts'
import { readBoard } from '#status/board/index.ts'
import { fileReport } from '#status/reports/file-report.ts'
import { allNormal } from '#status/reports/report-form.ts'
import { openAsking } from './asking.ts'
import { ask, openPeer, personOf, statementsOf } from './peer.ts'
import { type Figure, inTurn, ratio, timed } from './ratio.ts'

const institutions = 500
const runs = { runs: 100, warm_ups: 20 }

/** The board of 500 institutions that have all reported, as the secretariat opens it, against its query by a bare client. */
export const board = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools, store }) => {
    const { desk, situation: path, mails } = await openAsking(origin, tools.db, institutions - 1)
    const scope = { situation_id: path.split('/').at(-1)!, mode: 'exercise' as const }
    for (const mail of mails) {
      const said = { ...allNormal(60), idempotency_key: randomUUID() }
      const filed = await fileReport(tools, await personOf(tools.db, mail), { ...scope, ...said })
      if ('failed' in filed) throw new Error(filed.failed)
    }
    const asked = { ...scope, now: tools.clock() }
    const statements = await statementsOf(store.app, (db) => readBoard(db, asked))
    const peer = await openPeer(store.app, await personOf(tools.db, 'desk@assoc.example'))
    try {
      const figures: Figure[] = []
      for (const view of ['infrastructure', 'participants']) {
        const opened = async () => {
          const { code } = await desk.get(`${path}/board?view=${view}`)
          if (code !== 200) throw new Error(`the board answered ${code}`)
        }
        const samples = await inTurn(
          runs,
          () => timed(opened),
          () => timed(() => ask(peer, statements)),
        )
        const name = `board of ${institutions} institutions, ${view}`
        figures.push(ratio({ name, peer: 'its query by a bare client', limit: 3 }, samples))
      }
      return figures
    } finally {
      await peer.end()
    }
  })
