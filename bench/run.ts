// What Noroshi takes, held against a bare peer in the same run: npm run bench   (one: npm run bench -- board)
// Machines differ and are busy: milliseconds are printed, only ratios and counts are judged. A limit that is missed is
// printed as missed; the exit code tells whether everything could be measured.
import { answerLive } from './answer-live.ts'
import { board } from './board.ts'
import { coldStart } from './cold-start.ts'
import { deliveries } from './deliveries.ts'
import { deliveryCost } from './delivery-cost.ts'
import { deliveryKills } from './delivery-kills.ts'
import { importing } from './import.ts'
import { members } from './members.ts'
import { publicPage } from './public-page.ts'
import { type Figure, table } from './ratio.ts'
import { reporting } from './reporting.ts'
import { search } from './search.ts'

const benches: Record<string, () => Promise<Figure[]>> = {
  'cold-start': coldStart,
  'public-page': publicPage,
  board,
  members,
  search,
  reporting,
  'answer-live': answerLive,
  import: importing,
  deliveries,
  'delivery-cost': deliveryCost,
  'delivery-kills': deliveryKills,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const figures: Figure[] = []
const failed: string[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  try {
    figures.push(...(await bench()))
    console.error(`${name}: measured in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  } catch (error) {
    failed.push(name)
    console.error(`${name}: could not be measured`, error)
  }
}
if (figures.length > 0) console.log(`\n${table(figures)}`)
if (failed.length > 0) console.log(`\nNot measured: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
