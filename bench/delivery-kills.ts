import { unwritten_max } from '#delivery/deliveries/index.ts'
import type { Figure } from './figure.ts'
import { killWorkers } from './kill-workers.ts'

const kills = 200

/** A random worker is killed 200 times while 10,000 mails go out. */
export async function deliveryKills(): Promise<Figure[]> {
  const { wanted, lost, twice, most, states, taken_over } = await killWorkers({
    kills,
    workers: 3,
    institutions: 1000,
    contacts_each: 10,
  })
  const bound = kills * unwritten_max
  return [
    {
      name: `lost of ${wanted.toLocaleString('en')} mails (${kills} kills, ${taken_over} taken over)`,
      value: String(lost),
      limit: '0',
      isKept: lost === 0,
    },
    {
      name: 'not known to be sent in the end',
      value: String(wanted - (states.sent ?? 0)),
      limit: '0',
      isKept: states.sent === wanted,
    },
    {
      name: `came a second time, under the same Message-ID (one at most ${most} times)`,
      value: `${twice}, ${(twice / kills).toFixed(1)} a kill`,
      limit: `${bound} (${unwritten_max} a kill)`,
      isKept: twice <= bound,
    },
  ]
}
