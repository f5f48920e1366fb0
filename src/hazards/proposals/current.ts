import type { ShakenArea, Telegram } from '#hazards/telegrams/index.ts'

/**
 * The telegrams that still hold: of each kind the latest by its own clock, whatever the order they came in, unless that
 * one is a cancellation. Giving it what it returned changes nothing.
 */
export function current(telegrams: Telegram[]): Telegram[] {
  const latest = new Map<string, Telegram>()
  for (const telegram of telegrams) {
    const key = `${telegram.mode} ${telegram.event_key} ${family(telegram)}`
    const known = latest.get(key)
    if (!known || isAfter(telegram, known)) latest.set(key, telegram)
  }
  return [...latest.values()]
    .filter((telegram) => telegram.info_kind !== 'cancelled')
    .filter((telegram) => !isOvertaken(telegram, latest))
    .sort((one, other) => (isAfter(one, other) ? 1 : -1))
}

/** The shaken areas by the telegrams that still hold. */
export const shakenAreas = (telegrams: Telegram[]): ShakenArea[] =>
  current(telegrams).flatMap(({ body }) => (body.kind === 'earthquake' ? body.areas : []))

// VPWW53 and VPWW54 give the same state in two formats.
const family = ({ code }: Telegram) => (code === 'VPWW53' || code === 'VPWW54' ? 'VPWW' : code)

/** Serials are empty on most kinds, and a cancellation repeats the last one, so the clock of the telegram decides first. */
function isAfter(one: Telegram, other: Telegram): boolean {
  const [left, right] = [rank(one), rank(other)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at !== -1 && left[at]! > right[at]!
}

const finality = { issued: 0, corrected: 1, cancelled: 2 }
// The code and the whole text come last, only so that telegrams of the same second have one order everywhere.
const rank = (telegram: Telegram): (number | string)[] => [
  telegram.control_at.getTime(),
  telegram.serial ?? -1,
  finality[telegram.info_kind],
  telegram.code,
  JSON.stringify(telegram),
]

// VXSE53 gives all areas, the small intensities and the late values too: it replaces the first report VXSE51.
// VTSE51 repeats what VTSE41 has in force: one that is older than the last VTSE41 says what no longer is.
function isOvertaken(telegram: Telegram, latest: Map<string, Telegram>): boolean {
  const other = (code: string) => latest.get(`${telegram.mode} ${telegram.event_key} ${code}`)
  if (telegram.code === 'VXSE51') {
    const detailed = other('VXSE53')
    return (
      detailed !== undefined &&
      detailed.info_kind !== 'cancelled' &&
      detailed.body.kind === 'earthquake' &&
      detailed.body.areas.length > 0
    )
  }
  const warning = telegram.code === 'VTSE51' ? other('VTSE41') : undefined
  return warning !== undefined && warning.control_at >= telegram.control_at
}
