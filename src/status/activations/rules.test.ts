import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { activationCriterionForm, activationForm, bodyForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

const now = new Date('2027-01-15T03:00:00Z')
const bonds = '/activations/markets/bonds'
let site: TestSite
let desk: Client
let deputy: Client
let firm: Client
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
  firm = await site.signIn('bcp@sokyu.example')
})
after(() => site.close())
beforeEach(() => assert.deepEqual(site.reported, []))

const actions = async () => (await site.trailOf(bonds)).map(({ action }) => action)

test('who decides for a market is changed by two of the desk, in versions', async () => {
  assert.match(await site.read(firm, bonds), /決定主体がまだ登録されていません/)
  await site.done(desk, `${bonds}/body`, bodyForm())
  await site.done(desk, `${bonds}/body`, bodyForm())
  assert.deepEqual(await actions(), ['deciding-body.put-forward'])
  // One waits: nobody is the second person of what they put forward, and another change is not taken.
  assert.match(
    await site.refused(desk, `${bonds}/body/agreement`, 409, { version: '1' }),
    /入力した本人は同意できません/,
  )
  const other = bodyForm({ body_ja: '別の会議' })
  assert.match(await site.refused(deputy, `${bonds}/body`, 409, other), /別の変更が同意を待っています/)
  assert.doesNotMatch(await site.read(firm, bonds), /架空の公社債市場BCP対策会議/)
  assert.match(await site.read(deputy, '/home'), /決定主体の変更に同意するか決める/)
  await site.done(deputy, `${bonds}/body/agreement`, { version: '1' })
  await site.done(deputy, `${bonds}/body/agreement`, { version: '1' })
  assert.match(await site.read(firm, bonds), /架空の公社債市場BCP対策会議/)
  assert.match(await site.refused(deputy, `${bonds}/body/removal`, 409, { version: '1' }), /先に処理しました/)
  // Over an older version than the newest nothing is taken, and what was typed stays.
  assert.match(await site.refused(deputy, `${bonds}/body`, 409, other), /先にほかの人が変更しました/)
  await site.done(deputy, `${bonds}/body`, { ...other, version: '1' })
  await site.done(desk, `${bonds}/body/removal`, { version: '2' })
  assert.deepEqual(await actions(), [
    'deciding-body.put-forward',
    'deciding-body.agreed',
    'deciding-body.put-forward',
    'deciding-body.dropped',
  ])
  assert.match(await site.read(desk, bonds), /別の会議 ― 取りやめ/)
  const unknown = bodyForm({ institution: 'NOBODY', version: '1' })
  assert.match(await site.refused(desk, `${bonds}/body`, 422, unknown), /その機関コードの機関がありません/)
})

test('what was put forward for one body is not confirmed for another', async () => {
  const entry = await site.done(desk, `${bonds}/entries`, activationForm(now))
  await site.done(desk, `${bonds}/body`, bodyForm({ institution: 'CCP-GB', version: '1' }))
  await site.done(deputy, `${bonds}/body/agreement`, { version: '3' })
  assert.match(await site.refused(deputy, `${entry}/confirmation`, 409, {}), /決定主体が変わりました/)
  await site.done(deputy, `${entry}/withdrawal`)
})

test('S0-69 criteria for activating and lifting are written per market in versions, with whom each was agreed, and who decides how', async () => {
  for (const market of ['exchange', 'off_exchange', 'bonds', 'whole']) {
    const path = `/activations/markets/${market}`
    if (market !== 'bonds') {
      await site.done(desk, `${path}/body`, bodyForm())
      await site.done(deputy, `${path}/body/agreement`, { version: '1' })
    }
    await site.done(desk, `${path}/criterion`, activationCriterionForm())
    assert.match(
      await site.read(firm, path),
      /発動していない.*決済に重大な支障.*支障の解消.*架空中央銀行.*架空の公社債市場BCP対策会議.*電話会議で決定する/,
    )
    await site.refused(firm, `${path}/criterion`, 403, activationCriterionForm())
  }
  const later = { effective_on: '2027-04-01', activating_ja: '改めた基準', reason: '見直し' }
  await site.refused(deputy, `${bonds}/criterion`, 409, activationCriterionForm(later))
  await site.done(deputy, `${bonds}/criterion`, activationCriterionForm({ ...later, version: '1' }))
  await site.done(deputy, `${bonds}/criterion`, activationCriterionForm({ ...later, version: '1' }))
  const versions = await site.db.selectFrom('activation_criterion').where('market', '=', 'bonds').selectAll().execute()
  assert.equal(versions.length, 2)
  assert.match(await site.read(firm, bonds), /決済に重大な支障.*第2版.*まだ適用されていません.*改めた基準/)
  assert.equal((await actions()).filter((action) => action === 'activation-criterion.edited').length, 2)
  // The criteria of setting up are others, on a page of their own.
  assert.doesNotMatch(await site.read(desk, '/criteria'), /決済に重大な支障|改めた基準/)
  // The form proposes the version that holds today, and the entry names the one on which it rests.
  const form = await site.main(desk, `${bonds}/entries/new`)
  assert.match(form, /<option value="1" selected/)
  const entry = await site.done(desk, `${bonds}/entries`, activationForm(now, { criterion_version: '1' }))
  await site.done(deputy, `${entry}/confirmation`)
  assert.match(await site.read(firm, entry), /発動基準 第1版.*決済に重大な支障/)
})
