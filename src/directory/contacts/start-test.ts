import { sql } from 'kysely'
import { z } from 'zod'
import type { Database, Tx } from '#ground/db/database.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** An address that has taken nothing for this long counts as untested. */
export const untested_days = 90
const codes_length_max = 10_000

const messages = inBoth({
  ja: {
    scope: '対象を選んでください',
    codes: '機関コードを、カンマか改行で区切って入力してください',
    unknown: (codes: string) => `名簿にない機関コードがあります：${codes}`,
    nobody: '対象になるメールアドレスがありません。対象を選び直してください',
  },
  en: {
    scope: 'Choose which addresses to test',
    codes: 'Enter the codes of institutions, with commas or on lines of their own',
    unknown: (codes: string) => `There are no institutions with these codes: ${codes}`,
    nobody: 'There is no mail address to test. Choose others',
  },
})

export const TestForm = (language: Language) =>
  z
    .object({
      scope: z.enum(['all', 'untested', 'chosen'], messages[language].scope),
      codes: z
        .string()
        .max(codes_length_max, messages[language].codes)
        .default('')
        .transform((text) =>
          text
            .normalize('NFKC')
            .toUpperCase()
            .split(/[\s,、]+/)
            .filter(Boolean),
        ),
      idempotency_key: idempotencyKey,
    })
    .refine(({ scope, codes }) => scope !== 'chosen' || codes.length > 0, {
      path: ['codes'],
      message: messages[language].codes,
    })
export type TestForm = z.output<ReturnType<typeof TestForm>>

/**
 * Sends one quiet mail to each mail address that takes mails, marked as a test, to which nobody need answer. What the
 * server takes counts as tested, what it refuses is stopped. Pressing twice starts one test.
 */
export async function startTest(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later'>,
  by: Person,
  form: TestForm,
  language: Language,
): Promise<{ id: string } | { failed: 'codes' | 'scope'; message: string }> {
  must(by, 'address.test')
  const { db, clock } = tools
  const at = clock()
  const say = messages[language]

  return db.transaction().execute(async (tx) => {
    const earlier = await tx
      .selectFrom('address_test')
      .where('idempotency_key', '=', form.idempotency_key)
      .select('id')
      .executeTakeFirst()
    if (earlier) return earlier
    if (form.scope === 'chosen') {
      const known = await tx.selectFrom('institution').where('code', 'in', form.codes).select('code').execute()
      const unknown = form.codes.filter((code) => !known.some((one) => one.code === code))
      if (unknown.length > 0) return { failed: 'codes', message: say.unknown(unknown.slice(0, 5).join(', ')) }
    }
    const addresses = await addressesOf(tx, form, at).execute()
    if (addresses.length === 0) return { failed: 'scope', message: say.nobody }
    const test = await tx
      .insertInto('address_test')
      .values({
        scope: form.scope,
        addresses: addresses.length,
        institutions: new Set(addresses.map(({ institution_id }) => institution_id)).size,
        started_by: by.id,
        started_at: at,
        idempotency_key: form.idempotency_key,
      })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning(['id', 'addresses', 'institutions'])
      .executeTakeFirst()
    if (!test) return sameTest(tx, form)
    const about = `/contacts/tests/${test.id}`
    await queueLetters(
      tx,
      tools,
      at,
      addresses.map(({ id, address, name_ja }) => ({
        address,
        subject: test_subject,
        body: testLetter(name_ja),
        about,
        label: 'amber',
        mode: 'test',
        purpose: 'address-test',
        contact_address_id: id,
      })),
    )
    await record(tx, by, at, {
      action: 'address.test-started',
      about,
      mode: 'test',
      details: { test_id: test.id, scope: form.scope, addresses: test.addresses, institutions: test.institutions },
    })
    return { id: test.id }
  })
}

const sameTest = (tx: Tx, { idempotency_key }: TestForm) =>
  tx.selectFrom('address_test').where('idempotency_key', '=', idempotency_key).select('id').executeTakeFirstOrThrow()

/** Current mail addresses that have not been stopped, of institutions that take part today. */
const addressesOf = (db: Pick<Database, 'selectFrom'>, { scope, codes }: Pick<TestForm, 'scope' | 'codes'>, at: Date) =>
  db
    .selectFrom('contact_address as address')
    .innerJoin('contact', 'contact.id', 'address.contact_id')
    .innerJoin('institution', 'institution.id', 'address.institution_id')
    .where('address.means', '=', 'mail')
    .where('address.removed_at', 'is', null)
    .where('address.quarantined_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('institution.active_to', 'is', null),
        eb('institution.active_to', '>=', sql<string>`(${at}::timestamptz at time zone 'Asia/Tokyo')::date`),
      ]),
    )
    .$if(scope === 'chosen', (q) => q.where('institution.code', 'in', codes))
    .$if(scope === 'untested', (q) =>
      q.where((eb) =>
        eb.or([
          eb('address.tested_at', 'is', null),
          eb('address.tested_at', '<', new Date(at.getTime() - untested_days * 86_400_000)),
        ]),
      ),
    )
    .select(['address.id', 'address.address', 'address.institution_id', 'contact.name_ja'])
    .orderBy('institution.code')
    .orderBy('contact.rank')

/** How many addresses of how many institutions a test would reach now. */
export async function reachOfTest(db: Database, scope: 'all' | 'untested', at: Date) {
  const addresses = await addressesOf(db, { scope, codes: [] }, at).execute()
  return {
    addresses: addresses.length,
    institutions: new Set(addresses.map(({ institution_id }) => institution_id)).size,
  }
}

export const test_subject =
  '【テスト】連絡先の疎通確認（返信不要） / [TEST] Check of your contact address (no answer needed)'
export const testLetter = (name_ja: string) => `${name_ja} 様

これはテストです。緊急時の連絡先としてこのアドレスに届くことを確かめています。
返信や操作は必要ありません。

This is a test. It checks that mails reach this address in an emergency.
No answer is needed.`
