import { curve } from '#simulate/index.ts'
import { simulateMarket } from '#simulate/market.ts'
import type { Figure } from './figure.ts'

const institutions = 500
const over_ms = 60_000

/** 500 institutions sign in and report over HTTP within 60 seconds; nobody is lost. */
export async function reporting(): Promise<Figure[]> {
  const { filed_ms, filing, errors, board } = await simulateMarket({ institutions, over_ms })
  for (const line of curve(filed_ms, institutions, over_ms)) console.log(`  ${line}`)
  const last_s = Math.max(0, ...filed_ms) / 1000
  return [
    { name: 'errors', value: String(errors.length), limit: '0', isKept: errors.length === 0 },
    {
      name: 'institutions on the board that have reported',
      value: `${board.reported} of ${board.total}`,
      limit: String(institutions),
      isKept: board.reported === institutions && board.total === institutions,
    },
    { name: 'last report filed after', value: `${last_s.toFixed(1)} s`, limit: '60 s', isKept: last_s <= 60 },
    {
      name: 'filing p50 / p95 / p99',
      value: `${filing.p50_ms.toFixed(0)} / ${filing.p95_ms.toFixed(0)} / ${filing.p99_ms.toFixed(0)} ms`,
      limit: 'p99 2000 ms',
      isKept: filing.p99_ms <= 2000,
    },
  ]
}
