import type { Context } from 'hono'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { MarketPage } from './market-page.tsx'
import { bodyVersions, criterionVersions, history, notConfirmed, statesAt } from './queries.ts'
import { sideOf } from './sides.ts'

const per_page = 50
/** So many that were withdrawn are looked at again. */
const withdrawn_max = 50

/** The page of one market; with why a press of the reader's was not taken. */
export async function showMarket(c: Context<AppEnv>, market: string, body_refused?: 'settled' | 'own') {
  const by = readerOf(c)
  const { db, clock } = c.var.tools
  const now = clock()
  const states = await Promise.all((['actual', 'exercise', 'test'] as const).map((mode) => statesAt(db, mode, now)))
  const bodies = await bodyVersions(db, market)
  const body = bodies.find(({ outcome }) => outcome === 'agreed')
  const may_enter = body !== undefined && sideOf(by, body) !== null
  return page(
    c,
    <MarketPage
      market={market}
      states={states.flatMap((each) => each.filter((state) => state.market === market))}
      found={await paged(history(db, { market }), partAsked(c), per_page)}
      waiting={await notConfirmed(db, null, market).execute()}
      withdrawn={
        may_enter || may(by, 'activation.see-all')
          ? await notConfirmed(db, 'withdrawn', market).limit(withdrawn_max).execute()
          : []
      }
      bodies={bodies}
      criteria={await criterionVersions(db, market)}
      may_enter={may_enter}
      may_edit_body={may(by, 'deciding-body.edit')}
      may_edit_criteria={may(by, 'activation-criterion.edit')}
      body_refused={body_refused}
    />,
    body_refused ? 409 : 200,
  )
}
