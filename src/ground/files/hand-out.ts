import type { Context } from 'hono'
import { attachment } from '#ground/tools/attachment.ts'
import type { AppEnv } from '#ground/tools/tools.ts'

/** Gives a file that somebody sent to its reader, to be kept: never shown as a page of ours, whatever is in it. */
export const handOut = (
  c: Context<AppEnv>,
  { file_name, media_type, size }: { file_name: string; media_type: string; size: number },
  content: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
) =>
  c.body(content, 200, {
    'content-type': media_type.startsWith('text/') ? 'application/octet-stream' : media_type,
    'content-length': String(size),
    'content-disposition': attachment(file_name),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
