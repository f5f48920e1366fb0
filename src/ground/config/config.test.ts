import assert from 'node:assert/strict'
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { NotConfigured, readConfig } from './config.ts'
import { root } from './root.ts'

const data = mkdtempSync(path.join(os.tmpdir(), 'noroshi-config-'))
after(() => rmSync(data, { recursive: true, force: true }))

const production = {
  NOROSHI_MODE: 'production',
  NOROSHI_DATA: data,
  PUBLIC_ORIGIN: 'https://bcp.example',
  NOROSHI_SECRET: 'q0Wm3nB8vC5xZ2lK7jH4gF9dS6aP1oI0',
  SMTP_URL: 'smtps://user:word@mail.example',
  MAIL_FROM: 'bcp@assoc.example',
}
const messageOf = (environment: Record<string, string | undefined>) => {
  try {
    readConfig({ NOROSHI_DATA: data, ...environment })
  } catch (error) {
    assert.ok(error instanceof NotConfigured, String(error))
    return error.message
  }
  return 'it starts'
}

test('with nothing set it is a demo on this machine alone', () => {
  const config = readConfig({ NOROSHI_DATA: data })
  assert.deepEqual(
    [config.mode, config.host, config.port, config.feeds, config.off, config.public_origin],
    ['demo', '127.0.0.1', 3000, [], [], undefined],
  )
})

test('a demo keeps its secret, which nobody else may read', () => {
  const { secret } = readConfig({ NOROSHI_DATA: data })
  assert.equal(readConfig({ NOROSHI_DATA: data }).secret, secret)
  assert.equal(readFileSync(path.join(data, 'secret'), 'utf8'), secret)
  assert.ok(secret.length >= 32)
  assert.equal(statSync(path.join(data, 'secret')).mode & 0o777, 0o600)
})

test('a production that is wholly set up starts, and polls the agency', () => {
  const config = readConfig(production)
  assert.equal(config.public_origin, 'https://bcp.example')
  assert.equal(config.feeds.length, 2)
  for (const feed of config.feeds) assert.match(feed, /^https:\/\/www\.data\.jma\.go\.jp\/.*\.xml$/)
})

for (const name of ['PUBLIC_ORIGIN', 'NOROSHI_SECRET', 'SMTP_URL', 'MAIL_FROM'] as const)
  test(`production without ${name} is refused, and only that is named`, () => {
    for (const value of [undefined, ''])
      assert.match(messageOf({ ...production, [name]: value }), new RegExp(`^${name} is not set[^\\n]*$`))
  })

test('production with nothing set names all that is missing at once', () => {
  const lines = messageOf({ NOROSHI_MODE: 'production' }).split('\n')
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    ['PUBLIC_ORIGIN', 'NOROSHI_SECRET', 'SMTP_URL', 'MAIL_FROM'],
  )
})

test('the known push services are used unless others are named; this machine is for demos and tests', () => {
  assert.ok(readConfig(production).push_services.includes('fcm.googleapis.com'))
  const { push_services, webhook_loopback, file_drop } = readConfig({
    NOROSHI_DATA: data,
    ...{ PUSH_SERVICES: 'Push.Example, *.push.example localhost', WEBHOOK_LOOPBACK: 'yes', FILE_DROP_FOLDER: 'drop' },
  })
  assert.deepEqual(push_services, ['push.example', '*.push.example', 'localhost'])
  assert.deepEqual([webhook_loopback, file_drop], [true, path.resolve('drop')])
  assert.match(messageOf({ ...production, PUSH_SERVICES: 'push.example localhost' }), /^PUSH_SERVICES names localhost/)
  assert.match(messageOf({ ...production, WEBHOOK_LOOPBACK: 'yes' }), /^WEBHOOK_LOOPBACK is for tests/)
  for (const wrong of ['https://push.example', '*', '*.', 'a b/c', '.example'])
    assert.match(messageOf({ PUSH_SERVICES: wrong }), /^PUSH_SERVICES/, wrong)
})

for (const secret of [
  'short',
  'a'.repeat(64),
  'abababababababababababababababababab',
  'this-is-my-secret-0123456789-abcdefgh',
  'CHANGE_ME_0123456789_abcdefghijklmnop',
  'default-value-0123456789-qwertyuiopas',
  'abcdefghijklmnopqrstuvwxyz0123456789',
])
  test(`the secret ${secret.slice(0, 20)} is too weak for production`, () => {
    assert.match(
      messageOf({ ...production, NOROSHI_SECRET: secret }),
      /^NOROSHI_SECRET is a default or too simple.*openssl rand/,
    )
  })

for (const [name, values] of Object.entries({
  PORT: ['eighty', '-1', '65536', '80.5', '80 81', '1e9', 'NaN'],
  NOROSHI_MODE: ['prod', 'Production', 'test'],
  NOROSHI_OFF: ['everything', 'feeds,boards', 'Feeds'],
  PUBLIC_ORIGIN: ['bcp.example', 'ftp://bcp.example', 'http://', 'javascript:alert(1)'],
  DATABASE_URL: ['localhost', 'mysql://localhost/x', 'http://localhost'],
  DATABASE_OWNER_URL: ['x'],
  SMTP_URL: ['mail.example', 'http://mail.example'],
  MAIL_FROM: ['nobody', 'a@b', 'a@b.example\nbcc: x@y.example'],
  JMA_FEEDS: ['file:///etc/passwd', 'https://ok.example/a.xml,x'],
}))
  for (const value of values)
    test(`${name}=${JSON.stringify(value)} is refused by name`, () => {
      assert.match(messageOf({ [name]: value }), new RegExp(`^${name}[.: ]`))
    })

test('production over plain http is refused', () => {
  assert.equal(
    messageOf({ ...production, PUBLIC_ORIGIN: 'http://bcp.example' }),
    'PUBLIC_ORIGIN must begin with https://.',
  )
})

for (const [name, wrong, right, words] of [
  [
    'DATABASE_URL',
    'postgres://web@db.example/noroshi',
    'postgres://web@db.example/noroshi?sslmode=verify-full',
    /without TLS: add \?sslmode=verify-full/,
  ],
  [
    'DATABASE_URL',
    'postgres://web@10.0.0.5/noroshi?sslmode=disable',
    'postgres://web@127.0.0.1/noroshi',
    /without TLS/,
  ],
  [
    'JMA_FEEDS',
    'https://ok.example/a.xml http://feed.example/b.xml',
    'http://127.0.0.1:8080/a.xml',
    /names http:\/\/ on another machine/,
  ],
  ['TRUSTED_PROXY', '0.0.0.0/0', '10.0.0.0/8', /names everybody/],
  ['TRUSTED_PROXY', '10.0.0.1 ::/0', '::1', /names everybody/],
  ['TRUSTED_PROXY', '128.0.0.0/1', 'fd00::/8', /names everybody/],
] as const)
  test(`production refuses ${name}=${wrong}, and takes ${right}`, () => {
    const said = messageOf({ ...production, [name]: wrong })
    assert.match(said, new RegExp(`^${name} [^\\n]*$`))
    assert.match(said, words)
    assert.equal(messageOf({ ...production, [name]: right }), 'it starts')
  })

test('a login of the owner over a line that others read is refused, too', () => {
  const DATABASE_URL = 'postgres://web@db.example/noroshi?sslmode=verify-full'
  assert.match(
    messageOf({ ...production, DATABASE_URL, DATABASE_OWNER_URL: 'postgres://owner@db.example/noroshi' }),
    /^DATABASE_OWNER_URL leads to another machine without TLS/,
  )
})

test('a name that looks like ours and is none is named', () => {
  assert.match(messageOf({ NOROSHI_SECERT: 'x' }), /^NOROSHI_SECERT is no setting\. There are NOROSHI_MODE, /)
})

test('a password with signs in it that an address cannot hold is told how to be written', () => {
  assert.match(
    messageOf({ DATABASE_URL: 'postgres://web:pa#ss@db.example/noroshi' }),
    /^DATABASE_URL: .*percent-encoded/,
  )
})

test('a data folder whose secret was set from outside is no demo of a shell that has forgotten it', () => {
  for (const name of ['postgres', 'public', 'trail']) {
    const folder = mkdtempSync(path.join(data, 'used-'))
    mkdirSync(path.join(folder, name))
    assert.match(messageOf({ NOROSHI_DATA: folder }), /^.* is the data folder of a program whose secret is not in it/)
    assert.deepEqual(readdirSync(folder), [name])
  }
})

test("the owner's login alone is refused: the program would have none", () => {
  assert.match(
    messageOf({ DATABASE_OWNER_URL: 'postgres://owner@db.example/noroshi' }),
    /^DATABASE_OWNER_URL is set without/,
  )
})

test('S0-19 parts are switched off by name, however the names are separated', () => {
  for (const text of ['feeds publication', 'feeds,publication', ' feeds , publication '])
    assert.deepEqual(readConfig({ NOROSHI_DATA: data, NOROSHI_OFF: text }).off, ['feeds', 'publication'])
})

test('an address with a path is cut to its origin', () => {
  const { public_origin } = readConfig({ NOROSHI_DATA: data, PUBLIC_ORIGIN: 'https://bcp.example:8443/app/?x' })
  assert.equal(public_origin, 'https://bcp.example:8443')
})

test('mails that come back are taken in only where a port is named', () => {
  assert.equal(readConfig({ NOROSHI_DATA: data }).bounce_port, undefined)
  assert.equal(readConfig({ NOROSHI_DATA: data, BOUNCE_PORT: '2525' }).bounce_port, 2525)
  assert.equal(readConfig({ NOROSHI_DATA: data, BOUNCE_PORT: 'elsewhere' }).bounce_port, 'elsewhere')
  assert.throws(
    () => readConfig({ NOROSHI_DATA: data, BOUNCE_PORT: 'somewhere' }),
    /BOUNCE_PORT: a port, or: elsewhere/,
  )
  for (const port of ['0', '65536', 'smtp']) assert.match(messageOf({ BOUNCE_PORT: port }), /BOUNCE_PORT/)
})

test('only proxies that are named are trusted, by address or range', () => {
  assert.deepEqual(readConfig({ NOROSHI_DATA: data }).trusted_proxies, [])
  const set = { NOROSHI_DATA: data, TRUSTED_PROXY: '10.0.0.1, 192.168.0.0/16 fd00::/8' }
  assert.deepEqual(readConfig(set).trusted_proxies, ['10.0.0.1', '192.168.0.0/16', 'fd00::/8'])
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0', '*', '10.0.0.1 x'])
    assert.match(messageOf({ TRUSTED_PROXY: wrong }), /^TRUSTED_PROXY.*an address or a range/)
})

test('the settings that the README and the runbook name are those that are read', () => {
  const text = (file: string) => readFileSync(new URL(file, root), 'utf8')
  const read = [...text('src/ground/config/config.ts').matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name = '']) => name)
  const gateway = ['', '_URL', '_ACCOUNT', '_TOKEN', '_FROM', '_TEMPLATE']
  const gateways = ['SMS', 'VOICE'].flatMap((name) => gateway.map((field) => `${name}_GATEWAY${field}`))
  const settings = [...read, ...gateways, 'SMS_INBOUND_SECRET']
  const readme = text('README.md')
  for (const name of [...read, 'SMS_GATEWAY', 'VOICE_GATEWAY', 'SMS_INBOUND_SECRET'])
    assert.match(readme, new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'), `${name} has no line in the README`)
  const prefixes = new Set(settings.map((name) => name.split('_')[0]))
  for (const file of ['README.md', 'docs/specification.md', ...globSync('docs/runbook/*.md', { cwd: root })])
    for (const [, name = ''] of text(file).matchAll(/`([A-Z]+_[A-Z_]+)\b/g))
      assert.ok(!prefixes.has(name.split('_')[0]) || settings.includes(name), `${file} names ${name}`)
})
