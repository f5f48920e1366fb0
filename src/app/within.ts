import { setTimeout as wait } from 'node:timers/promises'

/** Whether work was done within its time; what went wrong, as it was thrown. What is late goes on unheard. */
export const within = (ms: number, work: Promise<unknown>): Promise<'done' | 'late' | { code?: string }> =>
  Promise.race([
    work.then(
      () => 'done' as const,
      (error) => error as { code?: string },
    ),
    wait(ms, 'late' as const, { ref: false }),
  ])
