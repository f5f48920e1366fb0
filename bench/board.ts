import { percentile, simulate, Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import type { Figure } from './figure.ts'

const institutions = 500
const visits = 200
const limit_ms = 50

/** The board of 500 institutions that have all reported, as the secretariat opens it: the time the server takes, by its own clock. */
export const boardFigure = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools }) => {
    await simulate({ origin, tools, over_ms: 20_000 })
    const desk = new Visitor(origin)
    await desk.signIn('desk@assoc.example', 'noroshi-demo-2026')
    const path = /href="(\/situations\/[0-9a-f-]{36})"/.exec((await desk.get('/home')).text)?.[1]
    const figures: Figure[] = []
    for (const view of ['infrastructure', 'participants']) {
      const address = `${path}/board?view=${view}`
      for (let visit = 0; visit < 20; visit++) await desk.get(address)
      const times: number[] = []
      for (let visit = 0; visit < visits; visit++) {
        const started = performance.now()
        const { code } = await desk.get(address)
        times.push(performance.now() - started)
        if (code !== 200) throw new Error(`the board answered ${code}`)
      }
      const p95 = percentile(times, 0.95)
      figures.push({
        name: `board of ${institutions} institutions, ${view}, server time p95`,
        value: `${p95.toFixed(1)} ms (p50 ${percentile(times, 0.5).toFixed(1)} ms)`,
        limit: `${limit_ms} ms`,
        isKept: p95 <= limit_ms,
      })
    }
    return figures
  })
