import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Mode } from '#ground/db/tables.ts'
import { openTransport } from '#ground/mail/transport.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { refusal, testSmtp } from '#tests/kit/mail.ts'
import { testTools } from '#tests/kit/tools.ts'
import { queueLetter } from './queue-letter.ts'
import { type LetterOutcomes, sendLetters } from './send-letters.ts'

let database: TestDatabase
let { tools, pass } = {} as ReturnType<typeof testTools>

before(async () => {
  database = await testDatabase()
  ;({ tools, pass } = testTools(database.db))
})
after(() => database.close())

const post = (address: string, purpose = 'invitation', mode: Mode = 'actual') =>
  database.db.transaction().execute((tx) =>
    queueLetter(tx, tools, tools.clock(), {
      address,
      subject: '招待\r\nBcc: all@firm.example Invitation',
      body: '架空 花子 様\n\n招待します。',
      about: '/invitations',
      label: 'red',
      mode,
      purpose,
    }),
  )
const letter = (id: string) =>
  database.db.selectFrom('letter').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const handing = async (url: string, outcomes: LetterOutcomes = {}) => {
  const transport = openTransport({ smtp_url: url, mail_from: 'noroshi@market.example' })
  await sendLetters(tools, transport, outcomes).finally(() => transport.close())
}

test('a letter arrives once, with its label, and its subject stays one line', async () => {
  const smtp = await testSmtp()
  const id = await post('hanako@firm.example')
  await Promise.all([handing(smtp.url), handing(smtp.url)])
  await handing(smtp.url)
  const [mail, ...more] = await smtp.read()
  await smtp.close()
  assert.equal(more.length, 0)
  assert.equal(mail?.messageId, `<${id}@market.example>`)
  assert.equal(mail?.subject, '招待 Bcc: all@firm.example Invitation')
  assert.deepEqual(
    mail?.to?.map(({ address }) => address),
    ['hanako@firm.example'],
  )
  assert.match(mail?.text ?? '', /招待します。[\s\S]*TLP:RED/)
  assert.deepEqual(await letter(id).then(({ state, attempts }) => [state, attempts]), ['sent', 1])
})

test('a letter about a drill says so in its header, and asks machines for no answer but what did not arrive', async () => {
  const smtp = await testSmtp()
  for (const mode of ['actual', 'exercise', 'test'] as const) {
    await post(`${mode}@firm.example`, 'invitation', mode)
    await handing(smtp.url)
  }
  const mails = await smtp.read()
  await smtp.close()
  const header = (at: number, name: string) => mails[at]?.headers.find(({ key }) => key === name)?.value
  for (const [at, mode] of ['actual', 'exercise', 'test'].entries()) {
    assert.equal(header(at, 'x-noroshi-mode'), mode)
    assert.equal(header(at, 'auto-submitted'), 'auto-generated')
    const suppressed = header(at, 'x-auto-response-suppress')?.split(', ') ?? []
    assert.ok(suppressed.includes('OOF') && suppressed.includes('AutoReply'))
    assert.ok(!suppressed.includes('All') && !suppressed.includes('NDR'))
  }
})

test('a letter of a transaction that fails is never sent', async () => {
  await assert.rejects(
    database.db.transaction().execute(async (tx) => {
      await queueLetter(tx, tools, tools.clock(), {
        address: 'nobody@firm.example',
        subject: 'x',
        body: 'x',
        about: '/home',
        label: 'red',
        mode: 'actual',
        purpose: 'x',
      })
      throw new Error('no')
    }),
  )
  const smtp = await testSmtp()
  await handing(smtp.url)
  assert.equal(smtp.mails.length, 0)
  await smtp.close()
})

test('what the server refuses for good is not tried again, stands in the trail, and who asked is told', async () => {
  const smtp = await testSmtp({
    rcpt: () => {
      throw refusal(550, 'no such user')
    },
  })
  const id = await post('gone@firm.example', 'address-test')
  const heard: string[] = []
  await handing(smtp.url, { 'address-test': async (_tx, { id }, { kind }) => void heard.push(`${id} ${kind}`) })
  pass(3600)
  await handing(smtp.url)
  await smtp.close()
  assert.deepEqual(heard, [`${id} refused`])
  const { state, attempts, answer } = await letter(id)
  assert.deepEqual([state, attempts], ['failed', 1])
  assert.match(answer ?? '', /550/)
  const [line] = await database.db.selectFrom('trail').selectAll().orderBy('id', 'desc').limit(1).execute()
  assert.equal(line?.action, 'letter.failed')
  assert.equal((line?.details as { letter_id?: string } | undefined)?.letter_id, id)
})

test('while the server is away a letter waits, and takes no attempt; back again it is sent', async () => {
  const gone = await testSmtp()
  await gone.close()
  const id = await post('wait@firm.example')
  await handing(gone.url)
  assert.deepEqual(await letter(id).then(({ state, attempts }) => [state, attempts]), ['waiting', 0])
  pass(60)
  const back = await testSmtp()
  await handing(back.url)
  await back.close()
  assert.equal(back.mails.length, 1)
  assert.equal((await letter(id)).state, 'sent')
})

test('a letter whose sender died is due again after its lease, under the same Message-ID', async () => {
  const id = await post('again@firm.example')
  await database.db
    .updateTable('letter')
    .set({ attempts: 1, next_try_at: new Date(tools.clock().getTime() + 90_000) })
    .where('id', '=', id)
    .execute()
  const smtp = await testSmtp()
  await handing(smtp.url)
  assert.equal(smtp.mails.length, 0)
  pass(91)
  await handing(smtp.url)
  const [mail] = await smtp.read()
  await smtp.close()
  assert.equal(mail?.messageId, `<${id}@market.example>`)
})
