import type pg from 'pg'
import { openDatabase } from '#ground/db/database.ts'
import { pagesOn } from '#ground/db/page.ts'
import type { Scope } from '#ground/db/scope.ts'
import { mayAll } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

/** The database of this pool as each reader sees it. */
export function dbOn(pool: pg.Pool): Pick<Tools, 'dbOf' | 'pageOf'> {
  const pageOf = pagesOn(pool)
  return {
    dbOf: (person, read_only) => openDatabase(pool, scopeOf(person, read_only)),
    pageOf: (person) => pageOf(scopeOf(person, true)),
  }
}

const scopeOf = (person: Person | null, read_only: boolean): Scope =>
  person ? { person_id: person.id, institution_id: person.institution_id, may: mayAll(person), read_only } : 'nobody'
