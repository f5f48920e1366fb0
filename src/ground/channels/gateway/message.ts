import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Message } from '../channel.ts'

/** What a gateway needs to know of a message. */
export type GatewayMessage = { id: string; to: string; text: string }

/** Whether a phone could have this number, written as E.164 and nothing more. */
export const isPhone = (address: string) =>
  /^\+[1-9]\d{6,14}$/.test(address) && parsePhoneNumberFromString(address)?.isPossible() === true

/** Whether it may stand in a header and in an address. */
export const isPlainId = (id: string) => /^[\w-]{1,100}$/.test(id)

/** What is handed over, or why it can never be: a number or an id that is none, nothing to say, more than fits. */
export type Prepared = { text: string } | { refused: string }
export type Prepare = (message: Pick<Message, 'mode' | 'text'>) => Prepared
