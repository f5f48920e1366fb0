import { sql } from 'kysely'
import type { InboundSms } from '#ground/channels/gateway/read-inbound-sms.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Answerable, answerables, namesOf, speaks, standing } from './answerable.ts'
import { confirmBack, sameAddress } from './confirm-back.ts'
import { giveAnswer } from './give-answer.ts'
import { keepReply } from './keep-reply.ts'
import { noteReply } from './note-reply.ts'
import { text_length_max } from './own-words.ts'
import type { Stands } from './stands.ts'
import { understand } from './understand.ts'

/** Of what a number was ever sent, this much is looked at, newest first. */
const looked_at_max = 200

/**
 * Takes a reply by SMS that the gateway passed on, once however often it tells us. Whose it is follows from the number and the code
 * that stands in the message; without a code only when exactly one message sent to that number still waits for an answer. Throws
 * while it cannot be written down.
 */
export async function takeSms(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  { from, text, gateway_id }: InboundSms,
): Promise<void> {
  const at = tools.clock()
  await tools.whole.transaction().execute(async (tx) => {
    const known = await sentTo(tx, from)
    const { target, rest, is_meant } = whichOf(known, text, at)
    const said = target && is_meant ? understand(rest, { ...target, names: namesOf(target) }) : null
    const is_theirs = target && speaks(target) && target.addresses_now.some((each) => sameAddress(each, from))
    const finding = !target ? 'unknown' : !is_theirs ? 'removed' : !is_meant ? 'no_code' : said ? null : 'unclear'
    const came = {
      channel: 'sms' as const,
      ...{ message_id: gateway_id, sender: from, subject: '', received_at: at },
      text: text.slice(0, text_length_max),
    }
    let stands: Stands | null = null
    const kept = await keepReply(tx, came, target, finding, async (reply_id) => {
      if (!target || !said) return 'over'
      const given = await giveAnswer(tx, tools, at, target, said, { via: 'sms', idempotency_key: reply_id })
      stands = given.stands
      return given.taken
    })
    // It came before: whatever was to be done has been done.
    if (!kept) return
    const back = { outcome: kept.outcome, said, stands, channel: 'sms' as const, address: from }
    if (target) await confirmBack(tx, tools, at, target, back)
    await noteReply(tx, at, kept, 'sms', target)
  })
}

/** What was sent to this number by SMS, newest first. */
const sentTo = (tx: Tx, number: string) =>
  answerables(tx)
    .where(sql<boolean>`recipient.addresses @> ${JSON.stringify([{ address: number }])}::jsonb`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('delivery')
          .whereRef('delivery.recipient_id', '=', 'recipient.id')
          .where('delivery.channel', '=', 'sms')
          .where('delivery.purpose', '=', 'notice')
          .where('delivery.state', 'in', ['sent', 'perhaps', 'sending'])
          .select('delivery.id'),
      ),
    )
    .orderBy('notice.released_at', 'desc')
    .orderBy('recipient.number', 'desc')
    .limit(looked_at_max)
    .execute()

/**
 * Which message an SMS answers, and what it says beside the code. `isMeant` false: several wait and it names none; the target is then
 * the newest of them, of which it is asked which. Pure.
 */
function whichOf(
  known: readonly Answerable[],
  text: string,
  now: Date,
): { target: Answerable | undefined; rest: string; is_meant: boolean } {
  const words = text.normalize('NFKC').toUpperCase()
  const named = known.find(({ reply_code }) =>
    // People leave out the blank behind the number.
    new RegExp(`(^[1-9]?|[^0-9A-Z])${reply_code}([^0-9A-Z]|$)`).test(words.split('\n', 1)[0] ?? ''),
  )
  if (named) {
    const rest = text.normalize('NFKC').replace(new RegExp(`[\\s「」"']*${named.reply_code}[\\s「」"']*`, 'i'), ' ')
    return { target: named, rest: rest.trim(), is_meant: true }
  }
  const open = known.filter((each) => standing(each, now) === 'open')
  const [only] = open
  if (only) return { target: only, rest: text, is_meant: open.length === 1 }
  return { target: known[0], rest: text, is_meant: true }
}
