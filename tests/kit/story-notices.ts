import { setTimeout as wait } from 'node:timers/promises'
import { fieldsOf, type Visitor } from '#simulate/index.ts'
import { sentTo } from './fill-in.ts'
import type { ShownPage } from './shown-page.ts'

type Told = {
  desk: Visitor
  approver: Visitor
  /** People of institutions, who answer. */
  contacts: Visitor[]
  /** Paths of an emergency, of an exercise, and of an official notice. */
  situation: string
  drill: string
  official: string
}

/** Notices in every state: written, put forward, released with answers, released by one, corrected, withdrawn. Gives their pages. */
export async function sendNotices({
  desk,
  approver,
  contacts,
  situation,
  drill,
  official,
}: Told): Promise<ShownPage[]> {
  const idOf = (path: string) => path.split('/')[2] ?? ''
  const write = async (address: string, change: Record<string, string>) => {
    const form = fieldsOf((await desk.get(address)).text, '/notices')
    return sentTo(await desk.post('/notices', { ...form, ...change })).replace(/\/check$/, '')
  }
  const submit = async (path: string) => {
    sentTo(
      await desk.post(`${path}/submission`, fieldsOf((await desk.get(`${path}/check`)).text, `${path}/submission`)),
    )
    return path
  }
  const release = async (path: string) => {
    const { text } = await approver.get(await submit(path))
    return sentTo(await approver.post(`${path}/release`, { ...fieldsOf(text, `${path}/release`), drill: 'yes' }))
  }
  const said = {
    everyone: 'yes',
    subject_ja: '対策本部会議への出席について',
    subject_en: 'Meeting of the command centre',
    text_ja: '本日16時から対策本部会議をオンラインで開きます。出席できるかどうかを回答してください。',
    text_en: 'The command centre meets online today at 16:00. Please say whether you can attend.',
  }
  const choice = {
    answer_wanted: 'choice',
    choices_ja: '出席する\n代理が出席する\n欠席する',
    choices_en: 'Yes\nA deputy\nNo',
  }
  const fresh = `/notices/new?kind=command_centre&situation=${idOf(situation)}`
  const sent = await release(await write(fresh, { ...said, ...choice }))
  for (const [index, contact] of contacts.entries())
    sentTo(
      await contact.post(`${sent}/answer`, {
        choice: String((index % 3) + 1),
        text: index === 0 ? '電車の運転見合わせのため10分遅れます。' : '',
      }),
    )
  const first = await release(
    await write(fresh, { ...said, subject_ja: '取引は15時に再開します', answer_wanted: 'none' }),
  )
  await release(await write(`/notices/new?replaces=${idOf(first)}`, { subject_ja: '取引は16時に再開します' }))
  const alone = await submit(await write(fresh, { ...said, subject_ja: '津波からの避難を優先してください' }))
  sentTo(
    await desk.post(`${alone}/release`, {
      ...fieldsOf((await desk.get(alone)).text, `${alone}/release`),
      drill: 'yes',
      override_reason: '承認者全員に電話したが、だれも出なかったため',
    }),
  )
  const withdrawal = sentTo(await desk.post(`${alone}/withdrawal`, {}))
  const drilled = await write(`/notices/new?kind=command_centre&situation=${idOf(drill)}`, said)
  const submitted = await submit(await write(fresh, { ...said, subject_ja: '清算の取扱いについて' }))
  return [
    { name: 'notice-write', path: fresh, who: 'desk' },
    { name: 'notice-ask', path: `/notices/new?kind=report_request&situation=${idOf(situation)}`, who: 'desk' },
    { name: 'notice-official', path: `/notices/new?kind=official&official=${idOf(official)}`, who: 'desk' },
    { name: 'notice-wrong', path: fresh, who: 'desk', fill: { subject_ja: '' } },
    { name: 'notice-correct', path: `/notices/new?replaces=${idOf(sent)}`, who: 'desk' },
    { name: 'notice-check-exercise', path: `${drilled}/check`, who: 'desk' },
    { name: 'notice-names-exercise', path: `${drilled}/institutions`, who: 'desk' },
    { name: 'notice-edit', path: `${drilled}/edit`, who: 'desk' },
    { name: 'notice-release', path: submitted, who: 'approver' },
    { name: 'notice-release-alone', path: submitted, who: 'desk' },
    { name: 'notice-sent', path: sent, who: 'desk' },
    { name: 'notice-answers', path: `${sent}/answers`, who: 'desk' },
    { name: 'notice-answers-chosen', path: `${sent}/answers?choice=1`, who: 'desk' },
    { name: 'notice-answers-found', path: `${sent}/answers?q=PTS`, who: 'desk' },
    { name: 'notice-sent-alone', path: alone, who: 'auditor' },
    { name: 'notice-sent-corrected', path: first, who: 'desk' },
    { name: 'deliveries', path: `${sent}/deliveries`, who: 'desk' },
    { name: 'delivery', path: await firstDelivery(desk, sent), who: 'desk' },
    { name: 'notice-withdrawal-check', path: withdrawal, who: 'desk' },
  ]
}

/** The workers write deliveries a moment after the release. */
async function firstDelivery(desk: Visitor, notice: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const { text } = await desk.get(`${notice}/deliveries`)
    const link = /href="(\/deliveries\/[^"]+)"/.exec(text)?.[1]
    if (link) return link
    await wait(50)
  }
  throw new Error('nothing was sent')
}
