export {
  type Channel,
  type ChannelName,
  channelNames,
  type Destinations,
  type Message,
  type Severity,
  severities,
} from './channel.ts'
export { composeSms, type Sms, type SmsContent } from './gateway/compose-sms.ts'
export { composeVoice, type VoiceContent } from './gateway/compose-voice.ts'
export { isPhone } from './gateway/message.ts'
export { openSmsChannel, openVoiceChannel } from './gateway/open-channels.ts'
export {
  type InboundRefusal,
  type InboundRequest,
  type InboundSms,
  inbound_bytes_max,
  readInboundSms,
} from './gateway/read-inbound-sms.ts'
export { cleanText, partsOf, type SmsParts, sms_parts_max } from './gateway/sms-text.ts'
export { type Utterance, utterancesOf } from './gateway/voice-text.ts'
export { mailChannel } from './mail.ts'
