import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { inBoth, named } from '#ground/html/language.ts'
import { roleWords } from '#ground/html/navigation.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import { deskRoles } from '#ground/rights/person.ts'
import { letterBody } from './letter-body.ts'
import type { LetterTools } from './letters.ts'

type Named = { name_ja: string; name_en: string | null }
type What = 'asked' | 'alone' | 'agreed' | 'refused'

const texts = inBoth({
  ja: {
    subject: {
      asked: '【狼煙】事務局の役割：同意の依頼',
      alone: '【警告】事務局の役割が1人で付与されました',
      agreed: '【狼煙】事務局の役割：同意',
      refused: '【狼煙】事務局の役割：不同意',
    },
    said: {
      asked: (who: string, name: string) =>
        `${who}が、${name}に事務局の役割を付けるよう求めています。事務局のほかの1人が同意するまで、役割は働きません。`,
      alone: (who: string, name: string) =>
        `${who}が、${name}に事務局の役割を付けました。同意できる人が事務局にほかにいないため、1人で成立しました。`,
      agreed: (who: string, name: string) => `${who}が、${name}に事務局の役割を付けることに同意しました。`,
      refused: (who: string, name: string) =>
        `${who}が、${name}に事務局の役割を付けることに同意しませんでした。役割は付きません。`,
    },
    roles: (roles: string) => `役割：${roles}`,
    why: (reason: string) => `理由：${reason}`,
    page: (url: string) => `確かめて同意するページ：${url}`,
    check: '心当たりがない場合は、すぐにほかの事務局員に電話で確かめてください。',
  },
  en: {
    subject: {
      asked: 'Noroshi: a role of the desk, your agreement is asked for',
      alone: 'Warning: a role of the desk was given by one person',
      agreed: 'Noroshi: a role of the desk, agreed',
      refused: 'Noroshi: a role of the desk, not agreed',
    },
    said: {
      asked: (who: string, name: string) =>
        `${who} asks that ${name} gets a role of the secretariat’s desk. It does not count until another of the desk agrees.`,
      alone: (who: string, name: string) =>
        `${who} gave ${name} a role of the secretariat’s desk. Nobody else of the desk could agree, so it counts by one person.`,
      agreed: (who: string, name: string) => `${who} agreed that ${name} gets a role of the secretariat’s desk.`,
      refused: (who: string, name: string) =>
        `${who} did not agree that ${name} gets a role of the secretariat’s desk. It is not given.`,
    },
    roles: (roles: string) => `Roles: ${roles}`,
    why: (reason: string) => `Reason: ${reason}`,
    page: (url: string) => `Look, and agree: ${url}`,
    check: 'If you do not know of this, telephone others of the secretariat at once.',
  },
})

/** Tells everyone of the desk and every auditor, as for a break-glass code: who is to have a role of the desk, and what became of it. */
export async function postEntry(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  { what, by, name, roles, reason }: { what: What; by: Named; name: Named; roles: readonly Role[]; reason: string },
) {
  for (const to of await peopleWithRole(tx, [...deskRoles, 'auditor']))
    await queueLetter(tx, tools, at, {
      address: to.email,
      subject: `${texts.ja.subject[what]} / ${texts.en.subject[what]}`,
      body: letterBody(to, (language) => {
        const t = texts[language]
        return [
          t.said[what](named(language, by), named(language, name)),
          `${t.roles(roles.map((role) => roleWords[language][role]).join(' / '))}\n${t.why(reason)}`,
          t.page(`${tools.origin}/desk-entries`),
          t.check,
        ]
      }),
      about: '/desk-entries',
      label: 'red',
      mode: 'actual',
      purpose: 'desk-entry',
    })
}
