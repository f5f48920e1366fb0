import { createHmac } from 'node:crypto'
import { type Config, NotConfigured } from '#ground/config/config.ts'
import type { Database } from './database.ts'

type Used = Pick<Config, 'mode' | 'secret'>

/** Tells one secret from another and says nothing of either. */
export const markOf = (secret: string) => createHmac('sha256', secret).update('noroshi installation').digest('hex')

/**
 * Refuses whoever comes with another secret or mode than those that this database is used with: a shell without the settings
 * of the service would sign, judge and send what nobody else understands. `settles`: who runs for good says what they are.
 */
export async function checkInstallation(db: Database, { mode, secret }: Used, { settles }: { settles: boolean }) {
  if (settles)
    await db
      .insertInto('installation')
      .values({ mode, secret_mark: markOf(secret) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const used = await db.selectFrom('installation').select(['mode', 'secret_mark']).executeTakeFirst()
  if (!used) return
  const same =
    'Give this process the settings of the service, above all NOROSHI_MODE and NOROSHI_SECRET. Nothing was changed.'
  if (used.mode !== mode)
    throw new NotConfigured(
      `This database is used with NOROSHI_MODE=${used.mode}, and this process is set to ${mode}. ${same}`,
    )
  if (used.secret_mark !== markOf(secret))
    throw new NotConfigured(
      `This database is used with another NOROSHI_SECRET than the one of this process. ${same}\n` +
        'If the secret was changed on purpose: stop every process and run once, with the new one, noroshi renew-secret',
    )
}
