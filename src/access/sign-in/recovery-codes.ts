import { randomBytes, randomInt, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Tx } from '#ground/db/database.ts'

export const recovery_codes_count = 10
/** Without letters that look like figures (Crockford's base 32): 12 of them are 60 bits. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const code_length = 12

const derive = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>

/** The form in which a recovery code is stored: scrypt with its person's salt. */
export const hashRecoveryCode = async (code: string, salt: string) =>
  (await derive(readable(code), salt, 32)).toString('base64url')

/** Written in small letters, with other hyphens, or with O for 0: the same code. */
const readable = (code: string) =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')

const newCode = () =>
  Array.from({ length: code_length }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/(.{4})(.{4})/, '$1-$2-')

/** Makes recovery codes for a person with an authenticator app; those from before are void. Only here can they be read. */
export async function makeRecoveryCodes(tx: Tx, person_id: string): Promise<string[]> {
  const codes = Array.from({ length: recovery_codes_count }, newCode)
  const recovery_salt = randomBytes(16).toString('base64url')
  const hashes = await Promise.all(codes.map((code) => hashRecoveryCode(code, recovery_salt)))
  await tx
    .updateTable('two_factor')
    .set({ backup_codes: JSON.stringify(hashes), recovery_salt })
    .where('person_id', '=', person_id)
    .where('verified', '=', true)
    .execute()
  return codes
}
