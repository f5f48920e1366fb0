import { z } from 'zod'
import type { InstitutionKind, Role } from '#ground/db/tables.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { type Person, roles, scopeOf } from '#ground/rights/person.ts'

const messages = inBoth({
  ja: {
    name_ja: '氏名を100文字以内で入力してください',
    name_en: '英語の氏名は100文字以内で入力してください',
    email: 'メールアドレスを半角の英数字で入力してください（例：hanako@example.jp）',
    institution_code: '機関コードを名簿のとおりに入力してください',
    roles: '役割を1つ以上選んでください',
    reason: '招待する理由を500文字以内で入力してください',
    contact_id: '担当者を選び直してください',
  },
  en: {
    name_ja: 'Enter the name in Japanese, in up to 100 characters',
    name_en: 'Keep the English name within 100 characters',
    email: 'Enter a mail address in plain letters and digits, such as hanako@example.jp',
    institution_code: 'Enter the code of the institution as it is in the directory',
    roles: 'Choose one role or more',
    reason: 'Enter the reason for inviting, in up to 500 characters',
    contact_id: 'Choose the contact again',
  },
})
export const inviteMessages = (language: Language) => messages[language]

/** One line of text that a person typed, within a length. */
export const line = (length_max: number, message: string) =>
  z
    .string(message)
    .transform((written) => written.replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().max(length_max, message))

export const InviteForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    name_ja: line(100, say.name_ja).refine(Boolean, say.name_ja),
    name_en: line(100, say.name_en)
      .default('')
      .transform((name) => name || null),
    email: z
      .string(say.email)
      .transform((written) => written.trim().toLowerCase())
      .pipe(z.email(say.email).max(254, say.email)),
    institution_code: line(30, say.institution_code).refine(Boolean, say.institution_code),
    contact_id: z.union([z.literal('').transform(() => null), z.uuid()], say.contact_id).default(null),
    roles: z.array(z.enum(roles, say.roles)).min(1, say.roles),
    reason: line(500, say.reason).refine(Boolean, say.reason),
    /** Ticked by who was shown an address that looks like this one, and knows that it is another person's. */
    is_another: z.string().default(''),
    idempotency_key: idempotencyKey,
  })
}
export type InviteForm = z.output<ReturnType<typeof InviteForm>>

/** The roles that this person may invite to: an administrator only to those of their own institution. */
export const rolesToGive = (by: Pick<Person, 'roles'>): readonly Role[] =>
  by.roles.includes('secretariat') ? roles : ['bcp_contact', 'institution_administrator']

/**
 * Whether this institution can have people of this role: the desk's are the association's, authorities are authorities, and those of a
 * bureau, which is a part of the regulator, see what it supervises.
 */
export function fits(role: Role, { kind, parent_id }: { kind: InstitutionKind; parent_id: string | null }): boolean {
  if (scopeOf[role] === 'desk') return kind === 'association'
  if (role === 'local_authority') return kind === 'regulator'
  return role !== 'authority' || kind === 'central_bank' || (kind === 'regulator' && parent_id === null)
}
