import { inBoth, type Texts } from '#ground/html/language.ts'

export type BadReason =
  | 'empty'
  | 'too_large'
  | 'encoding'
  | 'doctype'
  | 'not_well_formed'
  | 'too_complex'
  | 'wrong_namespace'
  | 'missing_element'
  | 'bad_date'
  | 'unknown_mode'
  | 'unknown_info_kind'
  | 'unknown_title'
  | 'missing_event_id'
  | 'bad_value'
  | 'unreadable'

/** Why a file is not taken in; `not_used` is a sound telegram of a kind that the portal has no use for. */
export type Rejection =
  | { reason: BadReason; message: Texts<string> }
  | { reason: 'not_used'; code: string | null; title: string; message: Texts<string> }

/** Thrown while reading and caught by parseTelegram alone, which hands on the rejection as a value. */
export class Refused extends Error {
  readonly rejection: Rejection
  constructor(rejection: Rejection) {
    super(rejection.message.en)
    this.rejection = rejection
  }
}

export function refuse(reason: BadReason, ja: string, en: string): never {
  throw new Refused({ reason, message: inBoth({ ja, en }) })
}

/** What a foreign file says, made fit to be quoted in a message: one line, no control characters, at most 60 characters. */
export function quoted(text: string): string {
  const line = [
    ...text
      .slice(0, 300)
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  ]
  return line.length > 60 ? `${line.slice(0, 60).join('')}…` : line.join('')
}
