import type { Tables } from '#ground/db/tables.ts'
import type { SessionSettings } from './session-limits.ts'

/** How a session was opened. */
export type Method = Tables['session']['method']['__select__']

/** The session that a request came with, still within its limits. */
export type OpenSession = {
  id: string
  method: Method
  started_at: Date
  /** When the person last proved who they are; null: not in this session. */
  confirmed_at: Date | null
  set: SessionSettings
  /** Since when a situation has been open, for the limits of other sessions, too; null: none is. */
  open_since: Date | null
}
