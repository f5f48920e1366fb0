import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { BodyRefused } from '#ground/html/body-refused.ts'
import type { AppEnv } from '#ground/tools/tools.ts'
import { bytesMaxOf, form_bytes_max } from './body-limits.ts'
import { openRoom, type Room } from './body-room.ts'

/** How long a body may take to come: a form, one with files. */
export type BodyTimes = { form_ms: number; files_ms: number }
const usual: BodyTimes = { form_ms: 30_000, files_ms: 110_000 }
/** Of all other methods a body may be read, also of those that nobody uses. */
const without_body = ['GET', 'HEAD', 'TRACE', 'CONNECT']

/**
 * Holds every body to what its form needs, whether its size is said or not. Nothing is read before the route asks for it, which it
 * does after it has asked the right; and nothing is kept of what goes beyond.
 */
export function takeBody({
  room = openRoom(),
  times = usual,
}: {
  room?: Room | undefined
  times?: BodyTimes | undefined
} = {}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { method, path } = c.req
    const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming
    const said = c.req.header('content-length')
    const has_body = incoming ? said !== undefined || c.req.header('transfer-encoding') !== undefined : c.req.raw.body
    if (without_body.includes(method) || !has_body) return next()

    const { reader } = c.var
    const bytes_max = bytesMaxOf(path, reader !== null)
    if (Number(said) > bytes_max) throw new BodyRefused('bytes', bytes_max)
    const held = room(reader?.id ?? null)
    // Who sends files says so before the first of them has come.
    if (Number(said) > form_bytes_max && !held.grow(Number(said))) throw new BodyRefused('busy', 0)
    const source = incoming?.iterator({ destroyOnReturn: false }) ?? c.req.raw.body!.values({ preventCancel: true })
    const ms_max = bytes_max > form_bytes_max ? times.files_ms : times.form_ms
    const { url, headers } = c.req.raw
    const body = limited(source, { bytes_max, ms_max, grow: held.grow })
    c.req.raw = new Request(url, { method, headers, body, duplex: 'half' } as RequestInit)
    try {
      await next()
    } finally {
      held.leave()
    }
  }
}

/** The same bytes one after the other, as they are asked for, until there are too many of them or the time is over. */
function limited(
  source: AsyncIterator<Uint8Array>,
  { bytes_max, ms_max, grow }: { bytes_max: number; ms_max: number; grow: (size: number) => boolean },
): ReadableStream<Uint8Array> {
  let size = 0
  let timer: NodeJS.Timeout | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const refuse = (error: unknown) => {
          clearTimeout(timer)
          controller.error(error)
        }
        timer ??= setTimeout(refuse, ms_max, new BodyRefused('slow', ms_max / 1000)).unref()
        try {
          const { done, value } = await source.next()
          if (done) {
            clearTimeout(timer)
            return controller.close()
          }
          size += value.length
          if (size > bytes_max) return refuse(new BodyRefused('bytes', bytes_max))
          if (!grow(size)) return refuse(new BodyRefused('busy', 0))
          controller.enqueue(value)
        } catch (error) {
          refuse(error)
        }
      },
      cancel: () => clearTimeout(timer),
    },
    { highWaterMark: 0 },
  )
}
