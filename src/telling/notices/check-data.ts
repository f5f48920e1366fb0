import { type Blanks, filled, inHtml, previewSteps, type Rendering, renderNotice } from '#delivery/deliveries/index.ts'
import { channelsOf, takesReplies } from '#ground/channels/available.ts'
import { type ChannelName, channelNames } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { Audience, nobody, previewAudience, readAudienceNames } from '#telling/audience/index.ts'
import { addressedBy } from './addressed-by.ts'
import { namesIn, readDifference } from './check-difference.ts'
import { checkedNow } from './checked.ts'
import { isSecond } from './is-second.ts'
import { attachmentsOf, type NoticeView, readNotice } from './queries.ts'
import { readToRender } from './send-out.ts'
import { secondPeople } from './waiting-for.tsx'

/** Everything that one press would do, by the directory and the clock of this moment; nothing is written. */
export async function readCheck(
  tools: Pick<Tools, 'db' | 'whole' | 'config' | 'clock' | 'origin'>,
  reader: Person,
  id: string,
) {
  const { db, config, clock } = tools
  const at = clock()
  const notice = await readNotice(db, reader, id)
  const now = await checkedNow(db, tools, notice, at)
  const { institution_ids } = now
  const audience = audienceOf(notice)
  const channels = channelsOf(config)
  const is_waiting = notice.state === 'submitted' && notice.mode === 'actual'
  const [steps, renderings, attachments, preview, names, institutions, difference, left_out, second, second_people] =
    await Promise.all([
      previewSteps(tools, notice, institution_ids, channels, at),
      sampleRenderings(tools, notice, institution_ids[0], at),
      attachmentsOf(db, id),
      notice.replaces_id ? null : previewAudience(db, audience, at),
      readAudienceNames(db, audience),
      notice.replaces_id ? namesOf(db, institution_ids) : [],
      readDifference(db, id, now),
      namesIn(db, 'contact', now.left_out),
      isSecond(db, reader, notice, at),
      is_waiting ? secondPeople(db, notice, at) : null,
    ])
  return {
    notice,
    /** Names everything that is shown here: what the press after it is held to. */
    seen: now.digest,
    /** What changed since it was written or put forward. */
    difference,
    /** Whether this reader is the second person of it. */
    second,
    audience,
    names,
    /** Null where it goes to those whom another notice reached: their names are `institutions`. */
    preview,
    institutions,
    /** Who had the notice that this replaces, and does not get this: no longer a contact, or no address that takes something. */
    left_out: [...left_out.values()],
    count: institution_ids.length,
    /** Of them those of whom nothing is asked, where an answer is wanted. */
    informed: notice.answer_wanted === 'none' ? 0 : institution_ids.length - now.asked,
    steps,
    renderings: renderings.filter(({ channel }) => channels.includes(channel)),
    missing: channelNames.filter((channel) => !channels.includes(channel)),
    attachments,
    /** Of what is real and waits: who can release it. */
    second_people,
  }
}
export type Check = Awaited<ReturnType<typeof readCheck>>

/** The names of those whom it would reach, and of those among them whom nothing can be sent to. */
export async function readAddressed({ db, clock }: Pick<Tools, 'db' | 'clock'>, notice: NoticeView) {
  const at = clock()
  if (notice.replaces_id) return { all: await namesOf(db, await addressedBy(db, notice, at)), unreachable: [] }
  const { institutions, unreachable } = await previewAudience(db, audienceOf(notice), at)
  return { all: institutions, unreachable }
}

const audienceOf = ({ audience }: NoticeView) => Audience.safeParse(audience).data ?? nobody

const namesOf = (db: Database, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : db
        .selectFrom('institution')
        .where('id', 'in', ids)
        .select(['code', 'kind', 'name_ja', 'name_en'])
        .orderBy('code')
        .execute()

export type Sample = Rendering & { channel: ChannelName }

/** How it looks on each channel, as the first of those addressed would get it; link and code are invented. */
async function sampleRenderings(
  { db, origin, config }: Pick<Tools, 'db' | 'origin' | 'config'>,
  { id }: NoticeView,
  institution_id: string | undefined,
  at: Date,
): Promise<Sample[]> {
  const [notice, someone] = await Promise.all([
    readToRender(db, id, { origin, config, at }),
    institution_id ? readSomeone(db, institution_id) : undefined,
  ])
  const blanks: Blanks = {
    institution_ja: someone?.name_ja ?? '（機関名）',
    institution_en: someone?.name_en ?? '(institution)',
    contact_ja: someone?.contact_ja ?? '（担当者名）',
    contact_en: someone?.contact_en ?? someone?.contact_ja ?? '(name)',
    link: notice.answer_wanted === 'none' ? `${origin}/notices/${id}` : `${origin}/a/${'0'.repeat(26)}`,
    code: 'A1B2C',
  }
  return channelNames.map((channel) => {
    const { subject, body, html } = renderNotice(notice, channel)
    const of = { ...blanks, takes_replies: channel === 'mail' && takesReplies(config).mail }
    return {
      channel,
      subject: filled(subject, of),
      body: filled(body, of),
      html: html && filled(html, of, inHtml),
    }
  })
}

const readSomeone = (db: Database, institution_id: string) =>
  db
    .selectFrom('institution')
    .leftJoin('contact', (join) =>
      join.onRef('contact.institution_id', '=', 'institution.id').on('contact.removed_at', 'is', null),
    )
    .where('institution.id', '=', institution_id)
    .select(['institution.name_ja', 'institution.name_en'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
    .orderBy('contact.rank')
    .limit(1)
    .executeTakeFirst()

/** The HTML part of the mail as it would go out, for a frame of its own. */
export async function readSampleMail(
  tools: Pick<Tools, 'db' | 'origin' | 'clock' | 'config'>,
  reader: Person,
  id: string,
) {
  const notice = await readNotice(tools.db, reader, id)
  const at = notice.released_at ?? tools.clock()
  const [first] = await addressedBy(tools.db, notice, at)
  return (await sampleRenderings(tools, notice, first, at)).find(({ channel }) => channel === 'mail')?.html ?? ''
}
