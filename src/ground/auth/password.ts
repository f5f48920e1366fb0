import { hashPassword as scrypt, verifyPassword } from 'better-auth/crypto'

/**
 * A password as it is hashed and compared: NFKC, as NIST SP 800-63B-4 (3.1.1.2) recommends, because what a Japanese
 * keyboard sends for the same keys, full width or half, composed or not, differs from device to device.
 */
export const normalPassword = (typed: string): string => typed.normalize('NFKC')

/** As long as one may be; what is longer is none, and is not hashed. */
export const password_length_max = 256

/** The form in which a password is stored: scrypt with its own salt, as better-auth reads it. */
export const hashPassword = (password: string): Promise<string> => scrypt(normalPassword(password))

/** Whether this is the password of that hash. */
export const isPassword = ({ hash, password }: { hash: string; password: string }): Promise<boolean> =>
  verifyPassword({ hash, password: normalPassword(password) })
