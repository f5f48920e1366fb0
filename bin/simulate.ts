import { parseArgs } from 'node:util'
import { curve, simulateMarket } from '#simulate/index.ts'
import type { Command } from './command.ts'

export const command: Command = {
  usage: 'simulate [--institutions 500] [--seconds 60]',
  about:
    'Plays an exercise with an invented market, in a data folder and a server of its own that are gone afterwards: every institution signs in and reports over HTTP. Prints the response curve, the times of filing, errors and the final board.',
  async run(words) {
    const { values } = parseArgs({
      args: words,
      options: { institutions: { type: 'string', default: '500' }, seconds: { type: 'string', default: '60' } },
    })
    const [institutions, seconds] = [Number(values.institutions), Number(values.seconds)]
    if (
      !Number.isInteger(institutions) ||
      institutions < 20 ||
      institutions > 5000 ||
      !(seconds >= 1 && seconds <= 3600)
    ) {
      console.error('--institutions takes 20 to 5000, --seconds 1 to 3600')
      return 2
    }
    console.log(`${institutions} institutions report within ${seconds} s …`)
    const { filed_ms, filing, errors, board } = await simulateMarket({ institutions, over_ms: seconds * 1000 })

    console.log('\nResponse curve')
    for (const line of curve(filed_ms, institutions, seconds * 1000)) console.log(line)
    const ms = (value: number) => `${value.toFixed(0)} ms`
    console.log(`\nFiling   p50 ${ms(filing.p50_ms)}   p95 ${ms(filing.p95_ms)}   p99 ${ms(filing.p99_ms)}`)
    console.log(`Errors   ${errors.length}`)
    for (const error of errors.slice(0, 10)) console.log(`  ${error}`)
    console.log(
      `Board    ${board.total} institutions: normal ${board.normal}, partial ${board.partial}, stopped ${board.stopped}, not reported ${board.not_reported}`,
    )
    const is_accounted = board.total === institutions && board.reported === institutions && errors.length === 0
    console.log(is_accounted ? 'Every institution is accounted for.' : 'NOT every institution is accounted for.')
    return is_accounted ? 0 : 1
  },
}
