import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { NotConfigured, readConfig } from './config.ts'

const data = mkdtempSync(path.join(os.tmpdir(), 'noroshi-gateway-'))
after(() => rmSync(data, { recursive: true, force: true }))

type Environment = Record<string, string | undefined>
const read = (environment: Environment) => readConfig({ NOROSHI_DATA: data, ...environment })
const linesOf = (environment: Environment): string[] => {
  try {
    read(environment)
  } catch (error) {
    assert.ok(error instanceof NotConfigured, String(error))
    return error.message.split('\n')
  }
  return []
}

const twilio = {
  SMS_GATEWAY: 'twilio',
  SMS_GATEWAY_ACCOUNT: 'AC0123456789abcdef0123456789abcdef',
  SMS_GATEWAY_TOKEN: 'fictional',
  SMS_GATEWAY_FROM: '+81312345678',
}
const template = {
  headers: { Authorization: 'Bearer {token}' },
  json: { to: '{to}', from: '{from}', text: '{text}' },
  answer: { id: 'id', error: 'error.code', refused: ['NO_SUCH_NUMBER'] },
}
const http = {
  SMS_GATEWAY: 'http',
  SMS_GATEWAY_URL: 'https://sms.example/v1/messages?region=jp',
  SMS_GATEWAY_TOKEN: 'fictional',
  SMS_GATEWAY_FROM: '狼煙',
  SMS_GATEWAY_TEMPLATE: JSON.stringify(template),
}
const asVoice = (environment: Environment) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name.replace('SMS_', 'VOICE_'), value]))
const withTemplate = (change: object) => ({ ...http, SMS_GATEWAY_TEMPLATE: JSON.stringify({ ...template, ...change }) })

test('with nothing set there is neither SMS nor voice', () => {
  const { sms, voice } = read({})
  assert.deepEqual([sms, voice], [undefined, undefined])
})

test('a gateway that is wholly set up is read, SMS and voice each for itself', () => {
  const { sms, voice } = read({ ...twilio, ...asVoice(http) })
  assert.deepEqual(sms, {
    kind: 'twilio',
    url: 'https://api.twilio.com',
    account: twilio.SMS_GATEWAY_ACCOUNT,
    token: 'fictional',
    from: '+81312345678',
  })
  assert.ok(voice?.kind === 'http')
  assert.deepEqual([voice.template.method, voice.template.answer.id, voice.from], ['POST', 'id', '狼煙'])
})

test('a gateway that is half set up is refused, and all that is missing is named', () => {
  assert.deepEqual(linesOf({ SMS_GATEWAY: 'twilio' }), [
    'SMS_GATEWAY_ACCOUNT is not set.',
    'SMS_GATEWAY_TOKEN is not set.',
    'SMS_GATEWAY_FROM is not set.',
  ])
  assert.deepEqual(linesOf({ SMS_GATEWAY: 'http', VOICE_GATEWAY: 'http' }), [
    'SMS_GATEWAY_URL is not set.',
    'SMS_GATEWAY_TEMPLATE is not set.',
    'VOICE_GATEWAY_URL is not set.',
    'VOICE_GATEWAY_TEMPLATE is not set.',
  ])
  assert.deepEqual(linesOf({ ...http, SMS_GATEWAY_TOKEN: undefined, SMS_GATEWAY_FROM: '' }), [
    'SMS_GATEWAY_TOKEN is not set.',
    'SMS_GATEWAY_FROM is not set.',
  ])
  for (const name of Object.keys(http).slice(1))
    assert.deepEqual(linesOf({ [name]: 'x' }), [`${name} is set without SMS_GATEWAY.`])
  assert.deepEqual(linesOf({ VOICE_GATEWAY_TOKEN: 'x' }), ['VOICE_GATEWAY_TOKEN is set without VOICE_GATEWAY.'])
})

for (const [name, value] of [
  ['SMS_GATEWAY', 'vonage'],
  ['SMS_GATEWAY_URL', 'http://sms.example'],
  ['SMS_GATEWAY_URL', 'https://user:word@sms.example'],
  ['SMS_GATEWAY_URL', 'sms.example'],
  ['SMS_GATEWAY_ACCOUNT', '../Accounts/x'],
  ['SMS_GATEWAY_TOKEN', 'a\r\nX-Evil: 1'],
  ['SMS_GATEWAY_TOKEN', '合言葉'],
  ['SMS_GATEWAY_FROM', '03-1234-5678'],
  ['SMS_GATEWAY_FROM', '+81312345678\n'],
] as const)
  test(`${name}=${JSON.stringify(value)} is refused by name, without what it holds`, () => {
    const [line = '', ...more] = linesOf({ ...twilio, [name]: value })
    assert.ok(line.startsWith(`${name}: `) && !line.includes(value), line)
    assert.deepEqual(more, [])
  })

test('a call comes from a number, an SMS also from a service or a name', () => {
  for (const from of ['Noroshi', `MG${'0'.repeat(32)}`]) {
    assert.deepEqual(linesOf({ ...twilio, SMS_GATEWAY_FROM: from }), [])
    assert.match(linesOf(asVoice({ ...twilio, SMS_GATEWAY_FROM: from })).join(), /^VOICE_GATEWAY_FROM: is no number/)
  }
})

test('a gateway on this machine needs no https', () => {
  for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:1'])
    assert.equal(read({ ...http, SMS_GATEWAY_URL: `http://${host}/send` }).sms?.url, `http://${host}/send`)
})

for (const [environment, says] of [
  [{ ...http, SMS_GATEWAY_TEMPLATE: '{' }, /^SMS_GATEWAY_TEMPLATE: is no JSON$/],
  [withTemplate({ json: undefined }), /names either form or json/],
  [withTemplate({ form: { to: '{to}', text: '{text}' } }), /names either form or json/],
  [withTemplate({ json: { text: '{text}' } }), /does not say where \{to\} goes/],
  [withTemplate({ json: { to: '{to}', text: '{txt}' } }), /where \{text\} goes.*\n.*no field \{txt\}/],
  [withTemplate({ headers: { 'X-Text': '{text}' } }), /no field \{text\} for its headers/],
  [withTemplate({ headers: { 'X-A': 'a\r\nX-B: b' } }), /headers: X-A: holds characters/],
  [withTemplate({ headers: { 'X A': 'a' } }), /headers: X A/],
  [withTemplate({ headers: { 'content-length': '1' } }), /may not set the header content-length/],
  [withTemplate({ method: 'GET' }), /^SMS_GATEWAY_TEMPLATE: method/],
  [withTemplate({ answer: {} }), /answer: id/],
  [withTemplate({ answer: { id: '$.id' } }), /answer: id: is no path/],
  [withTemplate({ retries: 3 }), /retries/],
  [{ ...twilio, SMS_GATEWAY_TEMPLATE: '{}' }, /^SMS_GATEWAY_TEMPLATE is only for a gateway of the kind http/],
  [{ SMS_INBOUND_SECRET: 's'.repeat(32) }, /^SMS_INBOUND_SECRET is set without SMS_GATEWAY/],
  [{ ...twilio, SMS_INBOUND_SECRET: 's'.repeat(32) }, /^SMS_INBOUND_SECRET is only for .* http: Twilio signs/],
  [{ ...http, SMS_INBOUND_SECRET: 'short' }, /^SMS_INBOUND_SECRET is too short: use 32/],
] as const)
  test(`a gateway is refused that ${says.source}`, () => {
    assert.match(linesOf(environment).join('\n'), says)
  })

test('the secret of what comes in belongs to SMS alone', () => {
  const secret = 's'.repeat(32)
  const { sms, voice } = read({ ...http, ...asVoice(http), SMS_INBOUND_SECRET: secret })
  assert.ok(sms?.kind === 'http' && voice?.kind === 'http')
  assert.deepEqual([sms.inbound_secret, voice.inbound_secret], [secret, undefined])
})

test('headers may need account and token together', () => {
  const basic = withTemplate({ headers: { Authorization: 'Basic {basic}' } })
  assert.deepEqual(linesOf(basic), ['SMS_GATEWAY_ACCOUNT is not set.'])
  assert.deepEqual(linesOf({ ...basic, SMS_GATEWAY_ACCOUNT: 'noroshi' }), [])
})
