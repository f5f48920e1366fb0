import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Method } from '#ground/rights/session.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { mustEnrol } from './must-enrol.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const weak: Record<Method, boolean> = {
  password: true,
  invitation: true,
  passkey: false,
  second_factor: false,
  recovery_code: false,
  break_glass: false,
  sso: false,
}

for (const [method, expected] of Object.entries(weak) as [Method, boolean][])
  for (const is_demo of [true, false])
    for (const mode of ['demo', 'production'] as const)
      test(`a session opened by ${method}, ${is_demo ? 'of an invented person' : 'of a person'} in ${mode}`, () => {
        const exempt = is_demo && mode === 'demo'
        assert.equal(mustEnrol({ method: method as Method, is_demo }, { mode }), expected && !exempt)
      })

test('S3-4(11) an invited person who has a passkey from before still proves it: a mailed link is not enough', async () => {
  const { id, email } = await site.accountOf('auditor')
  const client = await site.signIn(email)
  await site.db.updateTable('person').set({ is_demo: false }).where('id', '=', id).execute()
  await site.db
    .insertInto('passkey')
    .values({
      person_id: id,
      name: '鍵',
      credential_id: 'y',
      public_key: 'y',
      counter: 0,
      device_type: 'singleDevice',
      backed_up: false,
      transports: null,
      aaguid: null,
      last_used_at: null,
    })
    .execute()
  await site.db.updateTable('session').set({ method: 'invitation' }).where('person_id', '=', id).execute()
  assert.equal((await client.get('/trail')).headers.get('location'), '/account/set-up')
})
