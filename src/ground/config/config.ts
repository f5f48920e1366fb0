import path from 'node:path'
import { z } from 'zod'
import { demoSecret } from './demo-secret.ts'
import { type Gateway, readGateway } from './gateway-settings.ts'
import { hasWideRange, isClear, isWeak, misspelt } from './judge-settings.ts'
import { NotConfigured } from './not-configured.ts'

export { NotConfigured, Unwell } from './not-configured.ts'

/** Parts that can be switched off, so that a market can take Noroshi into use in stages (S0-19). */
export const capabilities = ['feeds', 'member-board', 'peacetime-reports', 'publication'] as const
export type Capability = (typeof capabilities)[number]

const feedsOfTheAgency = ['eqvol', 'extra'].map((name) => `https://www.data.jma.go.jp/developer/xml/feed/${name}.xml`)
/** Whose endpoints browsers hand out: Chrome and Edge on Android, Firefox, Safari, Edge and Windows. */
const knownPushServices = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
]
const list = (text: string) => text.split(/[\s,]+/).filter(Boolean)

const notAnAddress =
  'no address such as postgres://login:password@host/database. Write # ? / @ : and % of a password percent-encoded (# is %23)'

const Environment = z.object({
  NOROSHI_MODE: z.enum(['demo', 'production']).default('demo'),
  NOROSHI_DATA: z.string().min(1).default('./var'),
  NOROSHI_SECRET: z.string().optional(),
  NOROSHI_SECRET_BEFORE: z.string().default('').transform(list),
  NOROSHI_OFF: z
    .string()
    .default('')
    .transform(list)
    .pipe(z.array(z.enum(capabilities))),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .optional(),
  TRUSTED_PROXY: z
    .string()
    .default('')
    .transform(list)
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'an address or a range such as 10.0.0.0/8'))),
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: notAnAddress }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/, error: notAnAddress }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().optional(),
  BOUNCE_PORT: z
    .union([z.literal('elsewhere'), z.coerce.number().int().min(1).max(65535)], 'a port, or: elsewhere')
    .optional(),
  PUSH_SERVICES: z
    .string()
    .transform((text) => list(text.toLowerCase()))
    .pipe(
      z.array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'names such as push.example or *.push.example')),
    )
    .optional(),
  WEBHOOK_LOOPBACK: z.enum(['yes', 'no']).default('no'),
  FILE_DROP_FOLDER: z.string().min(1).optional(),
  SECURITY_CONTACT: z.url({ protocol: /^(https|mailto|tel)$/, error: 'mailto:…, https://… or tel:…' }).optional(),
  JMA_FEEDS: z
    .string()
    .transform(list)
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .optional(),
})

/** Everything that is set from outside, read once at the start. The only reader of the environment. */
export type Config = {
  mode: 'demo' | 'production'
  /** Absolute path of the folder that holds the database, the public page and the checkpoints of the trail. */
  data: string
  /** Signs session cookies and the checkpoints of the trail; at least 32 characters. */
  secret: string
  /** Secrets from before, by which only the trail is read. */
  secrets_before: readonly string[]
  off: readonly Capability[]
  port: number
  host: string
  /** The address people type, without a path; undefined in a demo, where it follows from the port. */
  public_origin: string | undefined
  /** How long it says that it is going before it takes no more connections, so that a balancer has seen it. */
  drain_ms: number
  /** Addresses and ranges of our own proxies: only what they say in X-Forwarded-For is believed. */
  trusted_proxies: string[]
  /** Undefined: an embedded PostgreSQL in the data folder. */
  database_url: string | undefined
  /** The role that owns the tables and runs migrations; undefined: the one in `database_url`. */
  database_owner_url: string | undefined
  /** Undefined only in a demo, where a built-in server takes the mail. */
  smtp_url: string | undefined
  mail_from: string
  /** Where mails that come back and replies come in, on this machine only; elsewhere: another process takes them; undefined: nobody. */
  bounce_port: number | 'elsewhere' | undefined
  /** Hosts that notifications to browsers may be sent to; `*.` stands for any names before it, `localhost` for this machine. */
  push_services: string[]
  /** Whether webhooks may go to this machine, without a certificate: for tests and demos. */
  webhook_loopback: boolean
  /** Absolute path of the folder from which another network fetches messages; undefined: that channel is off. */
  file_drop: string | undefined
  /** Where weaknesses of the program may be told: mailto:, https: or tel:; undefined: nowhere. */
  security_contact: string | undefined
  /** Atom feeds of the Japan Meteorological Agency to poll; empty: none. */
  feeds: string[]
  /** Who sends SMS for us; undefined: nobody. */
  sms: Gateway | undefined
  /** Who makes calls for us; undefined: nobody. */
  voice: Gateway | undefined
}

/** The settings before the secret of a demo was read, which needs a data folder that can be read. */
export type Settings = Omit<Config, 'secret'> & { secret: string | undefined }

export const readConfig = (environment: Record<string, string | undefined> = process.env): Config =>
  withSecret(readSettings(environment))

/** The settings with the secret that a demo keeps in its data folder. Only who may begin a data folder makes one. */
export const withSecret = (settings: Settings, { may_make = true } = {}): Config => ({
  ...settings,
  secret: settings.secret ?? demoSecret(settings.data, may_make),
})

/** For a command that verifies without a database: a secret that it made itself would prove nothing, and its key would be nobody's. */
export const readToVerify = (environment: Record<string, string | undefined> = process.env): Config =>
  withSecret(readSettings(environment), { may_make: false })

/** Reads the environment, and nothing else. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = Environment.safeParse(present)
  if (!parsed.success)
    throw new NotConfigured(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  const wrong = misspelt(
    Object.keys(present),
    Object.keys(Environment.shape).filter((name) => name.startsWith('NOROSHI_')),
  )
  if (wrong.length > 0) throw new NotConfigured(wrong.join('\n'))
  const set = parsed.data
  const data = path.resolve(set.NOROSHI_DATA)

  if (set.DATABASE_OWNER_URL && !set.DATABASE_URL)
    throw new NotConfigured('DATABASE_OWNER_URL is set without DATABASE_URL: the program needs a login of its own.')
  const sms = readGateway('SMS', present)
  const voice = readGateway('VOICE', present)
  if ('failed' in sms || 'failed' in voice)
    throw new NotConfigured([sms, voice].flatMap((read) => ('failed' in read ? read.failed : [])).join('\n'))
  if (set.NOROSHI_MODE === 'production') {
    const missing = [
      !set.PUBLIC_ORIGIN && 'PUBLIC_ORIGIN is not set: mails and the public page need the address that people type.',
      set.PUBLIC_ORIGIN && !set.PUBLIC_ORIGIN.startsWith('https:') && 'PUBLIC_ORIGIN must begin with https://.',
      !set.NOROSHI_SECRET && 'NOROSHI_SECRET is not set: sessions and the audit trail are signed with it.',
      set.NOROSHI_SECRET &&
        isWeak(set.NOROSHI_SECRET) &&
        'NOROSHI_SECRET is a default or too simple: use 32 characters or more, for example from: openssl rand -base64 32',
      !set.SMTP_URL && 'SMTP_URL is not set: institutions could not be asked to report.',
      set.PUSH_SERVICES?.includes('localhost') && 'PUSH_SERVICES names localhost: that is for tests and demos.',
      set.WEBHOOK_LOOPBACK === 'yes' && 'WEBHOOK_LOOPBACK is for tests and demos.',
      !set.MAIL_FROM && 'MAIL_FROM is not set: the address that requests come from and answers go to.',
      ...(['DATABASE_URL', 'DATABASE_OWNER_URL'] as const).map(
        (name) =>
          isClear(set[name]) &&
          `${name} leads to another machine without TLS: add ?sslmode=verify-full (an authority of your own: &sslrootcert=FILE).`,
      ),
      set.JMA_FEEDS?.some(isClear) &&
        'JMA_FEEDS names http:// on another machine: a forged telegram could propose a command centre. Use https://.',
      hasWideRange(set.TRUSTED_PROXY) &&
        'TRUSTED_PROXY names everybody: anybody could then claim any address. Name the proxies alone.',
    ].filter((line) => typeof line === 'string')
    if (missing.length > 0) throw new NotConfigured(missing.join('\n'))
  }

  return {
    mode: set.NOROSHI_MODE,
    data,
    secret: set.NOROSHI_SECRET,
    secrets_before: set.NOROSHI_SECRET_BEFORE,
    off: set.NOROSHI_OFF,
    port: set.PORT,
    host: set.HOST,
    public_origin: set.PUBLIC_ORIGIN,
    drain_ms: (set.DRAIN_SECONDS ?? (set.NOROSHI_MODE === 'production' ? 3 : 0)) * 1000,
    trusted_proxies: set.TRUSTED_PROXY,
    database_url: set.DATABASE_URL,
    database_owner_url: set.DATABASE_OWNER_URL,
    smtp_url: set.SMTP_URL,
    mail_from: set.MAIL_FROM ?? 'noroshi@market.example',
    bounce_port: set.BOUNCE_PORT,
    push_services: set.PUSH_SERVICES ?? knownPushServices,
    webhook_loopback: set.WEBHOOK_LOOPBACK === 'yes',
    file_drop: set.FILE_DROP_FOLDER && path.resolve(set.FILE_DROP_FOLDER),
    security_contact: set.SECURITY_CONTACT,
    feeds: set.JMA_FEEDS ?? (set.NOROSHI_MODE === 'production' ? feedsOfTheAgency : []),
    sms: sms.gateway,
    voice: voice.gateway,
  }
}
