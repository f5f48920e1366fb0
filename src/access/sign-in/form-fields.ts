import { mark_field } from '#ground/auth/form-mark.ts'
import type { Typed } from '#ground/html/refill.ts'

/** The fields that carry a proof of identity, of which one is enough. */
export const proofs = ['confirm_password', 'confirm_passkey'] as const
/** Passwords and secrets are never written into a page, nor kept: they are typed again. */
const isSecret = (name: string) =>
  (proofs as readonly string[]).includes(name) || /password|secret|recovery_code/i.test(name)

/** All that was typed into a form and may stand in a page again. */
export const typedOf = (form: FormData): Typed =>
  [...form].flatMap(
    ([name, value]): Typed =>
      typeof value === 'string' && name !== mark_field && !isSecret(name) ? [[name, value]] : [],
  )

/** No page can choose a file for its reader: those that were chosen must be chosen again. */
export const filesOf = (form: FormData) =>
  [...form].flatMap(([name, value]) => (value instanceof File && value.name ? [{ name, file: value.name }] : []))
