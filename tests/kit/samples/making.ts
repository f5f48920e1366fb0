import type { Tables } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { idIn } from '../pages.ts'
import type { TestSite } from '../site.ts'

export type Table = keyof Tables
/** Whoever speaks for an institution, and the browser that they are signed in with. */
export type Firm = { person: Person; client: TestSite['nobody'] }

/** What a sample may use: the site, who runs the market, and the samples that it needs before itself. */
export type Making = {
  site: TestSite
  desk: Firm
  approver: Firm
  at: Date
  /** The market's one of these; made when first asked for. */
  one: (table: Table) => Promise<string>
  /** This institution's one, or the market's where there is one for all; made when first asked for. */
  of: (firm: Firm, table: Table) => Promise<string>
  /** Lets the first sample of this table in the database stand for others that came with it. */
  first: (table: Table) => Promise<string>
  /** Sends a form that must be taken; gives the id of what came of it. */
  send: (client: TestSite['nobody'], path: string, form: Record<string, string>) => Promise<string>
}

/** Lets one of these come to be, as it does in life where people make it; gives its id, or '' where it has none. */
export type MarketSample = (make: Making) => Promise<string>
export type FirmSample = (make: Making, firm: Firm) => Promise<string>

export const sendTo =
  (site: TestSite): Making['send'] =>
  async (client, path, form) =>
    idIn(await site.done(client, path, { idempotency_key: crypto.randomUUID(), ...form }))
