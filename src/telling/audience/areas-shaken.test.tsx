import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { render } from '#ground/html/render.tsx'
import { asked, codesOf } from '#tests/kit/audience.ts'
import { fieldsIn, type House, openHouse } from '#tests/kit/house.ts'
import { areasShaken, shakenSteps } from './areas-shaken.ts'
import { AudienceFields, AudienceHidden } from './audience-fields.tsx'
import { AudienceForm, audienceValues, type Lists } from './audience-form.ts'
import { readAudienceChoices } from './choices.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** The situation that the secretariat opens from what a telegram proposed. */
async function opened(): Promise<string> {
  const { id } = await house.db.selectFrom('proposal').select('id').executeTakeFirstOrThrow()
  const form = await house.as(house.desk).get(`/command-centre/new?proposal=${id}`)
  const fields = { ...fieldsIn(form.html, '/situations'), reason: '震度6弱のため' }
  const { location } = await house.as(house.desk).post('/situations', fields)
  return location?.split('/')[2] ?? ''
}
const choices = (situation_id: string) => readAudienceChoices(house.db, house.tools.clock(), { situation_id })

test('the areas that the telegrams of a situation report are offered, at each intensity with its institutions', async () => {
  await house.telegram('vxse51-tokyo')
  const situation = await opened()
  const shaken = await areasShaken(house.db, situation)
  assert.ok(shaken.length > 3)
  assert.deepEqual([shaken[0]?.code, shaken[0]?.name, shaken[0]?.intensity], ['350', '東京都２３区', '6-'])

  const { shaken: steps } = await choices(situation)
  assert.equal(steps[0]?.at_least, '6-')
  assert.ok(steps[0]?.areas.includes('350'))
  for (const step of steps) {
    const chosen = AudienceForm('ja').parse({ shaken: [step.areas.join(',')] })
    const found = await codesOf(house.db, chosen, house.tools.clock())
    assert.equal(found.length, step.institutions, step.at_least)
  }
  assert.deepEqual(await codesOf(house.db, asked({ areas: steps[0]!.areas }), house.tools.clock()), [
    'ASSOC',
    'EXCH',
    'REG',
  ])
  assert.ok(steps.at(-1)!.institutions > 3, 'weaker shaking reaches more')
})

test('a later telegram changes what is offered; a cancelled one offers nothing', async () => {
  await house.telegram('vxse51-tokyo')
  const situation = await opened()
  const first = (await areasShaken(house.db, situation)).length
  await house.telegram('vxse53-tokyo')
  assert.ok((await areasShaken(house.db, situation)).length > first)
  await house.telegram('vxse53-tokyo-cancelled')
  await house.telegram('vxse51-tokyo-cancelled')
  assert.deepEqual(await areasShaken(house.db, situation), [])
})

test('a situation without telegrams, or none at all, offers no shaking', async () => {
  assert.deepEqual(await areasShaken(house.db, crypto.randomUUID()), [])
  assert.deepEqual((await readAudienceChoices(house.db, house.tools.clock())).shaken, [])
})

test('an area from which nothing has arrived counts where 5- or more is feared, and says so', () => {
  const area = (code: string, intensity: '6-' | '4' | 'missing', missing_in: string[] = []) => ({
    ...{ code, intensity, missing_in, name: code, prefecture_code: '13', prefecture_name: '東京都' },
  })
  const places = [{ areas: ['350'] }, { areas: ['351', '520'] }, { areas: ['352'] }, { areas: [] }]
  assert.deepEqual(shakenSteps([area('350', '6-'), area('351', 'missing', ['架空町']), area('352', '4')], places), [
    { at_least: '7', areas: ['351'], missing: 1, institutions: 1 },
    { at_least: '6-', areas: ['350', '351'], missing: 1, institutions: 2 },
    { at_least: '4', areas: ['350', '351', '352'], missing: 1, institutions: 3 },
  ])
  assert.deepEqual(shakenSteps([], places), [])
})

test('the form shows one press for each intensity, and nothing that was chosen is lost when it comes back', async () => {
  await house.telegram('vxse51-tokyo')
  const offered = await choices(await opened())
  const show = (values: Lists) =>
    render(<AudienceFields choices={offered} values={values} problems={{}} />, {
      ...{ language: 'ja', now: house.tools.clock(), path: '/', reader: house.desk, open: [], demo: false },
    })
  const radio = (html: string) =>
    /<input id="[^"]*" type="radio" name="shaken"[^>]*checked=""[^>]*value="([^"]*)"/.exec(html)?.[1]
  const boxes = (html: string) =>
    [...html.matchAll(/name="areas"[^>]*checked=""[^>]*value="([^"]*)"/g)].map(([, value]) => value)
  const [strongest, next] = offered.shaken.map(({ areas }) => areas.join(','))

  assert.match(show({}), /震度6弱以上の地域に拠点がある機関（3）/)
  assert.deepEqual([radio(show({})), boxes(show({}))], ['', []])
  const both = show({ shaken: [next!], areas: ['27'] })
  assert.deepEqual([radio(both), boxes(both)], [next, ['27']])
  const kept = show(audienceValues(AudienceForm('ja').parse({ shaken: [strongest!], areas: ['27', '351'] })))
  assert.deepEqual([radio(kept), boxes(kept)], [strongest, ['351', '27']])
  const checked = render(<AudienceHidden audience={AudienceForm('ja').parse({ everyone: ['yes'], areas: ['27'] })} />, {
    ...{ language: 'ja', now: house.tools.clock(), path: '/', reader: house.desk, open: [], demo: false },
  })
  const sent = [...checked.matchAll(/<input type="hidden" name="(\w+)" value="(\w+)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  assert.deepEqual(sent.sort(), [
    ['areas', '520'],
    ['areas', '521'],
    ['everyone', 'yes'],
  ])
  // The telegram that this step came from was corrected meanwhile.
  const stale = show({ shaken: ['350,592'] })
  assert.deepEqual([radio(stale), boxes(stale)], ['', ['350', '592']])
})
