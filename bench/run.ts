// The figures that Noroshi promises, each measured here and now: npm run bench   (one: npm run bench -- board)
// Machines are noisy: a figure is the median of several runs, and what can be is a ratio to a peer in the same run.
import { answerLive } from './answer-live.ts'
import { boardFigure } from './board.ts'
import { coldStart } from './cold-start.ts'
import { deliveries } from './deliveries.ts'
import { deliveryCost } from './delivery-cost.ts'
import { deliveryKills } from './delivery-kills.ts'
import type { Figure } from './figure.ts'
import { importing } from './import.ts'
import { publicPage } from './public-page.ts'
import { reporting } from './reporting.ts'
import { searchFigure } from './search.ts'

const benches: Record<string, () => Promise<Figure[]>> = {
  'cold-start': coldStart,
  'public-page': publicPage,
  board: boardFigure,
  search: searchFigure,
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
let isKept = true
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  for (const figure of await bench()) {
    isKept &&= figure.isKept
    console.log(`  ${figure.isKept ? 'kept  ' : 'MISSED'}  ${figure.name}: ${figure.value} (limit ${figure.limit})`)
  }
}
process.exit(isKept ? 0 : 1)
