import { createHmac, randomInt, randomUUID } from 'node:crypto'
import type { Config } from '#ground/config/config.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { EditedAddress } from './queries.ts'

export const code_digits = 8
export const code_minutes = 30
/** Answers to one code. With five codes an hour, a guess succeeds once in four million hours. */
export const tries_max = 5
const codes_per_hour_max = 5
/** By one person to all addresses: nobody floods a stranger by entering them again and again. */
const codes_by_person_max = 20

/** Only with the program's secret can a code be held against what is kept of it. */
export const codeHash = ({ secret }: Pick<Config, 'secret'>, id: string, code: string) =>
  createHmac('sha256', secret).update(`address code ${id} ${code}`).digest()

/**
 * Sends a code to a mail address of a contact; who enters it proves that the address is read. A new code ends the one before.
 * `often`: enough were sent within the hour.
 */
export async function sendCode(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later'>,
  by: Person,
  address: EditedAddress,
): Promise<{ failed: 'often' | 'no_mail' } | undefined> {
  mustIn(by, 'contact.edit', address.institution_id)
  const { db, clock, config } = tools
  const at = clock()
  if (address.means !== 'mail') return { failed: 'no_mail' }

  return db.transaction().execute(async (tx) => {
    // Held until the commit, so that two presses are counted one after the other.
    await tx.selectFrom('contact_address').where('id', '=', address.id).select('id').forUpdate().execute()
    const sent = await tx
      .selectFrom('address_code')
      .where('sent_at', '>', new Date(at.getTime() - 3_600_000))
      .where((eb) => eb.or([eb('contact_address_id', '=', address.id), eb('sent_by', '=', by.id)]))
      .select(['contact_address_id', 'sent_by'])
      .execute()
    const is_often =
      sent.filter(({ contact_address_id }) => contact_address_id === address.id).length >= codes_per_hour_max ||
      sent.filter(({ sent_by }) => sent_by === by.id).length >= codes_by_person_max
    if (is_often) return { failed: 'often' }

    const id = randomUUID()
    const code = String(randomInt(10 ** code_digits)).padStart(code_digits, '0')
    await tx
      .updateTable('address_code')
      .set({ ended_at: at })
      .where('contact_address_id', '=', address.id)
      .where('ended_at', 'is', null)
      .execute()
    await tx
      .insertInto('address_code')
      .values({
        id,
        contact_address_id: address.id,
        institution_id: address.institution_id,
        code_hash: codeHash(config, id, code),
        sent_by: by.id,
        sent_at: at,
        expires_at: new Date(at.getTime() + code_minutes * 60_000),
      })
      .execute()
    const about = `/contacts/addresses/${address.id}`
    await queueLetter(tx, tools, at, {
      address: address.address,
      subject: '連絡先の確認コード / Code to verify this address',
      body: letterText(code),
      about,
      label: 'amber',
      mode: 'actual',
      purpose: 'address-code',
      contact_address_id: address.id,
    })
    await record(tx, by, at, {
      action: 'address.code-sent',
      about,
      details: { address_id: address.id, contact_id: address.contact_id, institution_id: address.institution_id },
    })
    return undefined
  })
}

const letterText = (code: string) => `このアドレスが緊急時の連絡先として登録されました。
届いていることを確認するため、次の確認コードを${code_minutes}分以内に画面へ入力してください。

確認コード：${code}

心当たりがなければ、このメールは捨ててください。コードを誰にも教えないでください。

This address was entered as a contact for emergencies.
To prove that it arrives, enter this code on the page within ${code_minutes} minutes:

Code: ${code}

If this is a surprise, throw this mail away. Tell the code to nobody.`
