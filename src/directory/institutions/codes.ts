/**
 * Whether this is a legal entity identifier (ISO 17442): 18 letters or digits, then two digits by which the whole, every
 * letter written as its number (A = 10 … Z = 35), leaves 1 when divided by 97 (ISO 7064, MOD 97-10).
 */
export function hasLeiForm(lei: string): boolean {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(lei)) return false
  let rest = 0
  for (const character of lei)
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/** Whether this could be a market identifier code (ISO 10383): 4 letters or digits. */
export const hasMicForm = (mic: string): boolean => /^[0-9A-Z]{4}$/.test(mic)
