import { type RawBuilder, sql } from 'kysely'
import { zone } from '#ground/html/civil.ts'

/** Institutions that belong to the market on the civil day of `at`; for a query that has `institution`. */
export const isActive = (at: Date | RawBuilder<Date>) =>
  sql<boolean>`(${at}::timestamptz at time zone ${zone})::date
    between institution.active_from and coalesce(institution.active_to, 'infinity')`
