import { type SettingsOf, settings } from '#ground/settings/settings.ts'

export type SessionSettings = SettingsOf<'session'>

/** The longest that any session can last, in seconds: the bound of the strictest keeper, the cookie. */
export const session_seconds_max = settings.absolute_open_minutes.max * 60

/** Why a session is over: nobody used it for too long, or it began too long ago. */
export type Ended = 'idle' | 'absolute'

/**
 * Whether a session is over at `now`. The limits of a situation hold for sessions that were alive when it was opened
 * (`open_since`, the first of those that are open): one that had run out before does not come back to life.
 * A use is noted at most once a minute, so that the idle limit may come a minute early, never late.
 */
export function endedBy(
  session: { started_at: Date; seen_at: Date },
  set: SessionSettings,
  { open_since, now }: { open_since: Date | null; now: Date },
): Ended | null {
  const isOver = (from: Date, usual_minutes: number, open_minutes: number) => {
    const end = from.getTime() + usual_minutes * 60_000
    const is_open = open_since !== null && open_since.getTime() < end
    return now.getTime() >= (is_open ? from.getTime() + open_minutes * 60_000 : end)
  }
  if (isOver(session.started_at, set.absolute_minutes, set.absolute_open_minutes)) return 'absolute'
  return isOver(session.seen_at, set.idle_minutes, set.idle_open_minutes) ? 'idle' : null
}

/** Whether the person proved who they are so lately that a dangerous act asks for no other proof. */
export const isConfirmed = (
  { confirmed_at, set }: { confirmed_at: Date | null; set: SessionSettings },
  now: Date,
): boolean => confirmed_at !== null && now.getTime() - confirmed_at.getTime() < set.confirm_minutes * 60_000
