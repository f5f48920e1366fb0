import type { Config } from '#ground/config/config.ts'
import type { ChannelName } from './channel.ts'

/** The channels that this installation has, whatever state they are in. Without a gateway or a folder no step waits for one. */
export const channelsOf = ({ sms, voice, file_drop }: Pick<Config, 'sms' | 'voice' | 'file_drop'>): ChannelName[] => [
  'mail',
  'web_push',
  'webhook',
  ...(sms ? (['sms'] as const) : []),
  ...(voice ? (['voice'] as const) : []),
  ...(file_drop ? (['file_drop'] as const) : []),
]
