import type { Config } from '#ground/config/config.ts'
import type { Database } from '#ground/db/database.ts'
import { isExempt } from './must-enrol.ts'

/** The passkeys of a person, oldest first. */
export const listPasskeys = (db: Database, person_id: string) =>
  db
    .selectFrom('passkey')
    .select(['id', 'name', 'backed_up', 'created_at', 'last_used_at'])
    .where('person_id', '=', person_id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

export type PasskeyView = Awaited<ReturnType<typeof listPasskeys>>[number]

export type Methods = {
  passkeys: PasskeyView[]
  has_password: boolean
  /** An authenticator app whose code was given once. */
  has_app: boolean
  recovery_codes_left: number
  /** May come in with the password alone: the invented people of a demo. */
  is_exempt: boolean
}

/** Every way in which a person can sign in. Asked of the whole database: secrets are the program's alone, and none is given. */
export async function readMethods(whole: Database, person_id: string, config: Pick<Config, 'mode'>): Promise<Methods> {
  const person = await whole
    .selectFrom('person')
    .leftJoin('two_factor', (join) =>
      join.onRef('two_factor.person_id', '=', 'person.id').on('two_factor.verified', '=', true),
    )
    .where('person.id', '=', person_id)
    .select(['person.is_demo', 'two_factor.backup_codes'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('credential')
          .select('credential.id')
          .whereRef('credential.person_id', '=', 'person.id')
          .where('credential.password', 'is not', null),
      ).as('has_password'),
    )
    .executeTakeFirstOrThrow()
  return {
    passkeys: await listPasskeys(whole, person_id),
    has_password: Boolean(person.has_password),
    has_app: person.backup_codes !== null,
    recovery_codes_left: person.backup_codes === null ? 0 : (JSON.parse(person.backup_codes) as string[]).length,
    is_exempt: isExempt(config, person),
  }
}

/** Whether a person could still sign in with what would be left. */
export const isEnough = ({ passkeys, has_password, has_app, is_exempt }: Omit<Methods, 'recovery_codes_left'>) =>
  passkeys.length > 0 || (has_password && (has_app || is_exempt))
