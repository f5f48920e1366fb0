import { createHmac } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { AppEnv } from '#ground/tools/tools.ts'

/**
 * The address of whoever asks: that of the connection, or, when that is a proxy of ours, the last in X-Forwarded-For that
 * is not. What anyone else writes into that header is not believed.
 */
export function clientAddress(
  { remote, forwarded = '' }: { remote: string | undefined; forwarded?: string | undefined },
  trusted: readonly string[],
): string {
  const ours = blockListOf(trusted)
  let client = plain(remote ?? '')
  if (!client) return 'unknown'
  const hops = forwarded.split(',').slice(-hops_max)
  while (isIn(ours, client)) {
    const before = plain(hops.pop() ?? '')
    if (!before) break
    client = before
  }
  return client
}

/** What limits remember of an address: a keyed digest, of an IPv6 address its network (/64), which one household has alone. */
export function addressKey(c: Context<AppEnv>): string {
  const { config } = c.var.tools
  const remote = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress
  const address = clientAddress({ remote, forwarded: c.req.header('x-forwarded-for') }, config.trusted_proxies)
  return createHmac('sha256', config.secret)
    .update(`address ${networkOf(address)}`)
    .digest('base64url')
    .slice(0, 22)
}

/** An IPv4 address itself; of an IPv6 address the first four groups. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean))
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before!.length - after!.length)
  const groups = [...before!, ...Array<string>(gap).fill('0'), ...after!]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

const hops_max = 20

/** An address without port and brackets, IPv4 also where it comes dressed as IPv6; '' when it is none. */
function plain(written: string): string {
  const [, bracketed, bare = written.trim()] = /^\s*\[([^\]]+)\](?::\d+)?\s*$/.exec(written) ?? []
  const text = (bracketed ?? bare).replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(text) ? text : ''
}

function blockListOf(trusted: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
const isIn = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
