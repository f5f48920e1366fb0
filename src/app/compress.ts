import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress'
import { parseAccept } from 'hono/utils/accept'

const zipped = promisify(gzip)
const bytes_min = 1024
/** Pages repeat themselves: more effort takes twice the time and saves a twentieth. */
const level = 4

/** Sends a page compressed to who takes it so: in one piece, since a page is whole before it is sent, and a stream costs more than it saves. */
export const compress: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, status } = c.res
  const type = headers.get('content-type')
  if (!type || !COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || headers.has('content-encoding') || status === 206) return
  c.header('vary', 'accept-encoding', { append: true })
  const accepted = parseAccept(c.req.header('accept-encoding') ?? '')
  if (c.req.method === 'HEAD' || !accepted.some(({ type, q }) => type.toLowerCase() === 'gzip' && q > 0)) return
  const body = Buffer.from(await c.res.arrayBuffer())
  const is_long = body.length >= bytes_min
  c.res = new Response(is_long ? await zipped(body, { level }) : body, c.res)
  c.res.headers.delete('content-length')
  if (is_long) c.res.headers.set('content-encoding', 'gzip')
}
