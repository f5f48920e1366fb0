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
