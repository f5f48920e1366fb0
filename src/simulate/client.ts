/** A browser as far as a simulation needs one: keeps cookies, sends forms, reads the hidden fields of a page. */
export class Visitor {
  #cookies = new Map<string, string>()
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  async get(path: string): Promise<{ code: number; text: string; location: string | null }> {
    return this.#ask(path, { method: 'GET' })
  }

  async post(path: string, fields: Record<string, string> | [string, string][]) {
    return this.#ask(path, {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  }

  async signIn(email: string, password: string) {
    const { code } = await this.post('/sign-in', { email, password, next: '/home' })
    if (code !== 303) throw new Error(`${email} could not sign in: ${code}`)
  }

  /** What a page listens to, for as long as the signal lets it. */
  async open(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const answer = await fetch(this.origin + path, { headers: { cookie: this.#cookie() }, signal })
    if (!answer.ok || !answer.body) throw new Error(`${path} could not be listened to: ${answer.status}`)
    return answer.body
  }

  #cookie = () => [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  async #ask(path: string, init: { method: string; headers?: Record<string, string>; body?: string }) {
    const cookie = this.#cookie()
    const answer = await fetch(this.origin + path, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie && { cookie }) },
      signal: AbortSignal.timeout(30_000),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return { code: answer.status, text: await answer.text(), location: answer.headers.get('location') }
  }
}

/** The fields of the form that posts to `action`, as a browser would send them untouched: hidden, chosen, typed. */
export function fieldsOf(page: string, action: string, submit?: string): Record<string, string> {
  const forms = [...page.matchAll(/<form\b[^>]*>.*?<\/form>/gs)].map(([form]) => form)
  const form = forms.find(
    (text) => text.includes(`action="${action}"`) && (!submit || text.includes(`name="${submit}"`)),
  )
  if (!form) throw new Error(`the page has no form for ${action}`)
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const type = attribute(tag, 'type')
    const is_sent = type === 'radio' || type === 'checkbox' ? /\bchecked\b/.test(tag) : true
    if (name && is_sent) fields[name] = attribute(tag, 'value') ?? ''
  }
  for (const [, tag = '', text = ''] of form.matchAll(/(<textarea\b[^>]*>)(.*?)<\/textarea>/gs)) {
    const name = attribute(tag, 'name')
    if (name) fields[name] = decode(text)
  }
  for (const [, tag = '', options = ''] of form.matchAll(/(<select\b[^>]*>)(.*?)<\/select>/gs)) {
    const name = attribute(tag, 'name')
    const chosen = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => option)
    const option = chosen.find((text) => /\bselected\b/.test(text)) ?? chosen[0]
    if (name && option) fields[name] = attribute(option, 'value') ?? ''
  }
  return fields
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decode(found)
}

const decode = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
