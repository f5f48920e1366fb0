/** Of NIST SP 800-63B: length is what makes a password strong. In characters as a person counts them. */
export const password_length_min = 15
export const password_length_max = 128

export type PasswordProblem = 'short' | 'long'

/** What is wrong with a new password; null when nothing is. `words`: what stands near the person, such as their name. */
export function passwordProblem(password: string, _words: readonly string[]): PasswordProblem | null {
  const { length } = [...password]
  if (length < password_length_min) return 'short'
  // As the library counts it, too, which takes no longer one.
  return length > password_length_max || password.length > 2 * password_length_max ? 'long' : null
}
