export type Recovery = {
  elapsed_minutes: number
  /** Nought once the objective is missed. */
  remaining_minutes: number
  /** Nought while the objective is kept. */
  overdue_minutes: number
  /** Elapsed time as a part of the objective; more than 1 when overdue. */
  share: number
  due_at: Date
}

/** Where the clock of the recovery objective stands; it runs from the event, in whole minutes. */
export function recovery(event_at: Date, recovery_minutes: number, now: Date): Recovery {
  const elapsed_minutes = Math.max(0, Math.floor((now.getTime() - event_at.getTime()) / 60_000))
  return {
    elapsed_minutes,
    remaining_minutes: Math.max(0, recovery_minutes - elapsed_minutes),
    overdue_minutes: Math.max(0, elapsed_minutes - recovery_minutes),
    share: elapsed_minutes / recovery_minutes,
    due_at: new Date(event_at.getTime() + recovery_minutes * 60_000),
  }
}
