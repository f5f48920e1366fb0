import { passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'

/** Where the browser keeps which challenge it answers; better-auth puts its prefix before it. */
export const challenge_cookie = 'passkey_challenge'

const unverified = () => new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })

/**
 * Passkeys of this very address. The device must have made sure who holds it (a finger, a face, a PIN): asked for when one
 * is made and when it is used, and checked in both answers, which the library alone would not do.
 */
export const passkeyPlugin = (origin: string) =>
  passkey({
    rpName: '狼煙 Noroshi',
    rpID: new URL(origin).hostname,
    origin,
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    registration: {
      afterVerification: async ({ verification }) => {
        if (!verification.registrationInfo?.userVerified) throw unverified()
      },
    },
    authentication: {
      afterVerification: async ({ verification }) => {
        if (!verification.authenticationInfo.userVerified) throw unverified()
      },
    },
    advanced: { webAuthnChallengeCookie: challenge_cookie },
    schema: {
      passkey: {
        fields: {
          userId: 'person_id',
          publicKey: 'public_key',
          credentialID: 'credential_id',
          deviceType: 'device_type',
          backedUp: 'backed_up',
          createdAt: 'created_at',
        },
      },
    },
  })
