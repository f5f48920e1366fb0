import { takeSteps } from '#delivery/deliveries/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { noticeForm, release, writeNotice, written } from '../notice.ts'
import { idIn } from '../pages.ts'
import type { MarketSample } from './making.ts'

/** A request to report, to every institution and with a file; released by a second person and on its way by mail. */
export const aNotice: MarketSample = async ({ site, desk, approver, at, one }) => {
  const asking = noticeForm({
    kind: 'report_request',
    belongs_to: await one('situation'),
    answer_wanted: 'report',
    answer_by: toCivilInput(new Date(at.getTime() + 3_600_000)),
  })
  const attached = [new File(['架空の添付'], '架空.txt', { type: 'text/plain' })]
  const path = await written(await writeNotice(desk.client, asking, attached))
  await release(path, { author: desk.client, releaser: approver.client })
  await takeSteps(site.tools, ['mail'])
  return idIn(path)
}
export const aDraft: MarketSample = async ({ desk }) =>
  idIn(await written(await writeNotice(desk.client, noticeForm())))

export const anAttachment: MarketSample = async ({ site, one }) => {
  const { id } = await site.db
    .selectFrom('notice_attachment')
    .where('notice_id', '=', await one('notice'))
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

export const anUpload: MarketSample = async ({ site, desk, at }) => {
  const file = { file_name: '架空.txt', media_type: 'text/plain', digest: '0'.repeat(64), size: 1 }
  const { id } = await site.db
    .insertInto('notice_upload')
    .values({ ...file, content: Buffer.from('x'), uploaded_by: desk.person.id, uploaded_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Its code, which all its versions have. */
export const aTemplate: MarketSample = async ({ desk, send }) => {
  const named = { name_ja: '架空のひな形', name_en: 'Fictional', code: crypto.randomUUID() }
  return send(desk.client, '/notice-templates', { ...noticeForm(), ...named })
}

/** What the form of a group that is addressed together says: everyone. */
export const audienceForm = (change: Record<string, string> = {}): Record<string, string> => ({
  name_ja: '架空の宛先',
  name_en: 'Fictional',
  everyone: 'yes',
  idempotency_key: crypto.randomUUID(),
  ...change,
})
export const anAudience: MarketSample = ({ desk, send }) => send(desk.client, '/audiences', audienceForm())
