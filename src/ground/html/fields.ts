import { z } from 'zod'
import { fromCivilInput } from './civil.ts'

/** A `datetime-local` value in the market's zone, as the moment it means; `message` says that it is missing or none. */
export const civilTime = (message: string) =>
  z.string(message).transform((text, context) => {
    const at = fromCivilInput(text.trim())
    if (at) return at
    context.addIssue(message)
    return z.NEVER
  })

/** Names one filling-in of a form, so that a second press or a retry is known to be the same. */
export const idempotencyKey = z.uuid('idempotency_key')

/** The version of a thing that a form was filled in upon; 0 when it names none. */
export const versionSeen = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .catch(0)

/** A civil day as `<input type="date">` sends it; null when it was left empty. `message` says that it is none. */
export const civilDay = (message: string) =>
  z
    .union([z.literal('').transform(() => null), z.iso.date(message)], message)
    .refine((day) => day === null || (day >= '1900' && day < '2200'), message)
    .default(null)

/** The id of a thing that was chosen from a list; null when none was. `message` says that it is none of them. */
export const chosenId = (message: string) =>
  z.union([z.literal('').transform(() => null), z.uuid(message)], message).default(null)
