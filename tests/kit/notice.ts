import assert from 'node:assert/strict'
import type { TestSite } from './site.ts'
import { sameOrigin } from './site.ts'

type Client = TestSite['nobody']

/** What the form of a notice to everyone says, one that wants to be acknowledged. */
export const noticeForm = (change: Record<string, string> = {}): Record<string, string> => ({
  kind: 'command_centre',
  belongs_to: 'none:actual',
  severity: 'urgent',
  label: 'green',
  subject_ja: '対策本部を設置しました',
  subject_en: 'The command centre is at work',
  text_ja: '各機関は状況を確認してください。',
  text_en: 'Please check your status.',
  answer_wanted: 'acknowledge',
  everyone: 'yes',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

/** Writes a notice as a browser does, in parts; gives the answer. */
export function writeNotice(client: Client, form: Record<string, string>, files: File[] = [], at = '/notices') {
  const body = new FormData()
  // A box that is not ticked is not sent.
  for (const [name, value] of Object.entries(form)) if (name !== 'everyone' || value) body.append(name, value)
  for (const file of files) body.append('attachments', file)
  return client.send('POST', at, body, sameOrigin)
}

/** The path of the notice that was written. */
export async function written(answer: Response): Promise<string> {
  assert.equal(answer.status, 303, (await answer.clone().text()).replace(/<[^>]*>/g, ' ').slice(0, 3000))
  return (answer.headers.get('location') ?? '').replace(/\/check$/, '')
}

/** The fields of the form that posts to this path, as the page has them. */
export function hiddenIn(page: string, action: string): Record<string, string> {
  const [form = ''] = new RegExp(`<form[^>]*action="${action}".*?</form>`, 's').exec(page) ?? []
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

/** Puts a draft forward and has it released by another, as they see it. */
export async function release(path: string, { author, releaser }: { author: Client; releaser: Client }) {
  const check = await (await author.get(`${path}/check`)).text()
  const put = await author.post(`${path}/submission`, hiddenIn(check, `${path}/submission`))
  assert.equal(put.status, 303)
  const page = await (await releaser.get(path)).text()
  const released = await releaser.post(`${path}/release`, { ...hiddenIn(page, `${path}/release`), drill: 'yes' })
  assert.equal(released.status, 303, (await released.clone().text()).replace(/<[^>]*>/g, ' ').slice(0, 3000))
}
