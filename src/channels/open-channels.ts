import type { Tools } from '#app/tools.ts'
import type { MailTransport } from '#mail/index.ts'
import type { Channel } from './channel.ts'
import { openFileDropChannel } from './file-drop.ts'
import { openSmsChannel, openVoiceChannel } from './gateway/open-channels.ts'
import { mailChannel } from './mail.ts'
import { openWebPushChannel } from './web-push.ts'
import { openWebhookChannel } from './webhook.ts'

/** Every channel that this program is set up for. Without a gateway or a folder there is no such channel, and no step waits for it. */
export const openChannels = (tools: Tools, transport: MailTransport): Channel[] => [
  mailChannel(transport),
  openWebPushChannel(tools),
  openWebhookChannel(tools),
  ...(tools.config.sms ? [openSmsChannel(tools.config)] : []),
  ...(tools.config.voice ? [openVoiceChannel(tools.config)] : []),
  ...(tools.config.file_drop ? [openFileDropChannel(tools)] : []),
]
