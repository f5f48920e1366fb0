import { demoPassword } from '#access/sign-in/index.ts'
import type { Database } from '#ground/db/database.ts'

const shown = 7

/** What the terminal says to a newcomer: the accounts, and what to try first. */
export async function welcome(db: Database, origin: string): Promise<string> {
  const accounts = await db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('person.is_demo', '=', true)
    .select(['person.email', 'role_grant.role', 'institution.name_en'])
    .orderBy('person.created_at')
    .limit(shown)
    .execute()
  const width = Math.max(0, ...accounts.map(({ email }) => email.length))
  return [
    '',
    `Demo accounts (all invented; password of each: ${demoPassword})`,
    ...accounts.map(({ email, role, name_en }) => `  ${email.padEnd(width)}  ${role}, ${name_en}`),
    `  … and every BCP contact of the market: ${origin}/sign-in`,
    '',
    'Try this first:',
    `  1. Sign in as the first account and play an earthquake: ${origin}/demo/telegrams`,
    `  2. Decide on the proposal, ask everyone to report, and read a request: ${origin}/demo/mail`,
    `  3. Report as a firm, watch the board fill, publish, and see what investors see: ${origin}/`,
    '',
    'Ctrl-C ends everything. The data stays in the data folder.',
  ].join('\n')
}
