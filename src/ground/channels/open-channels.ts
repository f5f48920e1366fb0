import type { MailTransport } from '#ground/mail/transport.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { channelsOf } from './available.ts'
import type { Channel, ChannelName } from './channel.ts'
import { openFileDropChannel } from './file-drop.ts'
import { openSmsChannel, openVoiceChannel } from './gateway/open-channels.ts'
import { mailChannel } from './mail.ts'
import { openWebPushChannel } from './web-push.ts'
import { openWebhookChannel } from './webhook.ts'

/** Every channel that this installation has. */
export function openChannels(tools: Tools, transport: MailTransport): Channel[] {
  const open: Record<ChannelName, () => Channel> = {
    mail: () => mailChannel(transport),
    web_push: () => openWebPushChannel(tools),
    webhook: () => openWebhookChannel(tools),
    sms: () => openSmsChannel(tools.config),
    voice: () => openVoiceChannel(tools.config),
    file_drop: () => openFileDropChannel(tools),
  }
  return channelsOf(tools.config).map((name) => open[name]())
}
