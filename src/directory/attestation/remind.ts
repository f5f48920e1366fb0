import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { sendLetters } from './send-letters.ts'
import { stepDue } from './steps.ts'

/** Less than this long after any letters, a second press is the same press. */
const pause_ms = 10 * 60_000

/** Writes once more, now, to those who have not answered. Pressed twice, it is written once. */
export async function remindNow(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
): Promise<void> {
  must(by, 'attestation.run')
  const at = tools.clock()
  await tools.db.transaction().execute(async (tx) => {
    const attestation = await lockAttestation(tx, id)
    if (!attestation) throw new NotFound(`attestation ${id}`)
    const last = await tx
      .selectFrom('attestation_letters')
      .where('attestation_id', '=', id)
      .select(({ fn }) => fn.max('queued_at').as('at'))
      .executeTakeFirst()
    if (attestation.closed_at || (last?.at && at.getTime() - new Date(last.at).getTime() < pause_ms)) return
    const sent = await sendLetters(tx, tools, at, attestation, 'hand')
    if (sent.letters === 0) return
    await record(tx, by, at, {
      action: 'attestation.reminded',
      about: `/attestations/${id}`,
      details: { step: 'hand', ...sent },
    })
  })
}

/**
 * What time alone brings to the open round: the reminder that is due, each at most once however often this runs, and its
 * end once the date has passed and everyone has answered.
 */
export async function careForAttestation(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
): Promise<void> {
  const at = tools.clock()
  await tools.db.transaction().execute(async (tx) => {
    const open = await tx.selectFrom('attestation').select('id').where('closed_at', 'is', null).executeTakeFirst()
    const attestation = open && (await lockAttestation(tx, open.id))
    // Another process may have closed it meanwhile.
    if (!attestation || attestation.closed_at) return
    const about = `/attestations/${attestation.id}`
    const missing = await tx
      .selectFrom('attestation_asked')
      .where('attestation_id', '=', attestation.id)
      .where('answer', 'is', null)
      .select('institution_id')
      .limit(1)
      .executeTakeFirst()
    if (!missing) {
      if (at < attestation.answer_by) return
      await tx.updateTable('attestation').set({ closed_at: at }).where('id', '=', attestation.id).execute()
      await record(tx, { program: 'attestation' }, at, { action: 'attestation.closed', about })
      return
    }
    const done = await tx
      .selectFrom('attestation_letters')
      .where('attestation_id', '=', attestation.id)
      .select('step')
      .execute()
    const step = stepDue({ ...attestation, done: new Set(done.map((line) => line.step)) }, at)
    if (!step) return
    const sent = await sendLetters(tx, tools, at, attestation, step)
    if (sent.letters === 0) return
    await record(tx, { program: 'attestation' }, at, {
      action: 'attestation.reminded',
      about,
      details: { step, ...sent },
    })
  })
}

/** Held until the commit: of two who remind, the second sees what the first has sent. */
const lockAttestation = (tx: Tx, id: string) =>
  tx.selectFrom('attestation').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()
