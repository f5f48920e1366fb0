import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { inBoth, languages, named } from '#ground/html/language.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

export type ProviderChange = 'added' | 'agreed' | 'activated' | 'deactivated' | 'removed'

const texts = inBoth({
  ja: {
    did: {
      added: '追加しました',
      agreed: '事務局の人にも使うことに同意しました',
      activated: '使い始めました',
      deactivated: '止めました',
      removed: '削除しました',
    } as Record<ProviderChange, string>,
    subject: (did: string) => `勤務先サインインの設定を${did}`,
    said: (who: string, institution: string, domain: string, did: string) =>
      `${who}が、勤務先サインインの設定（${institution}、${domain}）を${did}。`,
    agree:
      '事務局・承認者・監査担当者の役割がある人は、追加した人とは別の事務局の1人が同意するまで、この設定では入れません。',
    page: (url: string) => `確かめるページ：${url}`,
    check: '心当たりがない場合は、すぐにほかの事務局員に電話で確かめ、設定を止めてください。',
  },
  en: {
    did: {
      added: 'added',
      agreed: 'agreed to for the desk',
      activated: 'taken into use',
      deactivated: 'stopped',
      removed: 'removed',
    },
    subject: (did: string) => `workplace sign-in ${did}`,
    said: (who: string, institution: string, domain: string, did: string) =>
      `A provider of workplace sign-in (${institution}, ${domain}) was ${did} by ${who}.`,
    agree:
      'Who holds a role of the desk (secretariat, approver, auditor) cannot come in by it until another of the desk than who added it agrees.',
    page: (url: string) => `Look here: ${url}`,
    check: 'If you do not know of this, telephone others of the secretariat at once, and stop the provider.',
  },
})

/** Tells everyone of the desk and every auditor what somebody did to a way in, so that nobody opens one unseen. */
export async function tellDesk(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  by: Person,
  at: Date,
  { id, what }: { id: string; what: ProviderChange },
) {
  const { domain, kind, ...institution } = await tx
    .selectFrom('sso_provider')
    .innerJoin('institution', 'institution.id', 'sso_provider.institution_id')
    .where('sso_provider.id', '=', id)
    .select(['domain', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .executeTakeFirstOrThrow()
  const asks = kind === 'association' && what === 'added'
  const body = languages.map((language) => {
    const t = texts[language]
    return [
      t.said(named(language, by), named(language, institution), domain, t.did[what]),
      ...(asks ? [t.agree] : []),
      ...(what === 'removed' ? [] : [t.page(`${tools.origin}/sso/${id}`)]),
      t.check,
    ].join('\n\n')
  })
  for (const { email } of await peopleWithRole(tx, [...deskRoles, 'auditor']))
    await queueLetter(tx, tools, at, {
      address: email,
      subject: `【警告】${texts.ja.subject(texts.ja.did[what])} / Warning: ${texts.en.subject(texts.en.did[what])}`,
      body: body.join('\n\n----\n\n'),
      about: what === 'removed' ? '/sso' : `/sso/${id}`,
      label: 'red',
      mode: 'actual',
      purpose: 'workplace-sign-in',
    })
}
