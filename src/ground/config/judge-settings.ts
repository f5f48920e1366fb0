import { isIP } from 'node:net'

/** Whether a secret could be guessed: short, of few characters, a row of the keyboard's or alphabet's, or a word of examples. */
export const isWeak = (secret: string) =>
  secret.length < 32 ||
  new Set(secret).size < 10 ||
  new Set(stepsOf(secret)).size < 10 ||
  /(secret|password|default|change.?me|example)/i.test(secret)

const stepsOf = (text: string) =>
  [...text].slice(1).map((letter, index) => letter.charCodeAt(0) - text.charCodeAt(index))

/** Whether what goes to this address could be read or changed on its way: it leaves the machine, and not encrypted to a proved other side. */
export function isClear(address: string | undefined): boolean {
  if (!address) return false
  const { protocol, hostname, searchParams } = new URL(address)
  if (isHere(hostname)) return false
  if (protocol === 'http:') return true
  if (!/^postgres(ql)?:$/.test(protocol)) return false
  // Without a host it is a socket of this machine; a host may also stand among the parameters.
  const host = searchParams.get('host') ?? hostname
  if (host === '' || host.startsWith('/') || isHere(host)) return false
  return !['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '')
}

const isHere = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host)

/** Whether a list of addresses and ranges holds one that is half the world. */
export const hasWideRange = (ranges: readonly string[]) =>
  ranges.some((range) => {
    const [address = '', bits] = range.split('/')
    return bits !== undefined && Number(bits) < (isIP(address) === 6 ? 7 : 8)
  })

/** Names that look like ours and are read by nobody, each with the one that was perhaps meant. */
export function misspelt(names: readonly string[], known: readonly string[]): string[] {
  return (
    names
      // Given to test files by their runner.
      .filter((name) => name.startsWith('NOROSHI_') && !name.startsWith('NOROSHI_TEST_') && !known.includes(name))
      .map((name) => `${name} is no setting. There are ${known.join(', ')}.`)
  )
}
