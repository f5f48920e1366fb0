import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import type { AnswerWanted, NoticeSeverity, RecipientAddress } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { currentLadders } from './ladder.ts'
import { lastIn } from './open-receipts.ts'
import { reachedBefore } from './reached-before.ts'
import { type DueReceipt, devicesOf, dueNow } from './take-steps.ts'

/** What goes out so many minutes after release, to institutions that have not answered by then; `calls`: put on the call list. */
export type PlannedStep = {
  after_minutes: number
  messages: Partial<Record<ChannelName, number>>
  calls: number
}

/**
 * What the ladder would send if the notice were released now and nobody answered, by the directory as it stands: the very steps that
 * are taken after the release, with nothing written.
 */
export async function previewSteps(
  { db, whole, config }: Pick<Tools, 'db' | 'whole' | 'config'>,
  notice: { severity: NoticeSeverity; answer_wanted: AnswerWanted; replaces_id: string | null },
  institution_ids: readonly string[],
  channels: readonly ChannelName[],
  at: Date,
): Promise<PlannedStep[]> {
  const [ladders, institutions] = await Promise.all([
    currentLadders(db, notice.severity),
    institutionsNow(db, institution_ids),
  ])
  // Whose device takes notifications is theirs alone to see; here it is counted.
  const devices = await devicesOf(
    whole,
    institutions.flatMap(({ recipients }) => recipients),
  )
  const reached = await reachedBefore(
    whole,
    institutions.map(({ institution_id }) => ({ institution_id, replaces_id: notice.replaces_id })),
  )
  const { rows: silent } = await sql<{ institution_id: string; since: Date }>`
    select institution_id, since from ${lastIn(sql`(select round_id from notice where id = ${notice.replaces_id}::uuid)`)} last
    where closed_how is distinct from 'answered'`.execute(db)
  const sinceOf = new Map(silent.map(({ institution_id, since }) => [institution_id, since]))
  const planned = new Map<number, PlannedStep>()
  for (const { recipients, is_infrastructure, is_asked, ...institution } of institutions) {
    const { steps } = is_infrastructure ? ladders.infrastructure : ladders.participants
    const { severity, replaces_id } = notice
    const answer_wanted = is_asked ? notice.answer_wanted : 'none'
    const silent_since = sinceOf.get(institution.institution_id) ?? null
    const receipt = { ...institution, severity, answer_wanted, replaces_id, steps, opened_at: at, silent_since }
    const whom = { recipients, devices, reached: reached(receipt) }
    for (const { minute, deliveries, is_call } of climb({ config }, receipt, whom, channels)) {
      const step = planned.get(minute) ?? { after_minutes: minute, messages: {}, calls: 0 }
      planned.set(minute, step)
      for (const { channel } of deliveries) step.messages[channel] = (step.messages[channel] ?? 0) + 1
      if (is_call) step.calls++
    }
  }
  return [...planned.values()]
    .filter(({ messages, calls }) => calls > 0 || Object.keys(messages).length > 0)
    .sort((one, other) => one.after_minutes - other.after_minutes)
}

/**
 * Whom a release of this moment would stamp, with the addresses that take something, and the steps of the ladders that they would
 * climb: what a check and the release after it have to agree on.
 */
export async function stampsNow(
  db: Pick<Database, 'selectFrom'>,
  severity: NoticeSeverity,
  institution_ids: readonly string[],
) {
  const { infrastructure, participants } = await currentLadders(db, severity)
  const institutions = await institutionsNow(db, institution_ids)
  const has = (which: boolean) => institutions.some(({ is_infrastructure }) => is_infrastructure === which)
  const ladders = new Set([...(has(true) ? [infrastructure] : []), ...(has(false) ? [participants] : [])])
  return {
    people: institutions.flatMap(({ recipients, is_infrastructure }) =>
      recipients.map(({ contact_id, ...whom }) => ({
        contact_id,
        // Who is first, whose devices they are, and which of two ladders is climbed decide who gets what as well.
        reach: {
          ...{ addresses: whom.addresses, is_primary: whom.is_primary, person_id: whom.person_id },
          climbs: infrastructure === participants || is_infrastructure,
        },
      })),
    ),
    climbers: institutions.map(({ id, is_infrastructure, is_asked }) => ({
      ...{ id, is_asked },
      steps: (is_infrastructure ? infrastructure : participants).steps,
    })),
    steps: [...ladders].flatMap(({ steps }) => steps),
  }
}

/** One institution's way up its ladder, to the end. */
function climb(
  { config }: Pick<Tools, 'config'>,
  receipt: Omit<DueReceipt, 'step'>,
  whom: Parameters<typeof dueNow>[2],
  channels: readonly ChannelName[],
) {
  const { opened_at } = receipt
  const climbed = []
  let step = 0
  for (let now: Date | null = opened_at; now; ) {
    const on = now
    const taken = dueNow({ config }, { ...receipt, step }, whom, channels, on)
    climbed.push({ minute: Math.round((on.getTime() - opened_at.getTime()) / 60_000), ...taken })
    step = taken.next
    now = taken.at
  }
  return climbed
}

/** These institutions with the people who would be written to, as a release would stamp them. */
async function institutionsNow(db: Pick<Database, 'selectFrom'>, institution_ids: readonly string[]) {
  const rows = await db
    .selectFrom('institution')
    .leftJoin('contact', (join) =>
      join.onRef('contact.institution_id', '=', 'institution.id').on('contact.removed_at', 'is', null),
    )
    .where(sql<boolean>`institution.id = any (${[...institution_ids]}::uuid[])`)
    .select(['institution.id as institution_id', 'institution.code', 'institution.is_infrastructure'])
    .select('institution.is_asked')
    .select(['contact.id as contact_id', 'contact.person_id'])
    .select(({ selectFrom }) =>
      selectFrom('contact_address')
        .whereRef('contact_address.contact_id', '=', 'contact.id')
        .where('removed_at', 'is', null)
        .where('quarantined_at', 'is', null)
        .select(
          sql<
            RecipientAddress[]
          >`jsonb_agg(jsonb_build_object('id', id, 'means', means, 'address', address) order by rank)`.as('all'),
        )
        .as('addresses'),
    )
    .orderBy('contact.rank')
    .orderBy('contact.id')
    .execute()
  return [...Map.groupBy(rows, ({ institution_id }) => institution_id)].map(([institution_id, of]) => {
    const first = of.find(({ addresses }) => addresses !== null)
    return {
      ...{ id: institution_id, notice_id: institution_id, institution_id, mode: 'test' as const },
      code: of[0]?.code ?? '',
      is_infrastructure: of[0]?.is_infrastructure ?? false,
      is_asked: of[0]?.is_asked ?? true,
      recipients: of.flatMap(({ contact_id, person_id, addresses }) =>
        contact_id
          ? [
              {
                ...{ id: contact_id, receipt_id: institution_id, contact_id, person_id, addresses: addresses ?? [] },
                is_primary: first?.contact_id === contact_id,
              },
            ]
          : [],
      ),
    }
  })
}
