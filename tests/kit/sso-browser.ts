import type { TestSite } from './site.ts'

/** A browser with its cookies: on our site in this process, at providers over HTTP. It keeps to SameSite=Lax. */
export function openBrowser(site: TestSite, ours = 'http://localhost') {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, string>()
    jars.set(url.host, jar)
    return jar
  }

  async function ask(
    url: URL,
    init: { method?: string; body?: URLSearchParams; headers?: Record<string, string> },
    withCookies: boolean,
  ) {
    const jar = jarOf(url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(withCookies && cookie && { cookie }) }
    const answer =
      url.origin === ours
        ? await site.app.request(url.pathname + url.search, { ...init, headers })
        : await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }

  /** Follows redirects and pages that go on by themselves until something stays, or `stop` says so. */
  async function follow(
    first: Response,
    from: URL,
    stop?: (url: URL) => boolean,
  ): Promise<{ answer: Response; url: URL }> {
    let [answer, url] = [first, from]
    for (let step = 0; step < 20; step++) {
      const onward = answer.headers.get('location') ?? /^0; url=(.*)$/.exec(answer.headers.get('refresh') ?? '')?.[1]
      if (!onward) return { answer, url }
      url = new URL(onward, url)
      if (stop?.(url)) return { answer, url }
      await answer.body?.cancel()
      answer = await ask(url, {}, true)
    }
    throw new Error(`round in circles at ${url}`)
  }

  return {
    jar: (host: string) => jarOf(new URL(`http://${host}`)),
    async get(at: string, stop?: (url: URL) => boolean) {
      const url = new URL(at, ours)
      return follow(await ask(url, {}, true), url, stop)
    },
    /** A form of our own pages. */
    async post(at: string, form: Record<string, string>, stop?: (url: URL) => boolean) {
      const url = new URL(at, ours)
      const init = { method: 'POST', body: new URLSearchParams(form), headers: { 'sec-fetch-site': 'same-origin' } }
      return follow(await ask(url, init, true), url, stop)
    },
    /** A form of another site that leads to ours: it comes without cookies, what follows has them again. */
    async postFromElsewhere(at: string, form: Record<string, string>, headers: Record<string, string> = {}) {
      const url = new URL(at, ours)
      const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://idp.example', ...headers }
      return follow(await ask(url, { method: 'POST', body: new URLSearchParams(form), headers: foreign }, false), url)
    },
  }
}
export type Browser = ReturnType<typeof openBrowser>
