import { fileTrouble } from '#ground/config/not-configured.ts'
import { isUnreachable } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { Checkpoint } from '#ground/trail/checkpoints.ts'
import { sealKey } from '#ground/trail/seal.ts'
import { signEnd, TrailBroken } from '#ground/trail/sign-end.ts'

const checkpoint_ms = 10_000

/**
 * Signs the end of the trail in the data folder, every ten seconds and at the end; never over a break. Whatever keeps it from
 * signing is reported once, is a problem until it is mended, and is tried again.
 */
export function keepSigning(
  { db, config, clock }: Pick<Tools, 'db' | 'clock'> & { config: Pick<Tools['config'], 'data' | 'secret'> },
  report: (error: unknown) => void,
) {
  const signer = { db, folder: config.data, key: sealKey(config.secret) }
  let known: Checkpoint | undefined
  let reported: string | null = null
  let problem: string | null = null
  const write = async () => {
    try {
      known = await signEnd(signer, clock(), known)
      reported = problem = null
    } catch (error) {
      problem = problemOf(error) ?? problem
      const said = error instanceof Error ? error.message : String(error)
      if (said !== reported) report(error)
      reported = said
    }
  }
  let running = Promise.resolve()
  const inTurn = () => (running = running.then(write))
  const timer = setInterval(inTurn, checkpoint_ms)
  inTurn()
  return {
    problem: () => problem,
    /** Signs once more, after what is running. */
    signNow: inTurn,
    async close() {
      clearInterval(timer)
      await inTurn()
    },
  }
}

/** That the database is away is told by who asks it; null then. */
function problemOf(error: unknown): string | null {
  if (error instanceof TrailBroken) return 'audit trail'
  if (isUnreachable(error)) return null
  return `audit trail: it is not signed (${fileTrouble(error) ?? 'see the log'})`
}
