import { randomInt } from 'node:crypto'
import { hashPassword } from '#access/index.ts'
import type { Enrol } from './first-account.ts'

// Without characters that are taken for one another when read aloud or copied by hand.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Enrolment by a password made here and shown once: 25 characters, more than 120 bits. */
export const enrolByPassword: Enrol = async (tx, person, at) => {
  const password = Array.from({ length: 25 }, (_, index) =>
    index % 5 === 0 && index > 0 ? `-${letter()}` : letter(),
  ).join('')
  await tx
    .insertInto('credential')
    .values({
      person_id: person.id,
      account_id: person.id,
      provider_id: 'credential',
      password: await hashPassword(password),
      created_at: at,
      updated_at: at,
    })
    .execute()
  return `Sign in as ${person.email} with this password, which is shown only now, and replace it:  ${password}`
}

const letter = () => letters[randomInt(letters.length)]
