import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import type { Database } from '#ground/db/database.ts'
import { formValues } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AddressPage, isDone } from './address-page.tsx'
import { type EditedAddress, readAddress } from './queries.ts'
import { code_digits, sendCode, tries_max } from './send-code.ts'
import { enterCode, verifyByCall } from './verify-address.ts'
import { enableWebhook, readWebhookState, rotateSecret } from './webhook-state.ts'

const messages = inBoth({
  ja: {
    often: '1時間に送れるコードの数を超えました。しばらく待ってから送ってください',
    no_mail: 'この連絡手段にはコードを送れません',
    wrong: (left: number) =>
      left > 0
        ? `コードが違います。あと${left}回入力できます`
        : `コードが違います。${tries_max}回間違えたので、新しいコードを送ってください`,
    none: 'コードの期限が切れたか、まだ送っていません。新しいコードを送ってください',
    code: `${code_digits}桁のコードを入力してください`,
    spoke_to: '話した相手の氏名を60文字以内で入力してください',
    did_call: '電話をかけて確認したら、印を付けてください',
    self: 'ご自分の番号は、ご自分では確認できません',
    mail: 'メールは確認コードで確認してください',
  },
  en: {
    often: 'No more codes can be sent within this hour. Please wait a while',
    no_mail: 'No code can be sent there',
    wrong: (left: number) =>
      left > 0
        ? `This is not the code. ${left} more tries`
        : `This is not the code. After ${tries_max} tries, send a new one`,
    none: 'There is no code, or it is too old. Send a new one',
    code: `Enter the ${code_digits} digits of the code`,
    spoke_to: 'Enter the name of the person who answered, in up to 60 characters',
    did_call: 'Tick this once you have called',
    self: 'You cannot verify your own number',
    mail: 'Verify a mail address with a code',
  },
})

export const addressRoutes = new Hono<AppEnv>()

addressRoutes.get('/contacts/addresses/:id', async (c) => {
  const address = await readAddress(c.var.tools.db, readerOf(c), c.req.param('id'))
  const done = c.req.query('done')
  return page(c, <AddressPage {...(await stateOf(c, address))} done={isDone(done) ? done : undefined} />)
})

addressRoutes.post('/contacts/addresses/:id/code', async (c) => {
  const by = readerOf(c)
  const address = await readAddress(c.var.tools.db, by, c.req.param('id'))
  const answer = await sendCode(c.var.tools, by, address)
  return answer ? again(c, address, { code: messages[c.var.language][answer.failed] }) : back(c, address)
})

addressRoutes.post('/contacts/addresses/:id/verification', async (c) => {
  const by = readerOf(c)
  const say = messages[c.var.language]
  const address = await readAddress(c.var.tools.db, by, c.req.param('id'))
  const { code = '' } = await formValues(c.req.raw)
  if (code.trim() === '') return again(c, address, { code: say.code })
  const answer = await enterCode(c.var.tools, by, address, code.slice(0, 50))
  if (!answer) return back(c, address, '?done=verified')
  return again(c, address, { code: answer.failed === 'wrong' ? say.wrong(answer.left) : say.none })
})

addressRoutes.post('/contacts/addresses/:id/call', async (c) => {
  const by = readerOf(c)
  const say = messages[c.var.language]
  const address = await readAddress(c.var.tools.db, by, c.req.param('id'))
  const values = await formValues(c.req.raw)
  const spoke_to = (values.spoke_to ?? '').normalize('NFC').trim()
  const problems = {
    ...((spoke_to === '' || [...spoke_to].length > 60 || /\p{Cc}/u.test(spoke_to)) && { spoke_to: say.spoke_to }),
    ...(!values.did_call && { did_call: say.did_call }),
  }
  if (Object.keys(problems).length > 0) return again(c, address, problems, values)
  const answer = await verifyByCall(c.var.tools, by, address, spoke_to)
  return answer ? again(c, address, { spoke_to: say[answer.failed] }, values) : back(c, address, '?done=verified')
})

addressRoutes.post('/contacts/addresses/:id/rotation', confirmed(null), async (c) => {
  const by = readerOf(c)
  const address = await readAddress(c.var.tools.db, by, c.req.param('id'))
  const { generation = '' } = await formValues(c.req.raw)
  await rotateSecret(c.var.tools, by, address, Number(generation))
  return back(c, address, '?done=rotated')
})

addressRoutes.post('/contacts/addresses/:id/enabling', async (c) => {
  const by = readerOf(c)
  const address = await readAddress(c.var.tools.db, by, c.req.param('id'))
  await enableWebhook(c.var.tools, by, address)
  return back(c, address, '?done=enabled')
})

const back = (c: Context<AppEnv>, { id }: EditedAddress, query = '') =>
  c.redirect(`/contacts/addresses/${id}${query}`, 303)

async function again(
  c: Context<AppEnv>,
  address: EditedAddress,
  problems: Problems,
  values: Record<string, string> = {},
) {
  return page(c, <AddressPage {...(await stateOf(c, address))} {...{ problems, values }} />, 422)
}

async function stateOf(c: Context<AppEnv>, address: EditedAddress) {
  const { db, clock } = c.var.tools
  const is_sent = await isSent(db, address.id, clock())
  return { address, is_sent, webhook: await readWebhookState(c.var.tools, address) }
}

/** Whether a code for this address can still be entered. */
const isSent = async (db: Database, address_id: string, at: Date) =>
  (await db
    .selectFrom('address_code')
    .where('contact_address_id', '=', address_id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .select('id')
    .limit(1)
    .executeTakeFirst()) !== undefined
