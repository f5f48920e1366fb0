import { z } from 'zod'

/** One binary value of WebAuthn, in base64url. */
export const field = z
  .string()
  .max(16_000)
  .regex(/^[\w-]*$/)

/** The answer of a device as the page puts it into its form: JSON in the form of WebAuthn Level 3, checked in full by the library. */
export const answerOf = <Response extends z.ZodType>(response: Response) =>
  z
    .string()
    .max(40_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue('no JSON')
        return z.NEVER
      }
    })
    .pipe(
      z.object({
        id: field,
        rawId: field,
        type: z.literal('public-key'),
        clientExtensionResults: z.looseObject({}),
        response,
      }),
    )
