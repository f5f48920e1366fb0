const market_offset_minutes = 9 * 60

/** The same moment to the second with the market's numeric offset, as CAP requires: 2026-11-21T10:30:00+09:00. */
export const withOffset = (at: Date) =>
  `${new Date(at.getTime() + market_offset_minutes * 60_000).toISOString().slice(0, 19)}+09:00`
