import { domainToUnicode } from 'node:url'

/** Letters of other scripts that most typefaces draw like a Latin one (from the confusables of Unicode TR 39). */
const doubles: Record<string, string> = Object.fromEntries(
  Object.entries({
    a: 'аɑα',
    b: 'ЬЪƄ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еҽє',
    g: 'ɡց',
    h: 'һհ',
    i: 'іıɩι',
    j: 'јϳ',
    k: 'κк',
    l: 'ӏǀ|1',
    m: 'м',
    n: 'ոп',
    o: 'оοօ0',
    p: 'рρ',
    q: 'ԛգ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'т',
    u: 'υսʋ',
    v: 'νѵ',
    w: 'ѡԝω',
    x: 'хχ',
    y: 'уγү',
    z: 'ᴢ',
    '-': '‐‑‒–—―−ー',
    '.': '。．․',
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin])),
)

/** The address as the eye takes it in: two that look alike give the same, though their letters differ. For comparing only. */
export const look = (address: string): string =>
  [...inLetters(address).normalize('NFKC').toLowerCase()]
    .map((letter) => doubles[letter] ?? letter)
    .join('')
    .replaceAll('i', 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

/** A domain in letters of other scripts is kept in ASCII, but it is read in its letters. */
const inLetters = (address: string) =>
  address.replace(/@(.+)$/, (whole, domain: string) =>
    domainToUnicode(domain) ? `@${domainToUnicode(domain)}` : whole,
  )
