export const roles = ['secretariat', 'bcp_contact', 'observer', 'auditor'] as const
export type Role = (typeof roles)[number]

/** Someone who is signed in: who they are, for which institution, and what they may do. */
export type Person = {
  id: string
  name_ja: string
  name_en: string | null
  institution_id: string
  roles: readonly Role[]
}
