import type { Config } from '#app/config.ts'
import type { ChannelName } from './channel.ts'

/** The channels that this installation has, whatever state they are in. */
export const channelsOf = ({ sms, voice }: Pick<Config, 'sms' | 'voice'>): ChannelName[] => [
  'mail',
  ...(sms ? (['sms'] as const) : []),
  ...(voice ? (['voice'] as const) : []),
]
