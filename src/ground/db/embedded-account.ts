import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { NotConfigured } from '#ground/config/config.ts'

export type Account = { uid: number; gid: number }

/**
 * The account PostgreSQL must run as: undefined when it is our own. It refuses root, so that root lends it the account
 * that owns the cluster already, else `postgres`, else `nobody`.
 */
export async function accountFor(cluster: string, owner: Account | undefined): Promise<Account | undefined> {
  const uid = process.getuid?.()
  if (uid !== 0) {
    if (!owner || owner.uid === uid) return undefined
    throw new NotConfigured(
      `${cluster} belongs to user ${owner.uid}, this is user ${uid}. Start Noroshi as that user, or as root, ` +
        `or give the data folder away: chown -R ${uid} ${path.dirname(cluster)}`,
    )
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  const account = { uid: Number(found?.[2]), gid: Number(found?.[3]) }
  if (account.uid > 0 && account.gid >= 0) return account
  throw new NotConfigured(
    'PostgreSQL refuses to run as root, and /etc/passwd has neither postgres nor nobody. ' +
      'Start Noroshi as a user other than root, or set DATABASE_URL.',
  )
}
