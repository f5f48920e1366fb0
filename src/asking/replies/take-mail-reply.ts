import { createHash } from 'node:crypto'
import { numberOfToken } from '#delivery/deliveries/index.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import { type Beyond, isTextCut, parseMail } from '#ground/mail/parse-mail.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { answerables, namesOf, speaks } from './answerable.ts'
import { confirmBack, sameAddress } from './confirm-back.ts'
import { trueSender } from './envelope.ts'
import { giveAnswer } from './give-answer.ts'
import { isAutomatic } from './is-automatic.ts'
import { keepReply } from './keep-reply.ts'
import { mailWords } from './mail-words.ts'
import { noteReply } from './note-reply.ts'
import type { Stands } from './stands.ts'
import { understand } from './understand.ts'

/** The recipient's number that an address reply+<token>@<our host> names; undefined when it is none that we made. */
export function numberOfReplyPath(config: Tools['config'], address: string): string | undefined {
  const [, token = '', host = ''] = /^reply\+([0-9a-z]{26})@(.+)$/i.exec(address) ?? []
  return host.toLowerCase() === hostOf(config).toLowerCase() ? numberOfToken(config.secret, token) : undefined
}

/**
 * Takes a reply by mail, once however often it comes. It is an answer only when both the mail and its envelope are from an address
 * of the very person the notice was sent to; whatever else it is, it is kept for the desk. (An envelope that our own server has
 * rewritten past reading says nothing either way.) Only such a person is written back to,
 * and never a machine. Throws while it cannot be written down.
 */
export async function takeMailReply(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  { from, to, beyond }: { from: string; to: string; beyond?: Beyond },
  mail: Uint8Array,
): Promise<void> {
  const { db, clock, config } = tools
  const number = numberOfReplyPath(config, to)
  if (number === undefined) throw new Error('no address for replies')
  const at = clock()
  const parsed = await parseMail(mail)
  const text = parsed ? mailWords(parsed, isTextCut(mail, parsed, beyond)) : ''
  const sender = parsed?.from?.address ?? ''
  const digest = createHash('sha256').update(mail).digest('hex')
  const came = {
    channel: 'mail' as const,
    message_id: (parsed?.messageId?.replaceAll('\0', '') || digest).slice(0, 1000),
    // A mail may say it is from one and come from another.
    sender: (sender && !sameAddress(sender, from) ? `${sender} (${from})` : from).replaceAll('\0', '').slice(0, 320),
    subject: (parsed?.subject ?? '').replaceAll('\0', '').toWellFormed().slice(0, 300),
    text,
    received_at: at,
  }

  await db.transaction().execute(async (tx) => {
    const target = await answerables(tx).where('recipient.number', '=', number).executeTakeFirst()
    const isOwn = (address: string) =>
      target?.addresses.some((each) => each.means === 'mail' && sameAddress(each.address, address)) === true
    const machine = !parsed || isAutomatic(parsed, from)
    const envelope = trueSender(from, hostOf(config))
    const is_from_them = isOwn(sender) && ('rewritten' in envelope || isOwn(envelope.address))
    const said = target && understand(text, { ...target, names: namesOf(target) })
    const finding = !target
      ? 'unknown'
      : machine
        ? 'automatic'
        : !is_from_them
          ? 'other_sender'
          : !speaks(target) || !target.addresses_now.some((each) => sameAddress(each, sender))
            ? 'removed'
            : said
              ? null
              : 'unclear'
    let stands: Stands | null = null
    const kept = await keepReply(tx, came, target, finding, async (reply_id) => {
      if (!target || !said) return 'over'
      const given = await giveAnswer(tx, tools, at, target, said, { via: 'mail', idempotency_key: reply_id })
      stands = given.stands
      return given.taken
    })
    // It came before: whatever was to be done has been done.
    if (!kept) return
    if (target && is_from_them && !machine)
      await confirmBack(tx, tools, at, target, {
        outcome: kept.outcome,
        said: said ?? null,
        stands,
        channel: 'mail',
        address: sender,
      })
    await noteReply(tx, at, kept, 'mail', target)
  })
}
