import dns from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Not on the open net (IANA special-purpose registries): private, this machine, link, carrier, documentation, multicast, reserved. */
const closed_ipv4 = new BlockList()
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
])
  closed_ipv4.addSubnet(range.split('/')[0]!, Number(range.split('/')[1]), 'ipv4')

/** All that is handed out for hosts. What is outside, such as mapped IPv4, NAT64, local and link addresses, is closed. */
const open_ipv6 = new BlockList()
open_ipv6.addSubnet('2000::', 3, 'ipv6')
/** Within it: Teredo and other protocols, documentation, 6to4, which carries an IPv4 address, and the AS112 sink. */
const closed_ipv6 = new BlockList()
for (const [start, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  closed_ipv6.addSubnet(start, bits, 'ipv6')

/** Whether an address is of a host on the open net, and of nothing nearer. Pure. */
export function isOpen(address: string): boolean {
  if (address.includes('%')) return false
  const family = isIP(address)
  if (family === 4) return !closed_ipv4.check(address, 'ipv4')
  return family === 6 && open_ipv6.check(address, 'ipv6') && !closed_ipv6.check(address, 'ipv6')
}

/** Whether a name is one of the open net's, as far as a name can tell: neither a number nor of a single house. Pure. */
export const isPublicName = (host: string): boolean =>
  /\.[a-z][a-z0-9-]*$/.test(host) && !/\.(local|internal|localhost|arpa|onion)$/.test(host)

export const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)

/** Why an address is not asked at all; its message is for who looks at the delivery. */
export class AddressRefused extends Error {}

export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>
const askSystem: Resolve = (name) => dns.lookup(name, { all: true })

/**
 * Looks a name up for a connection that is being made, and refuses it if any of its addresses is not open. The connection
 * goes to what was checked here: a name that changes its address a moment later gains nothing by it.
 */
export const safeLookup =
  (resolve: Resolve = askSystem): LookupFunction =>
  (name, options, done) => {
    resolve(name).then(
      (found) => {
        const closed = found.find(({ address }) => !isOpen(address))
        const [first] = found
        if (closed || !first) done(new AddressRefused(`${name} is at ${closed?.address ?? 'no address'}`), '', 0)
        else if (options.all) done(null, found)
        else done(null, first.address, first.family)
      },
      (error) => done(error, '', 0),
    )
  }

/**
 * The parts of a URL that keep a request on the open net: a certificate, a name, the two usual ports, no password.
 * `loopback`: this machine is allowed too, on any port and without a certificate. Throws `AddressRefused` otherwise.
 */
export function readUrl(written: string, { loopback }: { loopback: boolean }): URL {
  const url = URL.parse(written)
  if (!url) throw new AddressRefused('not a URL')
  if (url.username || url.password) throw new AddressRefused('a URL with a password')
  if (loopback && isLoopback(url.hostname) && /^https?:$/.test(url.protocol)) return url
  if (url.protocol !== 'https:') throw new AddressRefused('not https')
  if (!isPublicName(url.hostname)) throw new AddressRefused('no name of the open net')
  if (url.port !== '' && url.port !== '8443') throw new AddressRefused(`port ${url.port}`)
  return url
}
