import type { ToPublish } from '#public/site/index.ts'
import { centreOf } from '#status/situations/index.ts'

export type CentreTimes = { centre_set_up_at: Date | null; centre_dissolved_at: Date | null }

/** What the public is told of a command centre: whether there is one, and since when that is so. */
export function centreTold(times: CentreTimes): Pick<ToPublish, 'command_centre' | 'command_centre_at'> {
  const at = times.centre_dissolved_at ?? times.centre_set_up_at
  return { command_centre: centreOf(times), command_centre_at: at?.toISOString() ?? null }
}

/** The same at the closing, with which what still stands is dissolved. */
export const dissolvedAt = ({ centre_set_up_at, centre_dissolved_at }: CentreTimes, at: Date): CentreTimes => ({
  centre_set_up_at,
  centre_dissolved_at: centre_set_up_at && (centre_dissolved_at ?? at),
})
