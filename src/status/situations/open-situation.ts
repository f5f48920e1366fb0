import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { Mode } from '#ground/db/tables.ts'
import { must, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { hasChanged } from '#hazards/proposals/index.ts'
import { type Audience, keptAudience, membersOf } from '#telling/audience/index.ts'
import { keepCentreAct } from './command-centre-acts.ts'
import { openSituations } from './queries.ts'
import type { Opening } from './situation-form.ts'

type NotOpened =
  | { failed: 'decided' | 'mode' | 'drill' | 'changed' }
  | { failed: 'same'; id: string }
  | { failed: 'nobody' }

/**
 * Opens a situation: with a command centre, or, for an audience, as a gathering without one. A clock of recovery, where somebody set
 * one, starts at its event, not now (S2-25).
 * A proposal is decided once: whoever comes second is told what the first decided. It is decided as it was seen: what has come
 * since is shown first. No two gatherings ask the same institutions at a time.
 * The same key again gives the situation that was opened with it. A drill beside something real is opened only by who says so.
 */
export async function openSituation(
  { db, clock }: Tools,
  by: Person,
  { is_beside_real, proposal_seen, reason_choice: _, ...form }: Opening & { reason_choice?: string },
): Promise<{ id: string } | NotOpened> {
  const is_gathering = 'audience' in form
  must(by, is_gathering ? 'situation.open' : 'command-centre.set-up')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    if (is_gathering) await lock(tx, 'gatherings', form.mode)
    if (form.proposal_id) {
      const proposal = await tx
        .selectFrom('proposal')
        .select(['mode', 'decision', 'evaluated_at', 'change_ja'])
        .where('id', '=', form.proposal_id)
        .forUpdate()
        .executeTakeFirst()
      if (!proposal) throw new NotFound(`proposal ${form.proposal_id}`)
      if (proposal.mode !== form.mode) return { failed: 'mode' }
      if (proposal.decision) return (await openedBy(tx, by, form.idempotency_key)) ?? { failed: 'decided' }
      if (hasChanged(proposal, proposal_seen)) return { failed: 'changed' }
    }
    if (form.mode !== 'actual' && !is_beside_real) {
      const [real] = await openSituations(tx)
      if (real?.mode === 'actual') return { failed: 'drill' }
    }
    if (is_gathering) {
      const before = await openedBy(tx, by, form.idempotency_key)
      if (before) return before
      const against = await againstGathering(tx, form.mode, form.audience, at)
      if (against) return against
    } else await mustBeCriterion(tx, form.criterion)

    const opened = await insert(tx, by, at, form)
    if (!opened) {
      const known = await openedBy(tx, by, form.idempotency_key)
      if (!known) throw new NotAllowed(`${by.id} sent a key that is in use`)
      return known
    }
    const { id } = opened
    if (form.proposal_id)
      await tx
        .updateTable('proposal')
        .set({ decision: is_gathering ? 'gathering' : 'opened', decided_by: by.id, decided_at: at })
        .set({ reason: form.reason })
        .where('id', '=', form.proposal_id)
        .execute()
    if (!is_gathering) await keepCentreAct(tx, by, at, { ...form, ...form.criterion, situation_id: id, act: 'set_up' })
    await record(tx, by, at, lineOf(id, form))
    return { id }
  })
}

function insert(tx: Tx, by: Person, at: Date, form: Omit<Opening, 'is_beside_real' | 'proposal_seen'> & object) {
  const { criterion, audience, recovery_minutes, ...said } = form as typeof form & {
    criterion?: { criterion_id: string; criterion_version: number }
    audience?: Audience
    recovery_minutes?: number | null
  }
  return tx
    .insertInto('situation')
    .values({
      ...said,
      ...criterion,
      recovery_minutes: recovery_minutes ?? null,
      audience: audience ? JSON.stringify(audience) : null,
      centre_set_up_at: audience ? null : at,
      opened_by: by.id,
      opened_at: at,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .returning('id')
    .executeTakeFirst()
}

const lineOf = (id: string, form: Omit<Opening, 'is_beside_real' | 'proposal_seen'>): Line => ({
  action: 'audience' in form ? 'situation.gathering-opened' : 'situation.opened',
  about: `/situations/${id}`,
  mode: form.mode,
  details: {
    title: form.title_ja,
    hazard: form.hazard,
    event_at: form.event_at,
    reason: form.reason,
    proposal_id: form.proposal_id,
  },
})

/** Why a gathering of these is not opened: it would ask nobody, or those whom an open one asks. */
async function againstGathering(tx: Tx, mode: Mode, audience: Audience, at: Date): Promise<NotOpened | null> {
  const wanted = await idsOf(tx, audience, at)
  if (wanted === '') return { failed: 'nobody' }
  const open = await tx
    .selectFrom('situation')
    .where('mode', '=', mode)
    .where('closed_at', 'is', null)
    .where('centre_set_up_at', 'is', null)
    .select(['id', 'audience'])
    .orderBy('opened_at')
    .execute()
  for (const each of open)
    if ((await idsOf(tx, keptAudience(each.audience), at)) === wanted) return { failed: 'same', id: each.id }
  return null
}

const idsOf = async (tx: Tx, audience: Audience, at: Date) =>
  (await membersOf(tx, audience, at).execute())
    .map(({ id }) => id)
    .sort()
    .join(' ')

export async function mustBeCriterion(tx: Tx, of: { criterion_id: string; criterion_version: number }) {
  const known = await tx
    .selectFrom('criterion')
    .select('id')
    .where('id', '=', of.criterion_id)
    .where('version', '=', of.criterion_version)
    .executeTakeFirst()
  if (!known) throw new NotFound(`criterion ${of.criterion_id}`)
}

/** What this person opened with this key, pressing twice. */
const openedBy = (tx: Tx, by: Person, idempotency_key: string) =>
  tx
    .selectFrom('situation')
    .select('id')
    .where('idempotency_key', '=', idempotency_key)
    .where('opened_by', '=', by.id)
    .executeTakeFirst()
