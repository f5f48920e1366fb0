import { betterAuth } from 'better-auth'
import type { Database } from '#ground/db/database.ts'
import { session_seconds_max } from '#ground/rights/session-limits.ts'
import { passkeyPlugin } from './passkey-plugin.ts'
import { hashPassword, isPassword, password_length_max } from './password.ts'
import { secondFactorPlugin } from './second-factor-plugin.ts'
import { sessionOpener } from './session-plugin.ts'

/** Passwords, sessions and their cookies, by better-auth on our own tables. Its HTTP endpoints are not mounted: our routes call it. */
export const openAuth = ({ db, secret, origin }: { db: Database; secret: string; origin: string }) =>
  betterAuth({
    appName: 'Noroshi',
    secret,
    baseURL: origin,
    database: { db, type: 'postgres' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 15,
      maxPasswordLength: password_length_max,
      password: { hash: hashPassword, verify: isPassword },
    },
    user: {
      modelName: 'person',
      fields: { name: 'name_ja', emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      // A required column it was not told of counts as a broken table, and it refuses to work.
      additionalFields: { institution_id: { type: 'string', required: true, input: false } },
    },
    session: {
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      // The outermost limit; what is set is judged at every request, by our own clock.
      expiresIn: session_seconds_max,
      disableSessionRefresh: true,
      // Who has lately proved who they are is asked by ourselves.
      freshAge: 0,
      // A cached cookie would keep a revoked session alive.
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    advanced: {
      cookiePrefix: 'noroshi',
      useSecureCookies: origin.startsWith('https:'),
      // Lax, not Strict: the link in a mail must find its reader signed in.
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      database: { generateId: 'uuid' },
    },
    plugins: [sessionOpener(), passkeyPlugin(origin), secondFactorPlugin()],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })

export type Auth = ReturnType<typeof openAuth>
