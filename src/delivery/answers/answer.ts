import type { Person } from '#ground/rights/person.ts'

/** What is answered. */
export type Given =
  | { given: 'acknowledged'; text?: string }
  | { given: 'choice'; choice: number; text?: string }
  | { given: 'report'; report_id: string; text?: string }
/** Who says it: somebody who signed in, the recipient whose link or reply it was, or an institution's own system. */
export type Answerer = { person: Person; is_on_behalf: boolean } | { recipient_id: string } | { system_of: string }
