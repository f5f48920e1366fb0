import { z } from 'zod'

/** What may stand in a template; each is put in once, so that a text that holds `{token}` stays as it is. */
const body_fields = ['to', 'from', 'text', 'id', 'account', 'token']
/** `basic`: account and token for the header of Basic authentication. */
const header_fields = ['id', 'account', 'token', 'basic']
/** Headers that follow from the request itself. */
const own_headers = ['host', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'expect', 'upgrade']

export const inbound_secret_length_min = 32

/** A field of a JSON answer: `messages.0.id`. */
const Path = z.string().regex(/^\w+(\.\w+)*$/, 'is no path such as messages.0.id')
const header = /^[\x20-\x7e]*$/

/** How a gateway is asked that has no adapter of its own, and how its answer is read. */
const Template = z
  .strictObject({
    method: z.enum(['POST', 'PUT']).default('POST'),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, 'is no name of a header'),
        z.string().regex(header, 'holds characters that no header may hold'),
      )
      .default({}),
    /** One of the two. */
    form: z.record(z.string(), z.string()).optional(),
    json: z.union([z.record(z.string(), z.json()), z.array(z.json())]).optional(),
    answer: z.strictObject({
      id: Path,
      error: Path.optional(),
      /** What is told to people about an error. */
      words: Path.optional(),
      /** Values of the error that mean that there is none, beside null, false, 0 and an empty text. */
      no_error: z.array(z.string()).default([]),
      /** Values of the error that will be the same for this number or text however often it is tried. */
      refused: z.array(z.string()).default([]),
    }),
  })
  .superRefine(({ headers, form, json }, { addIssue }) => {
    const problem = (message: string) => addIssue({ code: 'custom', message })
    if ((form === undefined) === (json === undefined)) problem('names either form or json.')
    const body = JSON.stringify(form ?? json ?? {})
    for (const field of ['to', 'text'])
      if (!fieldsIn(body).includes(field)) problem(`does not say where {${field}} goes.`)
    for (const field of fieldsIn(body))
      if (!body_fields.includes(field)) problem(`has no field {${field}} for its body.`)
    for (const field of fieldsIn(JSON.stringify(headers)))
      if (!header_fields.includes(field)) problem(`has no field {${field}} for its headers.`)
    for (const name of Object.keys(headers))
      if (own_headers.includes(name.toLowerCase())) problem(`may not set the header ${name}.`)
  })
export type GatewayTemplate = z.output<typeof Template>

const fieldsIn = (text: string) => [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, field = '']) => field)

const Url = z.string().refine(isGatewayUrl, 'begins with https:// (http:// only for this machine), without a password.')
const Secret = z.string().regex(/^[\x21-\x7e]{1,500}$/, 'holds blanks or characters that no header may hold')
const number = /^\+[1-9]\d{6,14}$/

const Twilio = z.strictObject({
  kind: z.literal('twilio'),
  url: Url.default('https://api.twilio.com'),
  account: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'is no account SID'),
  token: Secret,
  from: z.string().regex(number, 'is no number such as +81312345678'),
})
const Sender = z
  .string()
  .regex(
    /^(\+[1-9]\d{6,14}|MG[0-9a-fA-F]{32}|[A-Za-z0-9 ]{1,11})$/,
    'is neither a number, a messaging service nor a name',
  )

const Http = z
  .strictObject({
    kind: z.literal('http'),
    url: Url,
    account: Secret.optional(),
    token: Secret.optional(),
    from: z
      .string()
      .regex(/^\P{Cc}{1,50}$/u, 'is too long or holds control characters')
      .optional(),
    template: z.string().transform(parseJson).pipe(Template),
  })
  .superRefine((set, { addIssue }) => {
    const used = fieldsIn(JSON.stringify([set.template.headers, set.template.form, set.template.json]))
    const needed = { account: ['account', 'basic'], token: ['token', 'basic'], from: ['from'] } as const
    for (const [name, fields] of Object.entries(needed))
      if (set[name as keyof typeof needed] === undefined && fields.some((field) => used.includes(field)))
        addIssue({ code: 'custom', path: [name], message: 'is not set' })
  })

export type TwilioGateway = z.output<typeof Twilio>
export type HttpGateway = z.output<typeof Http> & {
  /** Signs what the gateway sends to us; undefined: it may send nothing. */
  inbound_secret: string | undefined
}
/** A service that sends SMS or makes calls for us, wholly set up. */
export type Gateway = TwilioGateway | HttpGateway

/** The gateway that the settings `SMS_…` or `VOICE_…` describe; undefined where none is named. */
export function readGateway(
  name: 'SMS' | 'VOICE',
  present: Record<string, string | undefined>,
): { gateway: Gateway | undefined } | { failed: string[] } {
  const setting = (field: string) => (field === 'kind' ? `${name}_GATEWAY` : `${name}_GATEWAY_${field.toUpperCase()}`)
  const fields = ['kind', 'url', 'account', 'token', 'from', 'template']
  const written = Object.fromEntries(
    fields.flatMap((field) => {
      const value = present[setting(field)]
      return value === undefined ? [] : [[field, value]]
    }),
  )
  const inbound_secret = name === 'SMS' ? present.SMS_INBOUND_SECRET : undefined
  if (written.kind === undefined) {
    const alone = [
      ...Object.keys(written).map(setting),
      ...(inbound_secret === undefined ? [] : ['SMS_INBOUND_SECRET']),
    ]
    return alone.length === 0
      ? { gateway: undefined }
      : { failed: alone.map((one) => `${one} is set without ${name}_GATEWAY.`) }
  }
  const failed: string[] = []
  const told = ({ path: [field = 'kind', ...inside], message, code }: z.core.$ZodIssue) => {
    if (code === 'unrecognized_keys' && field === 'kind')
      return `${setting('template')} is only for a gateway of the kind http.`
    if (written[String(field)] === undefined) return `${setting(String(field))} is not set.`
    return `${setting(String(field))}: ${[...inside, message].join(': ')}`
  }
  const twilio = name === 'SMS' ? Twilio.extend({ from: Sender }) : Twilio
  const parsed = z.discriminatedUnion('kind', [twilio, Http], 'is neither twilio nor http').safeParse(written)
  if (!parsed.success) failed.push(...parsed.error.issues.map(told))
  if (inbound_secret !== undefined && written.kind === 'twilio')
    failed.push('SMS_INBOUND_SECRET is only for a gateway of the kind http: Twilio signs with SMS_GATEWAY_TOKEN.')
  else if (inbound_secret !== undefined && inbound_secret.length < inbound_secret_length_min)
    failed.push(`SMS_INBOUND_SECRET is too short: use ${inbound_secret_length_min} characters or more.`)
  if (failed.length > 0 || !parsed.success) return { failed: [...new Set(failed)] }
  return { gateway: parsed.data.kind === 'http' ? { ...parsed.data, inbound_secret } : parsed.data }
}

function isGatewayUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash } = new URL(text)
  const is_here = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return (protocol === 'https:' || (protocol === 'http:' && is_here)) && !username && !password && !hash
}

function parseJson(text: string, { addIssue }: z.core.$RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    addIssue({ code: 'custom', message: 'is no JSON' })
    return z.NEVER
  }
}
