import { createOTP } from '@better-auth/utils/otp'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { Auth } from '#ground/auth/auth.ts'
import { code_digits, code_seconds } from '#ground/auth/second-factor-plugin.ts'
import type { Database } from '#ground/db/database.ts'

const otpOf = async (auth: Auth, secret: string) => {
  const { secretConfig } = await auth.$context
  const readable = await symmetricDecrypt({ key: secretConfig, data: secret })
  return createOTP(readable, { digits: code_digits, period: code_seconds })
}

/** Whether the secret of an app can be read with the NOROSHI_SECRET of today: after a change of that it cannot, and no code is right. */
export const isReadable = (auth: Auth, secret: string): Promise<boolean> =>
  otpOf(auth, secret).then(
    () => true,
    () => false,
  )

/** The address that an authenticator app reads from a QR code (otpauth, Key Uri Format), with the secret in base 32. */
export async function appAddress(auth: Auth, secret: string, email: string): Promise<{ uri: string; secret: string }> {
  const uri = (await otpOf(auth, secret)).url('Noroshi', email)
  return { uri, secret: new URL(uri).searchParams.get('secret') ?? '' }
}

/** Marks the code of an app as used; false when it, or a later one, was used before. The library lets a code in twice. */
export async function claimCode(whole: Database, auth: Auth, person_id: string, code: string): Promise<boolean> {
  const row = await whole
    .selectFrom('two_factor')
    .select('secret')
    .where('person_id', '=', person_id)
    .executeTakeFirstOrThrow()
  const otp = await otpOf(auth, row.secret)
  // By the clock by which the library has just judged it, one step more to the past in case it has turned meanwhile.
  const now = Math.floor(Date.now() / (code_seconds * 1000))
  for (const step of [now + 1, now, now - 1, now - 2]) {
    if ((await otp.hotp(step)) !== code) continue
    const { numUpdatedRows } = await whole
      .updateTable('two_factor')
      .set({ last_step: step })
      .where('person_id', '=', person_id)
      .where(({ or, eb }) => or([eb('last_step', 'is', null), eb('last_step', '<', String(step))]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  return false
}
