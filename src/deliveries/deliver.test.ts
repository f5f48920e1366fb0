import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailChannel } from '#channels/index.ts'
import { type TestDatabase, testDatabase } from '#db/test-database.ts'
import { openTransport } from '#mail/index.ts'
import { testSmtp } from '#mail/testing.ts'
import { draftNotice, releaseNotice, submitNotice } from '#notices/index.ts'
import { testDraft } from '#notices/testing.ts'
import { testMarket, testTools } from '#rounds/testing.ts'
import { deliverDue } from './deliver.ts'
import { takeSteps } from './take-steps.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 3)
})
after(() => store.close())

test('S0-21 a released notice reaches the primary contact of every institution, then the deputy by the ladder', async () => {
  const { tools, pass } = testTools(store.db)
  const smtp = await testSmtp()
  const transport = openTransport({ smtp_url: smtp.url, mail_from: tools.config.mail_from })
  const channel = mailChannel(transport)
  try {
    const { id } = await draftNotice(tools, market.desk, testDraft({ mode: 'exercise' }))
    assert.deepEqual(await submitNotice(tools, market.desk, { id, version: 1 }), { id })
    const release = { id, version: 1, mode: 'exercise' as const, override_reason: null }
    assert.deepEqual(await releaseNotice(tools, market.desk, release), { id })

    assert.equal(await takeSteps(tools, ['mail']), 4)
    assert.equal((await deliverDue(tools, channel)).sent, 4)
    const first = await smtp.read()
    assert.deepEqual(first.map(({ to }) => to?.[0]?.address).sort(), [
      'assoc.1@firm.example',
      'firm-0.1@firm.example',
      'firm-1.1@firm.example',
      'firm-2.1@firm.example',
    ])
    assert.match(first[0]?.subject ?? '', /^【訓練】【対策本部通知】/)
    assert.match(first[0]?.text ?? '', /https:\/\/bcp\.market\.example\/a\/[0-9a-z]{26}/)

    pass(10 * 60)
    await takeSteps(tools, ['mail'])
    assert.equal((await deliverDue(tools, channel)).sent, 4)
    assert.equal(new Set(smtp.mails.map(({ to }) => to[0])).size, 8)
  } finally {
    transport.close()
    await smtp.close()
  }
})
