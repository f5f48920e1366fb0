import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pushEndpointsOf } from '#delivery/push/index.ts'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { AnswerWanted, LadderStep, Means, RecipientAddress } from '#ground/db/tables.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { holdRoutine } from './bundles.ts'
import { dueSteps, forgotten_minutes, stepAt, stepsOf } from './ladder.ts'
import { urgencyOf } from './messages.ts'
import { type Reached, reachedBefore } from './reached-before.ts'

const receipts_first = 20
const receipts_at_once_max = 200

const meansOf: Record<Exclude<ChannelName, 'file_drop' | 'web_push'>, Means[]> = {
  mail: ['mail'],
  sms: ['mobile'],
  voice: ['mobile', 'phone', 'priority_phone', 'satellite'],
  webhook: ['webhook'],
}

/**
 * Takes every step that is due, several workers at the same time if need be; of many receipts ever more at once, so that the mails
 * of the first are on their way while the others are being written.
 */
export async function takeAllSteps(tools: Tools, channels: readonly ChannelName[]) {
  let limit = receipts_first
  while ((await takeSteps(tools, channels, limit)) === limit) limit = Math.min(3 * limit, receipts_at_once_max)
}

/**
 * Takes the steps that are due of open receipts: writes the deliveries that they mean, each once whatever happens, and sets the
 * time of the next. A step that reaches nobody is passed over at once.
 * Gives how many receipts were looked at; when it is `limit`, there may be more.
 */
export async function takeSteps(
  tools: Tools,
  channels: readonly ChannelName[],
  limit = receipts_at_once_max,
): Promise<number> {
  const { db, clock } = tools
  const at = clock()
  const is_due = await db.selectFrom('receipt').where('next_step_at', '<=', at).select('id').limit(1).executeTakeFirst()
  if (!is_due) return 0

  return db.transaction().execute(async (tx) => {
    const receipts = await dueReceipts(tx, at, limit)
    const recipients = Map.groupBy(await recipientsOf(tx, receipts), ({ receipt_id }) => receipt_id)
    const devices = await devicesOf(tx, [...recipients.values()].flat())
    const reached = await reachedBefore(
      tx,
      receipts.filter(({ step }) => step === 0),
    )
    const deliveries: NewDelivery[] = []
    const moves: { id: string; step: number; next_step_at: Date | null; is_call: boolean }[] = []
    for (const receipt of receipts) {
      const whom = { recipients: recipients.get(receipt.id) ?? [], devices, reached: reached(receipt) }
      const taken = dueNow(tools, receipt, whom, channels, at)
      deliveries.push(...taken.deliveries)
      moves.push({ id: receipt.id, step: taken.next, next_step_at: taken.at, is_call: taken.is_call })
    }
    await writeMoves(tx, moves, at)
    await writeDeliveries(tx, deliveries)
    await holdRoutine(
      tx,
      deliveries
        .filter(({ channel, urgency }) => channel === 'mail' && urgency === urgencyOf('routine'))
        .map(({ address }) => address),
      at,
    )
    const lines: Line[] = []
    for (const [notice_id, of_notice] of Map.groupBy(receipts, (receipt) => receipt.notice_id)) {
      const [{ mode }] = of_notice as [DueReceipt]
      const ids = new Set(of_notice.map(({ id }) => id))
      lines.push({
        action: 'step.taken',
        about: `/notices/${notice_id}`,
        mode,
        details: {
          institutions: of_notice.length,
          deliveries: deliveries.filter(({ receipt_id }) => ids.has(receipt_id)).length,
          calls: moves.filter(({ id, is_call }) => is_call && ids.has(id)).length,
        },
      })
    }
    await record(tx, { program: 'deliveries' }, at, ...lines)
    return receipts.length
  })
}

const dueReceipts = (tx: Tx, at: Date, limit: number) =>
  tx
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .innerJoin('ladder', 'ladder.id', 'receipt.ladder_id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('receipt.next_step_at', '<=', at)
    .orderBy('receipt.next_step_at')
    .limit(limit)
    .select(['receipt.id', 'receipt.notice_id', 'receipt.mode', 'receipt.institution_id', 'receipt.step'])
    .select(['receipt.opened_at', 'notice.severity', 'ladder.steps', 'institution.code'])
    // Of whom nothing is asked, that is so from here on.
    .select(
      sql<AnswerWanted>`case when receipt.closed_how = 'informed' then 'none' else notice.answer_wanted end`.as(
        'answer_wanted',
      ),
    )
    .select(['notice.replaces_id', 'receipt.silent_since'])
    .forUpdate('receipt')
    .skipLocked()
    .execute()
export type DueReceipt = Awaited<ReturnType<typeof dueReceipts>>[number]

const recipientsOf = async (tx: Tx, receipts: readonly DueReceipt[]) =>
  receipts.length === 0
    ? []
    : tx
        .selectFrom('recipient')
        .where(sql<boolean>`receipt_id = any(${receipts.map(({ id }) => id)}::uuid[])`)
        .select(['id', 'receipt_id', 'contact_id', 'person_id', 'is_primary', 'addresses'])
        .orderBy('rank')
        .orderBy('id')
        .execute()
export type Recipient = Awaited<ReturnType<typeof recipientsOf>>[number]

/** Devices that take notifications now, of the people who sign in: unlike addresses they are nobody's entry in the directory. */
export const devicesOf = async (tx: Database, recipients: readonly Pick<Recipient, 'person_id'>[]) => {
  const people = [...new Set(recipients.flatMap(({ person_id }) => person_id ?? []))]
  return Map.groupBy(people.length === 0 ? [] : await pushEndpointsOf(tx, people), ({ person_id }) => person_id)
}
type Devices = Awaited<ReturnType<typeof devicesOf>>

type Taken = ReturnType<typeof dueSteps>['take'][number]
export type NewDelivery = {
  id: string
  notice_id: string
  mode: string
  receipt_id: string
  recipient_id: string | null
  institution_id: string
  contact_address_id: string | null
  step: number
  channel: ChannelName
  address: string
  message_id: string
  urgency: number
  queued_at: Date
}

type Whom = { recipients: readonly Recipient[]; devices: Devices; reached: readonly Reached[] }

/**
 * What goes to an institution now, and when it goes on. What replaces another notice first goes wherever that one went, and there
 * alone if nobody has to answer it.
 */
export function dueNow(
  tools: Pick<Tools, 'config'>,
  receipt: DueReceipt,
  whom: Whom,
  channels: readonly ChannelName[],
  at: Date,
) {
  // What was to be said yesterday is not said today as if it were new.
  const is_old = at.getTime() - receipt.opened_at.getTime() > forgotten_minutes * 60_000
  const again = receipt.step === 0 && !is_old ? whom.reached.filter(({ channel }) => channels.includes(channel)) : []
  const taken = walk(stepsOf(receipt.steps, receipt.answer_wanted), receipt, at, (step) =>
    deliveriesOf(tools, receipt, whom, step, channels, at),
  )
  if (again.length === 0) return taken
  const recipientOf = (contact_id: string | null) =>
    whom.recipients.find((recipient) => contact_id !== null && recipient.contact_id === contact_id)?.id ?? null
  const make = deliveryTo(tools, receipt, at)
  const deliveries = again.map(({ channel, contact_id, contact_address_id: id, address }) =>
    make(0, channel, recipientOf(contact_id), { id, address }),
  )
  const isNew = (one: NewDelivery) =>
    !again.some(({ channel, address }) => channel === one.channel && address === one.address)
  const others = receipt.answer_wanted === 'none' ? [] : taken.deliveries.filter(isNew)
  return { ...taken, deliveries: [...deliveries, ...others] }
}

/** Goes up the ladder: the steps that are due, and on as long as they reach nobody. */
function walk(
  steps: readonly LadderStep[],
  { step, opened_at, silent_since }: DueReceipt,
  now: Date,
  make: (step: Taken) => NewDelivery[],
) {
  const deliveries: NewDelivery[] = []
  let is_call = false
  const since = { opened_at, silent_since }
  const dueAt = (each: LadderStep) => stepAt(each, since)
  const first = steps[step]
  // Called up before its time, because what went before came to nothing.
  const is_early = first !== undefined && dueAt(first) > now
  let due = dueSteps(steps, { next: step, ...since, now: is_early ? dueAt(first) : now })
  for (;;) {
    for (const taken of due.take) {
      deliveries.push(...make(taken))
      is_call ||= taken.channels.includes('call')
    }
    const following = steps[due.next]
    if (deliveries.length > 0 || is_call || !following) return { deliveries, is_call, next: due.next, at: due.at }
    // Nobody was reached by what was due: the next step is not waited for.
    due = dueSteps(steps, { next: due.next, ...since, now: dueAt(following) })
  }
}

function deliveriesOf(
  tools: Pick<Tools, 'config'>,
  receipt: DueReceipt,
  { recipients, devices }: Whom,
  { step, to, channels }: Taken,
  available: readonly ChannelName[],
  at: Date,
): NewDelivery[] {
  const wanted = available.filter((channel) => channels.includes(channel))
  const whom = recipients.filter(({ is_primary }) => to === 'all' || is_primary === (to === 'primary'))
  const make = deliveryTo(tools, receipt, at)
  return wanted.flatMap((channel) =>
    channel === 'file_drop'
      ? [make(step, channel, null, { id: null, address: receipt.code })]
      : whom.flatMap((recipient) =>
          targets(channel, recipient, devices).map((target) => make(step, channel, recipient.id, target)),
        ),
  )
}

type Target = { id: RecipientAddress['id'] | null; address: string }

const deliveryTo =
  ({ config }: Pick<Tools, 'config'>, receipt: DueReceipt, at: Date) =>
  (step: number, channel: ChannelName, recipient_id: string | null, target: Target): NewDelivery => {
    const id = randomUUID()
    return {
      id,
      notice_id: receipt.notice_id,
      mode: receipt.mode,
      receipt_id: receipt.id,
      recipient_id,
      institution_id: receipt.institution_id,
      contact_address_id: target.id,
      step,
      channel,
      address: target.address,
      message_id: `<${id}@${hostOf(config)}>`,
      urgency: urgencyOf(receipt.severity),
      queued_at: at,
    }
  }

/** Every device of theirs, or the first address that the channel can use: in the order in which the contact wants to be tried. */
function targets(
  channel: Exclude<ChannelName, 'file_drop'>,
  { person_id, addresses }: Recipient,
  devices: Devices,
): Target[] {
  if (channel === 'web_push')
    return (devices.get(person_id ?? '') ?? []).map(({ endpoint }) => ({ id: null, address: endpoint }))
  return addresses.filter(({ means }) => meansOf[channel].includes(means)).slice(0, 1)
}

const writeMoves = (
  tx: Tx,
  moves: readonly { id: string; step: number; next_step_at: Date | null; is_call: boolean }[],
  at: Date,
) =>
  sql`
    update receipt set step = moved.step, next_step_at = moved.next_step_at,
      call_since = case when moved.is_call then coalesce(call_since, ${at}) else call_since end
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as moved(id uuid, step int, next_step_at timestamptz, is_call boolean)
    where receipt.id = moved.id`.execute(tx)

/** A step that is taken twice, by whatever mischance, writes nothing the second time. */
const writeDeliveries = (tx: Tx, deliveries: readonly NewDelivery[]) =>
  sql`
    insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id, step, channel, address,
      message_id, urgency, queued_at, next_try_at)
    select id, notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id, step, channel, address,
      message_id, urgency, queued_at, queued_at
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as made(id uuid, notice_id uuid, mode text, receipt_id uuid,
      recipient_id uuid, institution_id uuid, contact_address_id uuid, step int, channel text, address text, message_id text,
      urgency int, queued_at timestamptz)
    on conflict (receipt_id, address, channel, step, purpose) do nothing`.execute(tx)
