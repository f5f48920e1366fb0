import { connections_max, type MailTransport } from '#ground/mail/transport.ts'
import type { Channel } from './channel.ts'

/** Mail, over the transport that the whole process shares; it is closed by whoever opened it. */
export const mailChannel = (transport: MailTransport): Channel => ({
  name: 'mail',
  lanes: connections_max,
  destinations: { at_once_max: 3, refusals_max: 10, rest_ms: 5000 },
  check: () => transport.check(),
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
