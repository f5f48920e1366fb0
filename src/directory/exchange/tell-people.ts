import { asProgram } from '#ground/db/as-program.ts'
import type { Tx } from '#ground/db/database.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'

type Between = { id: string; proposing_id: string; answering_id: string }

/**
 * Tells everyone whose details two institutions now show each other that they do, by mail: they are asked for by their
 * institution, not by themselves. Gives how many were told, of how many.
 */
export async function tellPeople(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  { id, proposing_id, answering_id }: Between,
): Promise<{ told: number; contacts: number }> {
  // Each side's people are told, also those whom whoever agrees may not see.
  const people = await asProgram(tx, () =>
    tx
      .selectFrom('contact_card as contact')
      .innerJoin('institution as own', 'own.id', 'contact.institution_id')
      .innerJoin('institution as partner', (join) =>
        join.on('partner.id', 'in', [proposing_id, answering_id]).onRef('partner.id', '<>', 'contact.institution_id'),
      )
      .where('contact.institution_id', 'in', [proposing_id, answering_id])
      .select(['contact.name_ja', 'contact.name_en', 'contact.mail'])
      .select(['own.name_ja as own_ja', 'own.name_en as own_en'])
      .select(['partner.name_ja as partner_ja', 'partner.name_en as partner_en'])
      .orderBy('own.code')
      .orderBy('contact.rank')
      .execute(),
  )
  const letters = people.flatMap(({ mail, ...person }) =>
    mail
      ? {
          address: mail,
          ...letterText(person, `${tools.origin}/exchange/${id}`),
          about: `/exchange/${id}`,
          label: 'amber' as const,
          mode: 'actual' as const,
          purpose: 'exchange',
        }
      : [],
  )
  await queueLetters(tx, tools, at, letters)
  return { told: letters.length, contacts: people.length }
}

type Addressed = {
  name_ja: string
  name_en: string | null
  own_ja: string
  own_en: string
  partner_ja: string
  partner_en: string
}

/** Subject and text of one letter, Japanese first. */
function letterText({ name_ja, name_en, own_ja, own_en, partner_ja, partner_en }: Addressed, link: string) {
  return {
    subject: `あなたの連絡先が${partner_ja}に見えるようになりました / ${partner_en} can now see your contact details`,
    body: `${own_ja}
${name_ja} 様

${own_ja}と${partner_ja}は、緊急時に直接連絡するため、担当者の連絡先を互いに見せることに同意しました。
${partner_ja}の担当者は、緊急連絡網に登録されたあなたの氏名、役職、電話番号、メールアドレスを見られます。
ほかの機関には見えません。どちらかの機関が交換を終えると、見えなくなります。

心当たりがないとき、見せたくないものがあるときは、自機関の機関管理者またはBCP連絡担当者に伝えてください。
交換の内容（自機関のBCP連絡担当者・機関管理者が開けます）：
${link}

----
${name_en ?? name_ja}, ${own_en}

${own_en} and ${partner_en} have agreed to show each other the details of their contacts, for direct calls in an emergency.
Contacts of ${partner_en} can see your name, title, phone numbers and mail addresses as the call tree has them.
No other institution can. Once either of the two ends the exchange, they no longer can.

If you do not know of this, or there is something you do not want to be seen, tell your institution’s administrator or BCP contact.
The exchange (your BCP contact and administrator can open it):
${link}
`,
  }
}
