/**
 * When a report becomes unknown: once the moment has come by which its institution promised another word (N-4). Gives since when
 * it no longer holds; null while it does.
 */
export const expiredAt = ({ next_update_at }: { next_update_at: Date }, now: Date): Date | null =>
  next_update_at.getTime() <= now.getTime() ? next_update_at : null

/** The moment for which a report speaks: when it was written, which is when it arrived unless it had to wait for a connection. */
export const saidAt = ({ written_at, reported_at }: { written_at: Date | null; reported_at: Date }): Date =>
  written_at ?? reported_at
