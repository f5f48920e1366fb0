import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Label } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

export const override_reason_length_min = 10

type Overridden = {
  id: string
  label: Label
  subject_ja: string
  subject_en: string
  reason: string
  institutions: number
}

/** Writes at once to everyone who could have been the second person that one released something real alone, and why. */
export async function warnOfOverride(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  by: Person,
  at: Date,
  { id, label, subject_ja, subject_en, reason, institutions }: Overridden,
): Promise<number> {
  const others = (await peopleWithRole(tx, deskRoles)).filter(({ id: other_id }) => other_id !== by.id)
  const path = `/notices/${id}`
  const time = (language: 'ja' | 'en') => timeWords(language, at, at, { with_date: true })
  const body = [
    [
      `${by.name_ja}さんが、承認を待たずに1人で通知を送りました。`,
      `件名：${label === 'red' ? '（TLP:RED、ページに表示）' : subject_ja}\n配信：${time('ja')}\n宛先：${institutions}機関\n理由：${reason}`,
      '内容を確かめてください。誤りがあれば、通知のページの「通知を訂正する」または「通知を取り消す」を押してください。',
      `${tools.origin}${path}`,
    ],
    [
      `${by.name_en ?? by.name_ja} released a notice alone, without waiting for a second person.`,
      `Subject: ${label === 'red' ? '(TLP:RED, shown on the page)' : subject_en}\nReleased: ${time('en')}\nTo: ${institutions} institutions\nReason: ${reason}`,
      'Please look at it. If it is wrong, press “Correct the notice” or “Withdraw the notice” on its page.',
      `${tools.origin}${path}`,
    ],
  ]
    .map((parts) => parts.join('\n\n'))
    .join('\n\n----\n\n')
  await queueLetters(
    tx,
    tools,
    at,
    others.map(({ email }) => ({
      address: email,
      subject: '【警告】1人で通知が送られました / Warning: a notice was released by one person alone',
      body,
      about: path,
      label: 'amber_strict' as const,
      mode: 'actual' as const,
      purpose: 'notice-override',
    })),
  )
  return others.length
}
