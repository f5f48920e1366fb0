import type { Context } from 'hono'
import type { AppEnv } from '#ground/tools/tools.ts'

/**
 * Why a request was refused, in one line for whoever builds or tries the program: the rule that was broken, who asked, and
 * the roles that count for them now. Never part of an answer: it tells what is there.
 */
export function whyRefused(c: Context<AppEnv>, status: 403 | 404, why: string): string {
  const { reader, open } = c.var
  const path = new URL(c.req.url).pathname
  // What a message names may have been typed by anyone; a line stays one line.
  const rule = (reader ? why.replaceAll(reader.id, reader.name_ja) : why).replace(/\p{Cc}/gu, ' ').slice(0, 300)
  if (!reader) return `${status} ${c.req.method} ${path}: ${rule} (nobody is signed in)`
  const held = reader.roles.join(', ') || 'none'
  const hint =
    reader.roles.length > 0 || open.length > 0 ? '' : '; command_centre_member counts while a command centre is set up'
  const whom = status === 404 ? `, for ${reader.name_ja}` : ''
  return `${status} ${c.req.method} ${path}: ${rule}${whom} (roles now: ${held}${hint})`
}
