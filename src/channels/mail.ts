import { connections_max, type MailTransport } from '#mail/index.ts'
import type { Channel } from './channel.ts'

/** Mail, over the transport that the whole process shares; it is closed by whoever opened it. */
export const mailChannel = (transport: MailTransport): Channel => ({
  name: 'mail',
  lanes: connections_max,
  send: ({ message_id, mode, date, to_name, address, subject, text, html, reply_to, return_path }) =>
    transport.send({
      message_id,
      mode,
      date,
      to: { name: to_name, address },
      subject,
      text,
      ...(html && { html }),
      ...(reply_to && { reply_to }),
      ...(return_path && { return_path }),
    }),
  close: () => {},
})
