import { Hono } from 'hono'
import { type InboundRefusal, readInboundSms } from '#ground/channels/gateway/read-inbound-sms.ts'
import type { AppEnv } from '#ground/tools/tools.ts'
import { takeSms } from './take-sms.ts'

/** Where the SMS gateway passes on what people answer; a request proves itself by its signature. */
export const gatewayRoutes = new Hono<AppEnv>()

const codes: Record<InboundRefusal, 200 | 403 | 404 | 413 | 422> = {
  off: 404,
  unsigned: 403,
  forged: 403,
  too_old: 403,
  too_long: 413,
  unreadable: 422,
  // From a name or a withheld number: nobody could be found, and sending it again would not help.
  no_number: 200,
}

gatewayRoutes.post('/gateway/sms', async (c) => {
  const { tools } = c.var
  const { pathname, search } = new URL(c.req.url)
  const read = readInboundSms(
    tools.config.sms,
    {
      // As the gateway calls it, whatever a proxy made of it.
      url: `${tools.origin}${pathname}${search}`,
      headers: c.req.raw.headers,
      body: new Uint8Array(await c.req.arrayBuffer()),
    },
    tools.clock(),
  )
  if ('failed' in read) return c.text(read.failed, codes[read.failed])
  await takeSms(tools, read)
  // Twilio would send whatever stands in the answer to the phone.
  return tools.config.sms?.kind === 'twilio'
    ? c.body('<?xml version="1.0" encoding="UTF-8"?><Response></Response>', 200, { 'content-type': 'text/xml' })
    : c.text('taken')
})
