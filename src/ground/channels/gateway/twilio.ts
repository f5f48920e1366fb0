import { z } from 'zod'
import type { TwilioGateway } from '#ground/config/gateway-settings.ts'
import type { Adapter } from './judge-answer.ts'
import type { GatewayMessage } from './message.ts'

/**
 * Twilio's codes, as its error dictionary has them. About the number or the text: no such number, not a mobile, asked
 * not to be written to, a country that the account may not use, an empty or too long text. Not the codes that a trouble
 * of the carriers can bring, too (13224, 21214, 21612): in a disaster that number may be reached an hour later.
 */
const about_message = {
  sms: [21211, 21217, 21265, 21266, 21408, 21602, 21604, 21605, 21608, 21610, 21614, 21617, 21635],
  voice: [13223, 13225, 13226, 13227, 21201, 21211, 21215, 21216, 21217, 21219, 32018],
}
/** About our account or sender, or a queue of it that is full. */
const about_us = [
  10001, 10002, 10004, 14107, 20003, 20005, 20006, 20404, 20429, 21210, 21212, 21213, 21603, 21606, 21611, 21659, 21660,
  21661, 21701, 21702, 21703, 21705, 30001, 30002, 63038,
].map(String)

/** A message or call as the API gives it back, or an error. */
const Answer = z.object({
  sid: z.string().optional(),
  status: z.union([z.string(), z.number()]).nullish(),
  error_code: z.number().nullish(),
  error_message: z.string().nullish(),
  code: z.number().nullish(),
  message: z.string().nullish(),
})
const failed = ['failed', 'undelivered', 'canceled', 'busy', 'no-answer']

/** SMS by Twilio's API of 2010-04-01. */
export const twilioSms = (gateway: TwilioGateway): Adapter =>
  twilio(gateway, 'Messages', /^(SM|MM)[0-9a-f]{32}$/i, about_message.sms, ({ to, text }) => ({
    To: to,
    [gateway.from.startsWith('MG') && gateway.from.length === 34 ? 'MessagingServiceSid' : 'From']: gateway.from,
    Body: text,
  }))

/** Calls by the same API; the text of the message is TwiML. */
export const twilioVoice = (gateway: TwilioGateway): Adapter =>
  twilio(gateway, 'Calls', /^CA[0-9a-f]{32}$/i, about_message.voice, ({ to, text }) => ({
    To: to,
    From: gateway.from,
    Twiml: text,
  }))

function twilio(
  { url, account, token }: TwilioGateway,
  resource: 'Messages' | 'Calls',
  sid: RegExp,
  refused: readonly number[],
  form: (message: GatewayMessage) => Record<string, string>,
): Adapter {
  const basic = Buffer.from(`${account}:${token}`).toString('base64')
  const about_message = refused.map(String)
  return {
    request: (message) => ({
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}/2010-04-01/Accounts/${account}/${resource}.json`,
      headers: {
        Authorization: `Basic ${basic}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      body: new URLSearchParams(form(message)).toString(),
    }),
    read(answer) {
      const parsed = Answer.safeParse(answer)
      if (!parsed.success) return undefined
      const { error_code, error_message, code, message, status, sid: id } = parsed.data
      const error = error_code || code
      if (error) return { error: String(error), words: error_message ?? message ?? '' }
      if (typeof status === 'string' && failed.includes(status)) return { error: status, words: error_message ?? '' }
      return id !== undefined && sid.test(id) ? { id } : undefined
    },
    faultOf: (error) => (about_message.includes(error) ? 'message' : about_us.includes(error) ? 'gateway' : undefined),
    secrets: [basic, token, encodeURIComponent(token)],
  }
}
