import { fromKysely, type PgBoss } from 'pg-boss'
import type { Tx } from '#ground/db/database.ts'
import { withKeptPlan } from '#ground/db/kept-plan.ts'

/** Every job by name, and what it is told. A job is told ids, never rows: by the time it runs the rows may have changed. */
export type JobTable = {
  /** Fetches what is new in the feeds of the Japan Meteorological Agency. */
  'hazards.poll': Record<string, never>
  /** Compares what institutions now report with the criteria (S0-60). */
  'proposals.evaluate': Record<string, never>
  /** Compares the events of the last day with the criteria again, after one was edited. */
  'proposals.evaluate-again': Record<string, never>
  /** Makes the offline pack, if it is due or if somebody asked. */
  'pack.make': { asked_by?: string }
  /** Hands over the letters that are due. */
  'letters.send': Record<string, never>
  /** Reminds who has not confirmed their entry, and ends a round that is complete. */
  'attestation.care': Record<string, never>
  /** Asks again in rounds that are due, and closes those that are done. */
  'rounds.care': Record<string, never>
  /** Takes in the files that institutions have left. */
  'drop.take': Record<string, never>
}
export const jobNames = [
  'hazards.poll',
  'proposals.evaluate',
  'proposals.evaluate-again',
  'letters.send',
  'attestation.care',
  'rounds.care',
  'drop.take',
  'pack.make',
] as const satisfies (keyof JobTable)[]

/** Queues a job inside the caller's transaction: no commit, no job. */
export type Later = <Name extends keyof JobTable>(tx: Tx, name: Name, told: JobTable[Name]) => Promise<unknown>

export const laterOn =
  (boss: PgBoss): Later =>
  (tx, name, told) =>
    boss.send(name, told, { db: keepingPlans(tx) })

/** Each act queues its jobs by the same statement. */
function keepingPlans(tx: Tx): ReturnType<typeof fromKysely> {
  const { executeSql } = fromKysely(tx)
  return { executeSql: (text, values) => executeSql(withKeptPlan(text), values) }
}
