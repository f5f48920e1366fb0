import type { Database } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

const tests_max = 50
const troubled_max = 500

/** The latest silent tests, newest first. */
export function listTests(db: Database, by: Person) {
  must(by, 'directory.see')
  return db
    .selectFrom('address_test')
    .innerJoin('person', 'person.id', 'address_test.started_by')
    .selectAll('address_test')
    .select(['person.name_ja', 'person.name_en'])
    .orderBy('started_at', 'desc')
    .limit(tests_max)
    .execute()
}

/**
 * One test with what came of its mails. `whole`: the letters themselves are the desk's to read; their counts, and which
 * addresses have trouble, are as open as the directory.
 */
export async function readTest({ db, whole }: { db: Database; whole: Database }, by: Person, id: string) {
  must(by, 'directory.see')
  const test = await db
    .selectFrom('address_test')
    .innerJoin('person', 'person.id', 'address_test.started_by')
    .where('address_test.id', '=', id)
    .selectAll('address_test')
    .select(['person.name_ja', 'person.name_en'])
    .executeTakeFirst()
  if (!test) throw new NotFound(`test ${id}`)
  const letters = () => whole.selectFrom('letter').where('letter.about', '=', `/contacts/tests/${id}`)
  const [counted, troubled] = await Promise.all([
    letters()
      .select(({ fn }) => ['letter.state', fn.countAll<string>().as('count')])
      .groupBy('letter.state')
      .execute(),
    letters()
      .innerJoin('contact_address as address', 'address.id', 'letter.contact_address_id')
      .innerJoin('contact', 'contact.id', 'address.contact_id')
      .innerJoin('institution', 'institution.id', 'address.institution_id')
      .where('letter.state', 'in', ['failed', 'bounced', 'perhaps'])
      .select(['letter.id', 'letter.state', 'letter.answer', 'letter.address', 'institution.id as institution_id'])
      .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
      .select(['institution.name_ja', 'institution.name_en'])
      .orderBy('institution.code')
      .limit(troubled_max)
      .execute(),
  ])
  const count = (state: (typeof counted)[number]['state']) =>
    Number(counted.find((one) => one.state === state)?.count ?? 0)
  return {
    ...test,
    sent: count('sent'),
    waiting: count('waiting'),
    perhaps: count('perhaps'),
    failed: count('failed'),
    bounced: count('bounced'),
    troubled,
  }
}

export type ListedTest = Awaited<ReturnType<typeof listTests>>[number]
export type TestView = Awaited<ReturnType<typeof readTest>>
