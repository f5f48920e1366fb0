import { sql } from 'kysely'
import { forInformation, type NoticeToRender, openReceipts, renderNotice } from '#delivery/deliveries/index.ts'
import { takesReplies } from '#ground/channels/available.ts'
import { channelNames } from '#ground/channels/channel.ts'
import type { Tx } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { issuedOf } from '#library/official-notices/index.ts'

/** Everything that the texts of a notice are made of, as the database has it; `at` is when it goes out. */
export async function readToRender(
  tx: Pick<Tx, 'selectFrom'>,
  id: string,
  { origin, config, at }: Pick<Tools, 'origin' | 'config'> & { at: Date },
): Promise<NoticeToRender> {
  const row = await tx
    .selectFrom('notice')
    .innerJoin('person', 'person.id', 'notice.drafted_by')
    .innerJoin('institution as office', 'office.id', 'person.institution_id')
    .leftJoin('contact_card as desk', (join) =>
      join.onRef('desk.institution_id', '=', 'office.id').on('desk.rank', '=', 1),
    )
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .leftJoin('official_notice as official', 'official.id', 'notice.official_notice_id')
    .leftJoin('notice as before', 'before.id', 'notice.replaces_id')
    .where('notice.id', '=', id)
    .select(['notice.id', 'notice.mode', 'notice.kind', 'notice.severity', 'notice.label', 'notice.answer_wanted'])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.text_ja', 'notice.text_en', 'notice.choices'])
    .select(['notice.answer_by', 'situation.title_ja', 'situation.title_en'])
    .select(['before.subject_ja as before_ja', 'before.subject_en as before_en', 'before.released_at as before_at'])
    .select(['official.issuer', 'official.reference', 'official.issued_on'])
    .select(['office.name_ja', 'office.name_en', 'desk.phone'])
    .select(({ selectFrom }) =>
      selectFrom('notice_attachment')
        .whereRef('notice_attachment.notice_id', '=', 'notice.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('attachments'),
    )
    .modifyEnd(keptPlan)
    .executeTakeFirstOrThrow()
  const { title_ja, title_en, before_ja, before_en, before_at, issuer, reference, issued_on, ...rest } = row
  const { name_ja, name_en, phone, attachments, ...notice } = rest
  return {
    ...notice,
    at,
    origin,
    takes_sms: takesReplies(config).sms,
    situation: title_ja !== null && title_en !== null ? { title_ja, title_en } : null,
    official: issuedOf({ issuer, reference, issued_on }),
    replaces:
      before_ja !== null && before_en !== null && before_at !== null
        ? { subject_ja: before_ja, subject_en: before_en, released_at: before_at }
        : null,
    attachments: attachments ?? 0,
    sender: { name_ja, name_en, phone },
  }
}

/** Stamps what a released notice says on each channel and whom it asks; from here on the ladder brings it to them. */
export async function sendOut(tx: Tx, notice: NoticeToRender, institution_ids: readonly string[]) {
  const told = notice.answer_wanted === 'none' ? [] : [{ is_informed: true, said: forInformation(notice) }]
  await tx
    .insertInto('rendering')
    .values(
      [{ is_informed: false, said: notice }, ...told].flatMap(({ is_informed, said }) =>
        channelNames.map((channel) => ({ notice_id: notice.id, channel, is_informed, ...renderNotice(said, channel) })),
      ),
    )
    .execute()
  return openReceipts(tx, notice, institution_ids, notice.at)
}
