/** The cookie of an open session; better-auth puts its prefix before it. */
export const session_cookie = 'session_token'

/** What the sign-in library gets to see of a request: the browser's name and the cookies that are named, nothing else. */
export function forwarded(request: Headers, ...cookies: string[]): Headers {
  const headers = new Headers({ 'user-agent': (request.get('user-agent') ?? '').slice(0, 300) })
  const named = (request.get('cookie') ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookies.some((name) => new RegExp(`^(__Secure-)?noroshi\\.${name}=`).test(cookie)))
  if (named.length > 0) headers.set('cookie', named.join('; '))
  return headers
}

/** The token of the session that an answer of the sign-in library opens; undefined when it opens none. */
export function tokenIn(answer: Headers): string | undefined {
  for (const cookie of answer.getSetCookie()) {
    const value = new RegExp(`^(?:__Secure-)?noroshi\\.${session_cookie}=([^;]+)`).exec(cookie)?.[1]
    if (value) return decodeURIComponent(value).split('.')[0]
  }
  return undefined
}
