import assert from 'node:assert/strict'
import { sameOrigin } from '../site.ts'
import type { Making, MarketSample } from './making.ts'

/** What the form of a new improvement says. */
export const improvementForm = (change: Record<string, string> = {}): Record<string, string> => ({
  title: '架空の改善事項',
  finding: '架空の気付き',
  source: 'peacetime_use',
  version: '0',
  key: crypto.randomUUID(),
  ...change,
})
export const anImprovement: MarketSample = ({ desk, send }) => send(desk.client, '/improvements', improvementForm())

/** Sends what hangs on the sample; the form's key becomes its id. */
const hang = async ({ desk, one, send }: Making, path: string, form: Record<string, string>) => {
  const key = crypto.randomUUID()
  await send(desk.client, `/improvements/${await one('improvement')}/${path}`, { key, ...form })
  return key
}

export const aComment: MarketSample = (make) => hang(make, 'comments', { comment: '架空のコメント' })

export const aLink: MarketSample = async (make) => {
  const other = await make.send(make.desk.client, '/improvements', improvementForm({ title: '架空の関連' }))
  const { number } = await make.site.db
    .selectFrom('register_item')
    .where('id', '=', other)
    .select('number')
    .executeTakeFirstOrThrow()
  return hang(make, 'links', { relation: 'relates_to', to: `I-${number}` })
}

export const aFile: MarketSample = async ({ desk, one }) => {
  const form = new FormData()
  const key = crypto.randomUUID()
  form.set('key', key)
  form.set('file', new File(['架空の証拠'], '架空.txt', { type: 'text/plain' }))
  const answer = await desk.client.send('POST', `/improvements/${await one('improvement')}/files`, form, sameOrigin)
  assert.equal(answer.status, 303)
  return key
}

/** Its day is long past: it is due. */
export const aReview: MarketSample = async (make) => {
  await hang(make, 'reviews', { version: '0', next_on: '2027-01-15', looker_id: make.desk.person.id })
  return make.one('improvement')
}
