import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { roles } from '#ground/rights/person.ts'
import type { Refusal } from './rules.ts'

const messages = inBoth({
  ja: { reason: '理由を500文字以内で入力してください', role: '役割を選んでください' },
  en: { reason: 'Enter the reason, in up to 500 characters', role: 'Choose a role' },
})

const reasonIn = (language: Language) => {
  const say = messages[language].reason
  return z
    .string(say)
    .transform((written) => written.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1, say).max(500, say))
}

export const GrantForm = (language: Language) =>
  z.object({ role: z.enum(roles, messages[language].role), reason: reasonIn(language) })
export type GrantForm = z.output<ReturnType<typeof GrantForm>>

export const EndForm = (language: Language) => z.object({ reason: reasonIn(language) })
export type EndForm = z.output<ReturnType<typeof EndForm>>

/** On a page that asks for another reason, too. */
export const SignOutForm = (language: Language) => z.object({ sign_out_reason: reasonIn(language) })
export type SignOutForm = z.output<ReturnType<typeof SignOutForm>>

/** Why it was refused, and what to do instead. */
export const refusalWords = inBoth<Record<Refusal, string>>({
  ja: {
    self: '自分自身に役割を付与することはできません。ほかの事務局の人に依頼してください',
    left: '利用を終了した人に役割を付与することはできません',
    desk: '事務局と監査の役割は、協会に所属する人だけに付与できます',
    authority: '金融庁・財務局／日本銀行の役割は、監督当局と中央銀行に所属する人だけに付与できます',
    bureau:
      'この機関は財務局などの地方の当局です。付与できるのは、所管する機関だけを見る「財務局（所管機関のみ）」の役割です',
    local_authority: '財務局の役割は、監督当局に所属する人だけに付与できます',
    auditor: '監査担当者は、変更を行う役割と兼ねることができません。先に一方を解除してください',
    last_secretariat: '事務局の最後の1人です。先に別の人へ事務局の役割を付与してください',
    last_administrator:
      'この機関の最後の機関管理者です。先に別の人へ機関管理者の役割を付与するか、事務局に依頼してください',
  },
  en: {
    self: 'Nobody can grant a role to themselves. Ask someone else of the secretariat',
    left: 'Who has left cannot be granted a role',
    desk: 'The roles of the desk and of audit are for people of the association only',
    authority: 'The role of an authority is for people of the regulator and the central bank only',
    bureau: 'This institution is a local bureau. Its people can be granted the role that sees only what it supervises',
    local_authority: 'The role of a local finance bureau is for people of a regulator only',
    auditor: 'An auditor cannot hold a role that changes things. End one of them first',
    last_secretariat: 'This is the last one of the secretariat. Grant the secretariat’s role to someone else first',
    last_administrator:
      'This is the last administrator of the institution. Grant the role to someone else first, or ask the secretariat',
  },
})
