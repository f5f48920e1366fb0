import { randomUUID } from 'node:crypto'
import { Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import { fileReport } from '#status/reports/file-report.ts'
import { allNormal } from '#status/reports/report-form.ts'
import { openAsking } from './asking.ts'
import { personOf } from './peer.ts'
import { type Figure, inTurn, ratio, timed } from './ratio.ts'

const institutions = 500
const runs = { runs: 100, warm_ups: 20 }

/** The operating status of 500 institutions that have all reported, as a member opens it, against the board as the secretariat does. */
export const members = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools }) => {
    const { desk, situation: path, mails } = await openAsking(origin, tools.db, institutions - 1)
    const scope = { situation_id: path.split('/').at(-1)!, mode: 'exercise' as const }
    for (const mail of mails) {
      const said = { ...allNormal(60), idempotency_key: randomUUID() }
      const filed = await fileReport(tools, await personOf(tools.db, mail), { ...scope, ...said })
      if ('failed' in filed) throw new Error(filed.failed)
    }
    const returned = await desk.post(`${path}/return`, {})
    if (returned.code !== 303) throw new Error(`the return was answered by ${returned.code}`)
    const member = new Visitor(origin)
    await member.signIn('bcp@sokyu.example', 'noroshi-demo-2026')
    const opened = (visitor: Visitor, at: string) => async () => {
      const { code } = await visitor.get(`${path}/${at}`)
      if (code !== 200) throw new Error(`${at} answered ${code}`)
    }
    const figures: Figure[] = []
    for (const [name, query] of [
      ['all of them', ''],
      ['who can settle bonds', '?market=bonds&function=settlement&state=able'],
    ]) {
      const samples = await inTurn(
        runs,
        () => timed(opened(member, `operating-status${query}`)),
        () => timed(opened(desk, 'board?view=participants')),
      )
      const what = `operating status of ${institutions} participants for a member, ${name}`
      figures.push(ratio({ name: what, peer: 'the board for the desk', limit: 1.5 }, samples))
    }
    return figures
  })
