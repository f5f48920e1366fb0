import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { Channel } from './channel.ts'
import { composePush, pushHeaders } from './compose-push.ts'
import { encryptPush } from './encrypt-push.ts'
import { outcomeOf, post, refusedAs } from './post.ts'
import { isPushEndpoint } from './push-services.ts'
import { openVapid } from './vapid.ts'

type PushTools = Pick<Tools, 'db' | 'clock' | 'config' | 'origin'>

/**
 * Notifications to browsers (RFC 8030, 8291, 8292). `address` is the endpoint of a subscription that is in use. A service that
 * says the browser is gone ends it.
 */
export function openWebPushChannel(
  { db, clock, config, origin }: PushTools,
  { timeout_ms = 10_000 }: { timeout_ms?: number } = {},
): Channel {
  const vapid = openVapid(config)
  /** Whether each push service that was used could be reached, the last time. */
  const reachable = new Map<string, boolean>()
  return {
    name: 'web_push',
    lanes: 10,
    async send(message) {
      const endpoint = message.address
      const subscription = await inUse(endpoint)
      if (!subscription) return refusedAs('this device takes no notifications any more')
      if (!isPushEndpoint(endpoint, config)) return refusedAs('no push service of the list (PUSH_SERVICES)')
      const posted = await post(
        {
          url: endpoint,
          headers: {
            authorization: vapid(endpoint, clock()),
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ...pushHeaders(message),
          },
          body: encryptPush(composePush(message, origin), subscription),
        },
        { timeout_ms, loopback: config.push_services.includes('localhost') },
      )
      if ('refused' in posted) return refusedAs(posted.refused)
      const service = new URL(endpoint).host
      reachable.set(service, !('lost' in posted && posted.reached === 'nothing'))
      if ('lost' in posted) {
        const { lost, reached } = posted
        // One service that is away says nothing about the others, until none answers.
        const is_server_lost = reached === 'nothing' && ![...reachable.values()].includes(true)
        const kind = ({ nothing: 'held', part: 'deferred', all: 'perhaps' } as const)[reached]
        return { kind, answer: lost, is_server_lost }
      }
      const { code, text } = posted
      if (code === 404 || code === 410) await endGone(subscription, code)
      else if (code < 300)
        await db
          .updateTable('push_subscription')
          .set({ last_sent_at: clock() })
          .where('id', '=', subscription.id)
          .execute()
      return outcomeOf(code, text)
    },
    close() {},
  }

  /** Not of somebody who has left, whatever their browser still takes. */
  function inUse(endpoint: string) {
    return db
      .selectFrom('push_subscription')
      .innerJoin('person', 'person.id', 'push_subscription.person_id')
      .where('endpoint', '=', endpoint)
      .where('ended_at', 'is', null)
      .where('person.left_at', 'is', null)
      .select(['push_subscription.id', 'p256dh', 'auth', 'person_id', 'device_name'])
      .executeTakeFirst()
  }

  async function endGone(
    { id, person_id, device_name }: { id: string; person_id: string; device_name: string },
    code: number,
  ) {
    const at = clock()
    await db.transaction().execute(async (tx) => {
      const ended = await tx
        .updateTable('push_subscription')
        .set({ ended_at: at, ended_reason: 'gone' })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (ended)
        await record(tx, { program: 'channels' }, at, {
          action: 'push.ended',
          about: '/account/notifications',
          details: { subscription_id: id, person_id, device_name, reason: 'gone', answer: code },
        })
    })
  }
}
