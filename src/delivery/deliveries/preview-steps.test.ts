import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelName } from '#ground/channels/channel.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { testDatabase } from '#tests/kit/database.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { testMarket } from '#tests/kit/rounds.ts'
import { start, testTools } from '#tests/kit/tools.ts'
import { type PlannedStep, previewSteps } from './preview-steps.ts'
import { takeSteps } from './take-steps.ts'

for (const [severity, answer_wanted, channels] of [
  ['urgent', 'acknowledge', ['mail']],
  ['urgent', 'acknowledge', ['mail', 'sms', 'voice']],
  ['important', 'acknowledge', ['mail', 'sms']],
  ['urgent', 'none', ['mail', 'voice']],
] as [PlannedSeverity, 'acknowledge' | 'none', ChannelName[]][])
  test(`what is shown before the release is what goes out after it: ${severity}, ${answer_wanted}, ${channels.join(' ')}`, async () => {
    const store = await testDatabase()
    try {
      const market = await testMarket(store.db, 4)
      const { tools, pass } = testTools(store.db)
      const ids = market.institutions.map(({ id }) => id)
      const planned = await previewSteps(tools, { severity, answer_wanted, replaces_id: null }, ids, channels, start)

      const draft = testDraft({ mode: 'exercise', severity, answer_wanted })
      const { id } = await draftNotice(tools, market.desk, draft)
      const seen = await seenNow(tools, id)
      await submitNotice(tools, market.desk, { id, version: 1, seen })
      await releaseNotice(tools, market.desk, { id, version: 1, seen, mode: 'exercise', override_reason: null })
      const happened: PlannedStep[] = []
      let before = { messages: new Map<ChannelName, number>(), calls: 0 }
      for (let minute = 0; minute <= 300; minute++) {
        while ((await takeSteps(tools, channels)) > 0);
        const now = await countsOf()
        const messages = Object.fromEntries(
          [...now.messages].flatMap(([channel, count]) => {
            const more = count - (before.messages.get(channel) ?? 0)
            return more > 0 ? [[channel, more]] : []
          }),
        )
        const calls = now.calls - before.calls
        if (calls > 0 || Object.keys(messages).length > 0) happened.push({ after_minutes: minute, messages, calls })
        before = now
        pass(60)
      }
      assert.deepEqual(planned, happened)

      async function countsOf() {
        const rows = await store.db
          .selectFrom('delivery')
          .select(({ fn }) => ['channel', fn.countAll<string>().as('count')])
          .groupBy('channel')
          .execute()
        const listed = await store.db.selectFrom('receipt').where('call_since', 'is not', null).select('id').execute()
        return { messages: new Map(rows.map(({ channel, count }) => [channel, Number(count)])), calls: listed.length }
      }
    } finally {
      await store.close()
    }
  })

type PlannedSeverity = 'urgent' | 'important'
