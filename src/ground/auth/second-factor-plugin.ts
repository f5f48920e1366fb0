import { twoFactor } from 'better-auth/plugins/two-factor'

/** Where the browser keeps that the password was right and a code is still missing; better-auth puts its prefix before it. */
export const second_factor_cookie = 'two_factor'

export const code_digits = 6
export const code_seconds = 30
/** From the right password to the code. */
const waiting_seconds_max = 600

/** Codes of an authenticator app after a password. Five wrong ones end the attempt. */
export const secondFactorPlugin = () =>
  twoFactor({
    issuer: 'Noroshi',
    twoFactorTable: 'two_factor',
    twoFactorCookieMaxAge: waiting_seconds_max,
    // Counted by ourselves, with all other failures: nobody can lock another out from elsewhere.
    accountLockout: { enabled: false },
    totpOptions: { digits: code_digits, period: code_seconds },
    // The library would keep recovery codes readable. It is given hashes instead, see recovery-codes.ts.
    backupCodeOptions: {
      customBackupCodesGenerate: () => [],
      storeBackupCodes: { encrypt: async (list) => list, decrypt: async (list) => list },
    },
    schema: {
      user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
      twoFactor: {
        fields: {
          userId: 'person_id',
          backupCodes: 'backup_codes',
          failedVerificationCount: 'failed_verification_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  })
