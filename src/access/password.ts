import { hashPassword as scrypt } from 'better-auth/crypto'

/** The form in which a password is stored: scrypt with its own salt, as better-auth reads it. */
export const hashPassword = (password: string): Promise<string> => scrypt(password)
