import type { Tools } from '#ground/tools/tools.ts'
import { loadActivationRules } from './activation-rules.ts'
import { loadImprovements } from './improvements.ts'
import { loadMarket } from './load-market.ts'
import { loadOfficialNotices } from './official-notices.ts'
import { loadTopPage } from './top-page.ts'

/** Fills an empty database with an invented market, and with what makes its pages worth seeing on the first day. */
export async function loadDemo(tools: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const { loaded } = await loadMarket(tools)
  if (!loaded) return
  await loadImprovements(tools)
  await loadActivationRules(tools)
  await loadTopPage(tools)
  await loadOfficialNotices(tools)
}
