import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export type OidcAccount = { sub: string; email?: string; email_verified?: boolean }

const client = { client_id: 'noroshi', client_secret: 'fictional-secret-of-the-provider-0001' }
export const oidcClient = client

/** A real OpenID Connect provider on loopback; whoever comes is logged in as `account`, and agrees. */
export async function startOidc() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }
  const state = {
    account: { sub: 'nobody' } as OidcAccount,
    /** Answers every request with this status instead, when set, or never. */
    broken: null as number | 'silent' | null,
    /** Changes what an ID token says before it is signed anew; with `null` it is left as it is. */
    forge: null as ((header: Record<string, unknown>, claims: Record<string, unknown>) => void) | null,
    /** Signs forged tokens with this key instead of the provider's. */
    key: privateKey,
  }
  let provider: Provider
  const server = createServer(async (request, response) => {
    if (state.broken === 'silent') return
    if (state.broken !== null) return void response.writeHead(state.broken).end('broken')
    if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response)
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: state.account.sub } })
    const known = grantId ? await provider.Grant.find(grantId) : undefined
    const grant =
      known ?? new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) })
    grant.addOIDCScope('openid email')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** The client's addresses are known only after it was set up on our side. */
  function register(...redirect_uris: string[]) {
    provider = new Provider(issuer, {
      clients: [{ ...client, redirect_uris: redirect_uris.length > 0 ? redirect_uris : ['http://localhost/none'] }],
      jwks: { keys: [jwk] },
      cookies: { keys: ['fictional'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      features: { devInteractions: { enabled: false } },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...state.account, sub }) }),
    })
    provider.use(async (ctx, next) => {
      await next()
      const body = ctx.body as { id_token?: string } | undefined
      if (state.forge && ctx.path === '/token' && body?.id_token) {
        const [head = '', payload = ''] = body.id_token.split('.')
        const [header, claims] = [head, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
        state.forge(header, claims)
        const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
        const signed = header.alg === 'none' ? '' : sign('sha256', Buffer.from(text), state.key).toString('base64url')
        ctx.body = { ...body, id_token: `${text}.${signed}` }
      }
    })
  }
  register()
  return {
    issuer,
    state,
    register,
    otherKey: () =>
      createPrivateKey(
        generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      ),
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
export type Oidc = Awaited<ReturnType<typeof startOidc>>
