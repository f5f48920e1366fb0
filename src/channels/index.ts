export { channelsOf } from './available.ts'
export {
  type Channel,
  type ChannelName,
  channelNames,
  type Destinations,
  type Message,
  type Severity,
  severities,
} from './channel.ts'
export type { PushContent } from './compose-push.ts'
export { type PushKeys, readPushKeys } from './encrypt-push.ts'
export { checkFile, fileDropKey, openFileDropChannel } from './file-drop.ts'
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
export { openChannels } from './open-channels.ts'
export { isPushEndpoint } from './push-services.ts'
export { isPublicName } from './safe-address.ts'
export { vapidKey } from './vapid.ts'
export { openWebPushChannel } from './web-push.ts'
export { openWebhookChannel } from './webhook.ts'
export { overlap_hours, signingSecrets, webhookSecret } from './webhook-secret.ts'
export { channelWords, severityWords } from './words.ts'
