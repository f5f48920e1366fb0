import { createTransport } from 'nodemailer'
import { readPerson } from '#access/sign-in/index.ts'
import { deliverDue, linkToken, takeSteps } from '#delivery/deliveries/index.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import type { Mode } from '#ground/db/tables.ts'
import { openTransport } from '#ground/mail/transport.ts'
import type { Person } from '#ground/rights/person.ts'
import { nobody } from '#telling/audience/index.ts'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { type TestSmtp, testSmtp } from './mail.ts'
import { seenNow, testDraft } from './notices.ts'
import type { TestSite } from './site.ts'

/** The secretariat of the demo market, as a person. */
export async function deskOf(site: TestSite): Promise<Person> {
  return (await readPerson(site.db, (await site.accountOf('secretariat')).id))!
}

/** Releases a notice, of an exercise if nothing else is said, to these institutions of the demo market, and sends what is due by mail to a real SMTP server. */
export async function sendTest(
  site: TestSite,
  codes: readonly string[],
  draft: Partial<NoticeDraft> & { mode?: Mode } = {},
  smtp?: TestSmtp,
) {
  const { mode = 'exercise' } = draft
  const { tools } = site
  const desk = await deskOf(site)
  const audience = { ...nobody, institutions: [...codes] }
  const { id } = await draftNotice(tools, desk, testDraft({ mode, audience, ...draft }))
  const seen = await seenNow(tools, id)
  await submitNotice(tools, desk, { id, version: 1, seen })
  const override_reason = mode === 'actual' ? 'nobody else could be reached' : null
  const released = await releaseNotice(tools, desk, { id, version: 1, seen, mode, override_reason })
  if ('failed' in released) throw new Error(released.failed)
  return { id, mails: await sendDue(site, smtp) }
}

/** Takes the steps that are due and hands over every mail; gives what a real server took. */
export async function sendDue(site: TestSite, smtp?: TestSmtp) {
  const server = smtp ?? (await testSmtp())
  const transport = openTransport({ smtp_url: server.url, mail_from: site.tools.config.mail_from })
  try {
    await takeSteps(site.tools, ['mail', 'sms'])
    await deliverDue(site.tools, mailChannel(transport))
  } finally {
    transport.close()
    if (!smtp) await server.close()
  }
  return server.read()
}

/** The recipients of a notice, those of one institution first to last, with the token of each. */
export async function recipientsOf(site: TestSite, notice_id: string, code: string) {
  const rows = await site.db
    .selectFrom('recipient')
    .innerJoin('institution', 'institution.id', 'recipient.institution_id')
    .where('recipient.notice_id', '=', notice_id)
    .where('institution.code', '=', code)
    .selectAll('recipient')
    .orderBy('recipient.rank')
    .execute()
  return rows.map((row) => ({
    ...row,
    token: linkToken(site.tools.config.secret, row.number),
    mail: row.addresses.find(({ means }) => means === 'mail')?.address ?? '',
    mobile: row.addresses.find(({ means }) => means === 'mobile')?.address ?? '',
  }))
}

export const receiptOf = (site: TestSite, id: string) =>
  site.db.selectFrom('receipt').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
export const answersOfReceipt = (site: TestSite, id: string) =>
  site.db.selectFrom('answer').where('receipt_id', '=', id).selectAll().orderBy('answered_at').execute()
export const repliesOf = (site: TestSite) =>
  site.db.selectFrom('reply').selectAll().orderBy('received_at').orderBy('id').execute()
/** What the program itself wrote to the people of a receipt beside the notice. */
export const ownMessagesOf = (site: TestSite, receipt_id: string) =>
  site.db
    .selectFrom('delivery')
    .where('receipt_id', '=', receipt_id)
    .where('purpose', '!=', 'notice')
    .selectAll()
    .orderBy('queued_at')
    .orderBy('step')
    .execute()

export type Written = {
  from?: string
  envelope_from?: string
  to: string
  message_id?: string
  text?: string
  html?: string
  headers?: Record<string, string>
  encoding?: string
  raw?: string | Buffer
}

/** Writes to the intake as a mail server would. */
export async function writeTo(port: number, { envelope_from, from = '', to, message_id, raw, ...mail }: Written) {
  const mailer = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  const envelope = { from: envelope_from ?? from, to: [to] }
  await mailer
    .sendMail(
      raw === undefined
        ? { envelope, from, to, subject: 'Re: 通知', ...(message_id && { messageId: message_id }), ...mail }
        : { envelope, raw },
    )
    .finally(() => mailer.close())
}

/** An exercise that is open since `now`. */
export async function openDrill(site: TestSite, now: Date): Promise<string> {
  const { id } = await deskOf(site)
  const row = await site.db
    .insertInto('situation')
    .values({
      ...{ mode: 'exercise', hazard: 'earthquake', title_ja: '架空の地震', title_en: 'Fictional quake' },
      ...{ text_ja: '', text_en: '', event_at: now, update_minutes: 60, reason: 'test', opened_by: id, opened_at: now },
      ...{ proposal_id: null, criterion_id: null, criterion_version: null, closing_reason: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
