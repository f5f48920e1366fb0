import { randomInt } from 'node:crypto'
import { hashPassword, verifyPassword } from 'better-auth/crypto'

/** Letters that look like no digit and like no other letter, in the words by which they are said on the phone. */
const spelling: Record<string, string> = {
  A: 'Alfa',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  H: 'Hotel',
  J: 'Juliett',
  K: 'Kilo',
  L: 'Lima',
  M: 'Mike',
  N: 'November',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  T: 'Tango',
  U: 'Uniform',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
}
const letters = Object.keys(spelling)

/** A new secret in groups of four letters, 17 bits each: `ACDE-FHJK-LMNP`. */
export const newCode = ({ groups }: { groups: number }): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]!).join(''),
  ).join('-')

/** The code without what people write between and around its letters; '' when it has other letters or another length. */
export function readCode(written: string, { groups }: { groups: number }): string {
  const plain = written
    .slice(0, 200)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s‐‑‒–—―−ー.・_-]/g, '')
  return plain.length === groups * 4 && [...plain].every((letter) => Object.hasOwn(spelling, letter)) ? plain : ''
}

/** How a code is said on the phone (ICAO): `Alfa Charlie Delta Echo`, one text a group. */
export const spelledCode = (code: string): string[] =>
  code.split('-').map((group) => [...group].map((letter) => spelling[letter] ?? letter).join(' '))

/** The only form in which a code is kept: scrypt with its own salt. */
export const hashCode = (code: string): Promise<string> => hashPassword(code.replaceAll('-', ''))
/** Whether this is the code, as `readCode` gives it. Takes as long for a wrong one as for the right one. */
export const isCode = (plain: string, hash: string): Promise<boolean> => verifyPassword({ password: plain, hash })
