import { randomUUID } from 'node:crypto'
import { demoPassword } from '#access/sign-in/index.ts'
import { lockDirectory } from '#directory/contacts/index.ts'
import { linkContacts } from '#directory/institutions/index.ts'
import { hashPassword } from '#ground/auth/password.ts'
import { batches } from '#ground/db/batches.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type RosterLine, writeRoster } from '#rosters/roster/index.ts'
import { fillInContacts } from './fill-in-contacts.ts'
import { fillInEntries, fillInReadings } from './fill-in-entries.ts'
import { fillInPoints } from './fill-in-points.ts'
import { bureau, fillInRegistry } from './fill-in-registry.ts'
import { demo_institutions, fictionalMarket, personName } from './market.ts'
import { demoTemplates } from './templates.ts'

/** Fills an empty database with an invented market and its accounts; one that knows any institution is left as it is. */
export async function loadMarket(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  { institutions = demo_institutions }: { institutions?: number } = {},
): Promise<{ loaded: boolean }> {
  if (!(await isEmpty(db))) return { loaded: false }
  // Slow on purpose, like every check of a password; therefore once for all accounts.
  const password = await hashPassword(demoPassword)
  const at = clock()
  const lines = [...fictionalMarket(institutions), bureau]

  return db.transaction().execute(async (tx) => {
    // Another process may be loading at this moment.
    await lockDirectory(tx)
    if (!(await isEmpty(tx))) return { loaded: false }

    const { added } = await writeRoster(tx, lines, at)
    await fillInContacts(tx)
    await fillInEntries(tx)
    await fillInReadings(tx)
    await fillInPoints(tx, at)
    await fillInRegistry(tx, at)
    const people = await openAccounts(tx, accountsOf(lines), password, at)
    await linkContacts(
      tx,
      lines.map(({ code }) => code),
    )
    await tx
      .insertInto('notice_template')
      .values(
        demoTemplates.map(({ choices, ...template }) => ({
          ...template,
          ...{ choices: JSON.stringify(choices), code: randomUUID(), version: 1, made_by: null, made_at: at },
        })),
      )
      .execute()
    await record(tx, { program: 'demo' }, at, {
      action: 'market.loaded',
      about: '/institutions',
      details: { institutions: added, people },
    })
    return { loaded: true }
  })
}

const isEmpty = async (db: Database) => !(await db.selectFrom('institution').select('id').limit(1).executeTakeFirst())

type Account = { code: string; email: string; name_ja: string; name_en: string | null; role: Role }

/** Those that show the most come first: the desk, an exchange, a firm, who looks on; then every other contact. */
function accountsOf(lines: RosterLine[]): Account[] {
  const contacts = lines.flatMap(({ code, contacts }) =>
    contacts.map(
      ({ mail, name_ja, name_en }): Account => ({ code, email: mail, name_ja, name_en, role: 'bcp_contact' }),
    ),
  )
  const first = (code: string) => contacts.filter((contact) => contact.code === code).slice(0, 1)
  const present = new Set(lines.map(({ code }) => code))
  const accounts = [
    ...staff.slice(0, 1),
    ...first('EXC-1'),
    ...first('SEC-001'),
    ...staff.slice(1),
    ...contacts,
  ].filter(({ code }) => present.has(code))
  return [...new Map(accounts.map((account) => [account.email, account])).values()]
}

/** People who are no contact of an institution. Their names are the last of the list, far from the contacts'. */
const staff: Account[] = (
  [
    ['ASSOC', 'desk', 'assoc', 'secretariat'],
    ['ASSOC', 'desk-deputy', 'assoc', 'secretariat'],
    ['REG', 'observer', 'reg', 'authority'],
    ['CB', 'observer', 'cb', 'authority'],
    ['ASSOC', 'audit', 'assoc', 'auditor'],
    ['ASSOC', 'approver', 'assoc', 'secretariat_approver'],
    ['SEC-001', 'admin', 'sokyu', 'institution_administrator'],
    ['SEC-001', 'council', 'sokyu', 'council_member'],
    ['EXC-1', 'centre', 'soten', 'command_centre_member'],
    ['ASSOC', 'observer', 'assoc', 'observer'],
    ['LFB-W', 'observer', 'lfbw', 'local_authority'],
  ] as const
).map(([code, name, domain, role], index) => ({
  code,
  email: `${name}@${domain}.example`,
  ...personName(1199 - index),
  role,
}))

async function openAccounts(tx: Tx, accounts: Account[], password: string, at: Date): Promise<number> {
  const institutions = await tx.selectFrom('institution').select(['id', 'code']).execute()
  const idOf = new Map(institutions.map(({ id, code }) => [code, id]))
  const people = accounts.map((account, index) => ({
    ...account,
    id: randomUUID(),
    institution_id: idOf.get(account.code)!,
    // The order of the list is kept as the order in which they came to be.
    created_at: new Date(at.getTime() + index),
  }))
  for (const rows of batches(people)) {
    const common = ({ created_at }: (typeof rows)[number]) => ({ created_at, updated_at: created_at })
    await tx
      .insertInto('person')
      .values(
        rows.map((person) => {
          const { id, name_ja, name_en, email, institution_id } = person
          return { id, name_ja, name_en, email, institution_id, email_verified: true, is_demo: true, ...common(person) }
        }),
      )
      .execute()
    // better-auth finds a password by this provider and by the account being named after the person.
    await tx
      .insertInto('credential')
      .values(
        rows.map((person) => ({
          person_id: person.id,
          account_id: person.id,
          provider_id: 'credential',
          password,
          ...common(person),
        })),
      )
      .execute()
    await tx
      .insertInto('role_grant')
      .values(rows.map(({ id, role }) => ({ person_id: id, role, granted_at: at })))
      .execute()
  }
  return people.length
}
