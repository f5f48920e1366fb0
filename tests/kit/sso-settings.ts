import type { Updateable } from 'kysely'
import { openProgram } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import type { TestSite } from './site.ts'

/** Changes the settings of a provider of workplace sign-in, which the program may not: as the owner of the database could. */
export async function changeSettings({ database }: TestSite, id: string, to: Updateable<Tables['sso_provider']>) {
  const owner = openProgram(database.owner, 1)
  try {
    await owner.updateTable('sso_provider').set(to).where('id', '=', id).execute()
  } finally {
    await owner.destroy()
  }
}
