import type { Config } from '#ground/config/config.ts'
import type { Method } from '#ground/rights/session.ts'

/** In a demo its invented people come in with the password that stands on the sign-in page. */
export const isExempt = ({ mode }: Pick<Config, 'mode'>, { is_demo }: { is_demo: boolean }) =>
  mode === 'demo' && is_demo

/** A password alone, or a link that someone was sent, does not prove enough. */
export const isWeak = (method: Method) => method === 'password' || method === 'invitation'

/**
 * Whether a session may only set up a passkey or an authenticator app, and nothing else before. It goes by how the session
 * was opened, not by what its person owns by now: who set one up in another window has to use it.
 */
export const mustEnrol = (session: { method: Method; is_demo: boolean }, config: Pick<Config, 'mode'>): boolean =>
  isWeak(session.method) && !isExempt(config, session)
