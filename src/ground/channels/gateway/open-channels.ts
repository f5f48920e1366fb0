import type { Config } from '#ground/config/config.ts'
import type { Gateway, TwilioGateway } from '#ground/config/gateway-settings.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import type { Channel, Message } from '../channel.ts'
import { answer_ms_max, askGateway } from './ask-gateway.ts'
import { describedGateway } from './described.ts'
import { type Adapter, judgeAnswer } from './judge-answer.ts'
import { isPhone, isPlainId, type Prepare } from './message.ts'
import { cleanText, partsOf, sms_parts_max, withMark } from './sms-text.ts'
import { twilioSms, twilioVoice } from './twilio.ts'
import { twiml, twiml_length_max, utterancesOf, withSpokenMark } from './voice-text.ts'

type Limits = { timeout_ms?: number }

/** Messages in hand at the same time, each on a connection of its own. */
const lanes = 5

/** Sends SMS through the gateway in the settings; 'sent' means that the gateway took it. */
export const openSmsChannel = ({ sms }: Pick<Config, 'sms'>, limits: Limits = {}): Channel =>
  openChannel('sms', adapterOf(sms, twilioSms), prepareSms, limits)

/** Calls people through the gateway in the settings and reads the text to them; 'sent' means that it is going to call. */
export const openVoiceChannel = ({ voice }: Pick<Config, 'voice'>, limits: Limits = {}): Channel =>
  openChannel('voice', adapterOf(voice, twilioVoice), voice?.kind === 'twilio' ? prepareTwiml : prepareSpeech, limits)

const adapterOf = (gateway: Gateway | undefined, twilio: (gateway: TwilioGateway) => Adapter) =>
  gateway && (gateway.kind === 'twilio' ? twilio(gateway) : describedGateway(gateway))

function openChannel(
  name: 'sms' | 'voice',
  adapter: Adapter | undefined,
  prepare: Prepare,
  { timeout_ms = answer_ms_max }: Limits,
): Channel {
  return {
    name,
    lanes,
    async send(message: Message): Promise<Outcome> {
      // A process that knows no gateway leaves the messages to those that do.
      if (!adapter) return { kind: 'held', answer: `${name.toUpperCase()}_GATEWAY is not set`, is_server_lost: true }
      const { delivery_id: id, address: to } = message
      if (!isPhone(to)) return refused('not a phone number')
      if (!isPlainId(id)) return refused('not an id that a gateway takes')
      const prepared = prepare(message)
      if ('refused' in prepared) return refused(prepared.refused)
      return judgeAnswer(adapter, await askGateway(adapter.request({ id, to, text: prepared.text }), timeout_ms))
    },
    // Nothing is kept open between messages.
    close: () => {},
  }
}

const refused = (answer: string): Outcome => ({ kind: 'refused', answer, is_server_lost: false })

const prepareSms: Prepare = ({ mode, text }) => {
  const clean = cleanText(text)
  if (clean === '') return { refused: 'no text' }
  const marked = withMark(mode, clean)
  const { length } = partsOf(marked).parts
  return length > sms_parts_max ? { refused: `too long: ${length} parts, ${sms_parts_max} at most` } : { text: marked }
}

/** What a call says may take about five minutes at most, both times together. */
const speech_length_max = 1500

const speechOf = (message: Pick<Message, 'mode' | 'text'>) => {
  const clean = cleanText(message.text)
  return clean === '' ? [] : utterancesOf(withSpokenMark(message.mode, clean))
}

const prepareSpeech: Prepare = (message) => {
  const text = speechOf(message)
    .map(({ text }) => text)
    .join('\n')
  if (text === '') return { refused: 'no text' }
  return text.length > 2 * speech_length_max ? { refused: `too long: ${text.length} characters` } : { text }
}

const prepareTwiml: Prepare = (message) => {
  const speech = speechOf(message)
  if (speech.length === 0) return { refused: 'no text' }
  const text = twiml(speech)
  return text.length > twiml_length_max ? { refused: `too long: ${text.length} characters of TwiML` } : { text }
}
