export {
  type Channel,
  type ChannelName,
  channelNames,
  type Destinations,
  type Message,
  type Severity,
  severities,
} from './channel.ts'
export { mailChannel } from './mail.ts'
