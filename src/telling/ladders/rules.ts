import type { ChannelName } from '#ground/channels/channel.ts'
import type { LadderStep } from '#ground/db/tables.ts'

export const scopes = ['all', 'infrastructure', 'participants'] as const
export type Scope = (typeof scopes)[number]

export const steps_max = 12
export const minutes_max = 10_080

/** The earliest first; what is said for the same minute stays in the order given, and channels in that of `order`. */
export const inOrder = (steps: readonly LadderStep[]): LadderStep[] =>
  [...steps].sort((one, other) => one.after_minutes - other.after_minutes)

/** Whether anything goes out at once: what is released must not wait, nor for a channel that there is not. */
export const beginsAtOnce = (steps: readonly LadderStep[], available: readonly ChannelName[]): boolean =>
  steps.some(({ after_minutes, channels }) => after_minutes === 0 && available.some((one) => channels.includes(one)))

/** The places of two steps that would reach the same people at the same minute over the same channel; null when no two do. */
export function twice(steps: readonly LadderStep[]): [first: number, second: number] | null {
  for (const [second, step] of steps.entries())
    for (const [first, before] of steps.slice(0, second).entries()) {
      const meet = step.to === before.to || step.to === 'all' || before.to === 'all'
      if (
        meet &&
        step.after_minutes === before.after_minutes &&
        step.channels.some((one) => before.channels.includes(one))
      )
        return [first, second]
    }
  return null
}
