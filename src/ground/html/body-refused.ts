/**
 * Why a body is not taken. bytes: more than its form needs. fields: more than any form has. slow: it did not come to its end in
 * time. busy: too many are being taken at this moment.
 */
export type WhyNotTaken = 'bytes' | 'fields' | 'slow' | 'busy'

/** What somebody sends is not taken; `max` is how much would have been: bytes or fields, seconds for `slow`. */
export class BodyRefused extends Error {
  readonly why: WhyNotTaken
  readonly max: number
  constructor(why: WhyNotTaken, max: number) {
    super(`body: ${why}, at most ${max}`)
    this.why = why
    this.max = max
  }
}
