import { takeSteps } from '#delivery/deliveries/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { fillIn } from '../fill-in.ts'
import { noticeForm, release, writeNotice, written } from '../notice.ts'
import { idIn } from '../pages.ts'
import type { MarketSample } from './making.ts'
import {
  all,
  desk,
  desks,
  desksAndAuditor,
  members,
  only,
  overview,
  overviewers,
  readers,
  sent,
  type Wing,
} from './wing.ts'

/** A request to report, to every institution and with a file; released by a second person and on its way by mail. */
const aNotice: MarketSample = async ({ site, desk, approver, at, one }) => {
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

const anAttachment: MarketSample = async ({ site, one }) => {
  const { id } = await site.db
    .selectFrom('notice_attachment')
    .where('notice_id', '=', await one('notice'))
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

const anUpload: MarketSample = async ({ site, desk, at }) => {
  const file = { file_name: '架空.txt', media_type: 'text/plain', digest: '0'.repeat(64), size: 1 }
  const { id } = await site.db
    .insertInto('notice_upload')
    .values({ ...file, content: Buffer.from('x'), uploaded_by: desk.person.id, uploaded_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Its code, which all its versions have. */
const aTemplate: MarketSample = async ({ desk, send }) => {
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
const anAudience: MarketSample = ({ desk, send }) => send(desk.client, '/audiences', audienceForm())

export const telling = {
  tables: {
    audience_group: { one: anAudience, seen: 'nothing' },
    audience_group_now: { one: ({ one }) => one('audience_group') },
    ladder: { one: ({ first }) => first('ladder'), seen: 'nothing' },
    ladder_now: { one: ({ one }) => one('ladder') },
    // What was sent to one's own institution.
    notice: { one: aNotice, seen: 'addressed' },
    notice_check: { one: ({ one }) => one('notice'), seen: 'nothing' },
    notice_attachment: { one: anAttachment, seen: 'addressed' },
    notice_template: { one: aTemplate, seen: 'nothing' },
    notice_template_now: { one: ({ one }) => one('notice_template') },
    notice_upload: { one: anUpload, seen: 'nothing' },
  },
  things: {
    // Sent to everyone; src/telling/notices/readers.test.ts has one that was sent to a few.
    '/notices': { market: 'notice' },
    '/notices/:id/attachments': { market: 'notice_attachment' },
    // The same notice, on one's own institution's page.
    '/inbox': { market: 'notice' },
    '/notice-templates': { market: 'notice_template' },
    '/ladders': { market: async () => 'routine' },
    '/ladders/:severity': { market: async () => 'all' },
    '/audiences': { market: 'audience_group' },
  },
  pages: {
    '/notices': overview,
    '/notices/new': desk,
    // Who does not look at the whole market is sent on to the inbox.
    '/notices/:id': { ...only(overviewers, 303), nobody: 303 },
    '/notices/:id/attachments/:attachment': all,
    // It was released: nothing is left to be checked or changed.
    '/notices/:id/check': sent(...desks, 'auditor'),
    '/notices/:id/answers': overview,
    '/notices/:id/institutions': sent(...desks, 'auditor'),
    '/notices/:id/edit': { ...readers(), secretariat: 409 },
    '/notices/:id/mail': desksAndAuditor,
    '/inbox': all,
    // Sent to every institution.
    '/inbox/:id': all,
    '/notice-templates': desksAndAuditor,
    '/notice-templates/new': desk,
    '/notice-templates/:code': desksAndAuditor,
    '/notice-templates/:code/edit': desk,
    '/ladders': overview,
    '/ladders/:severity/:scope': desk,
    '/audiences': desksAndAuditor,
    '/audiences/new': desk,
    '/audiences/:id': desksAndAuditor,
    '/audiences/:id/edit': desk,
    '/audiences/:id/institutions': desksAndAuditor,
  },
  forms: {
    '/notices': ['secretariat'],
    '/notices/:id': ['secretariat'],
    '/notices/:id/submission': ['secretariat'],
    '/notices/:id/drop': ['secretariat'],
    '/notices/:id/withdrawal': ['secretariat'],
    '/notices/:id/release': desks,
    '/notices/:id/return': desks,
    '/notices/:id/answer': members,
    '/notice-templates': ['secretariat'],
    '/notice-templates/:code': ['secretariat'],
    '/notice-templates/:code/removal': ['secretariat'],
    '/ladders/:severity/:scope': ['secretariat'],
    '/ladders/:severity/:scope/check': ['secretariat'],
    '/ladders/:severity/:scope/removal': ['secretariat'],
    '/audiences': ['secretariat'],
    '/audiences/:id': ['secretariat'],
    '/audiences/:id/removal': ['secretariat'],
  },
  async shown({ desk }) {
    const save = (words: Record<string, string>) => fillIn(desk, '/audiences/new', '/audiences', words)
    await save({
      name_ja: '取引所と清算・振替機関',
      name_en: 'Exchanges, clearing and depository',
      kinds: 'clearing_equities',
      markets: 'exchange',
    })
    const audience = await save({
      name_ja: '東京の機関と公社債の参加者',
      name_en: 'Tokyo and the bond market',
      areas: '13',
      markets: 'bonds',
      without: 'SPM-001',
    })
    return [
      { name: 'audience', path: audience, who: 'desk' },
      { name: 'audience-edit', path: `${audience}/edit`, who: 'desk' },
      { name: 'audience-find', path: `${audience}/edit`, who: 'desk', fill: { find_without: '証券' } },
      { name: 'audience-names', path: `${audience}/institutions`, who: 'desk' },
    ]
  },
  unshown: {
    '/notices/:id/attachments/:attachment': 'a file',
    '/notices/:id/mail': 'the mail itself, as mail programs show it',
  },
} satisfies Wing
