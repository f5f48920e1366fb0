import type { Config } from '#ground/config/config.ts'
import { type ChannelName, channelNames } from './channel.ts'

/** The channels that this installation has, whatever state they are in. Without a gateway or a folder no step waits for one. */
export const channelsOf = ({ sms, voice, file_drop }: Pick<Config, 'sms' | 'voice' | 'file_drop'>): ChannelName[] => [
  'mail',
  'web_push',
  'webhook',
  ...(sms ? (['sms'] as const) : []),
  ...(voice ? (['voice'] as const) : []),
  ...(file_drop ? (['file_drop'] as const) : []),
]

/** Which replies this installation takes in, and reports of what did not arrive. What nothing takes in, nothing may invite. */
export const takesReplies = ({ sms, bounce_port }: Pick<Config, 'sms' | 'bounce_port'>) => ({
  mail: bounce_port !== undefined,
  bounces: bounce_port !== undefined,
  // Twilio signs with the token that it is used with; any other needs a secret of its own.
  sms: sms !== undefined && (sms.kind === 'twilio' || sms.inbound_secret !== undefined),
})

/** What is off on this installation, for whoever should know: channels that are not set up, and replies that are not taken in. */
export const offOf = (config: Pick<Config, 'sms' | 'voice' | 'file_drop' | 'bounce_port'>) => ({
  channels: channelNames.filter((name) => !channelsOf(config).includes(name)),
  replies: (['mail', 'sms', 'bounces'] as const).filter((what) => !takesReplies(config)[what]),
})
