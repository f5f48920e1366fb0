/** What the secretariat may set about sessions, in minutes, and about notices: what they are unless set, and between which bounds. */
export const settings = {
  idle_minutes: { usual: 60, min: 5, max: 480 },
  absolute_minutes: { usual: 1440, min: 60, max: 1440 },
  /** While a situation is open, people work in shifts and on phones: nobody is to type a password every hour. */
  idle_open_minutes: { usual: 720, min: 15, max: 1440 },
  absolute_open_minutes: { usual: 1440, min: 60, max: 4320 },
  /** How long after a proof of identity dangerous acts ask for no other. */
  confirm_minutes: { usual: 15, min: 5, max: 60 },
  /** Routine notices that one mail address gets by themselves in an hour; more come together in one mail at its end. */
  routine_mails_hour: { usual: 6, min: 1, max: 60 },
} as const satisfies Record<string, { usual: number; min: number; max: number }>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]
export type SessionSettings = Record<SettingName, number>

/** The longest that any session can last, in seconds: the bound of the strictest keeper, the cookie. */
export const session_seconds_max = settings.absolute_open_minutes.max * 60

/** Names in the table `setting`. */
export const storedName = (name: SettingName) =>
  name === 'routine_mails_hour' ? `delivery.${name}` : `session.${name}`

/** What was stored, each within its bounds, whatever the table holds; the usual value for what was not. */
export function settingsFrom(stored: Record<string, unknown>): SessionSettings {
  const of = (name: SettingName) => {
    const { usual, min, max } = settings[name]
    const value = stored[storedName(name)]
    return typeof value === 'number' && Number.isInteger(value) ? Math.min(max, Math.max(min, value)) : usual
  }
  return Object.fromEntries(settingNames.map((name) => [name, of(name)])) as SessionSettings
}

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
