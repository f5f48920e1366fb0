import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTelegram, type Telegram } from '#hazards/telegrams/index.ts'
import { ownTelegram, realTelegram, realTelegramNames } from '#tests/telegrams/read.ts'
import { current, match, Rule, type SiteOfInstitution, shakenAreas } from './criteria.ts'

const read = (xml: Uint8Array): Telegram => {
  const telegram = parseTelegram(xml)
  if ('failed' in telegram) assert.fail(telegram.failed.message.en)
  return telegram
}
const own = (name: string) => read(ownTelegram(`${name}.xml`))
const changed = (name: string, from: string | RegExp, to: string) =>
  read(new TextEncoder().encode(new TextDecoder().decode(ownTelegram(`${name}.xml`)).replace(from, to)))

const site = (site_id: string, area_code: string, is_infrastructure: boolean): SiteOfInstitution => ({
  site_id,
  is_infrastructure,
  area_code,
})
const exchange = site('exchange', '350', true)
const centre = site('data centre', '341', true)
const osaka = site('osaka', '520', true)
const firm = site('firm', '360', false)
const island = site('island', '358', false)
const at = (site_id: string, area_code: string) => ({ site_id, report_id: null, area_code })
const sites = [exchange, centre, osaka, firm, island]

const sixAtInfrastructure: Rule = { kind: 'intensity_at_sites', at_least: '6-', institutions: 'infrastructure' }
const fiveInTokyo: Rule = { kind: 'intensity_in_area', at_least: '5+', area_code: '350' }
const tsunamiWarning: Rule = { kind: 'tsunami', at_least: 'warning' }
const alert: Rule = { kind: 'nankai', codes: ['120'] }
const storm: Rule = { kind: 'weather_special', institutions: 'infrastructure' }

const tokyo = ['vxse51-tokyo', 'vxse52-tokyo', 'vxse53-tokyo', 'vxse61-tokyo']
const emptied = [...tokyo, 'vxse53-tokyo-cancelled', 'vxse51-tokyo-cancelled']
for (const { rule, telegrams, found } of [
  { rule: sixAtInfrastructure, telegrams: ['vxse51-tokyo'], found: '350' },
  { rule: sixAtInfrastructure, telegrams: tokyo, found: '341? 350' },
  { rule: { ...sixAtInfrastructure, at_least: '5+' }, telegrams: tokyo, found: '341 350' },
  { rule: { ...sixAtInfrastructure, at_least: '5+', institutions: 'any' }, telegrams: tokyo, found: '341 350 360' },
  { rule: { ...sixAtInfrastructure, at_least: '7' }, telegrams: ['vxse51-tokyo'], found: null },
  { rule: sixAtInfrastructure, telegrams: [...tokyo, 'vxse53-tokyo-corrected'], found: null },
  { rule: sixAtInfrastructure, telegrams: emptied, found: null },
  // The first report was never taken back: it stands again.
  { rule: sixAtInfrastructure, telegrams: [...tokyo, 'vxse53-tokyo-cancelled'], found: '350' },
  { rule: sixAtInfrastructure, telegrams: ['vxse51-osaka-first'], found: null },
  { rule: sixAtInfrastructure, telegrams: ['vxse51-osaka-first', 'vxse53-osaka-revised'], found: '520' },
  { rule: sixAtInfrastructure, telegrams: ['vxse52-tokyo'], found: null },
  { rule: sixAtInfrastructure, telegrams: [], found: null },
  { rule: fiveInTokyo, telegrams: tokyo, found: '350' },
  { rule: { ...fiveInTokyo, at_least: '6+' }, telegrams: tokyo, found: null },
  { rule: { ...fiveInTokyo, area_code: '332', at_least: '3' }, telegrams: tokyo, found: '332' },
  { rule: { ...fiveInTokyo, area_code: '999' }, telegrams: tokyo, found: null },
  { rule: fiveInTokyo, telegrams: [...tokyo, 'vxse53-tokyo-corrected'], found: null },
  { rule: tsunamiWarning, telegrams: ['vtse41-tokyo'], found: '311 330' },
  { rule: tsunamiWarning, telegrams: ['vtse41-tokyo', 'vtse51-tokyo'], found: '311 330' },
  { rule: { ...tsunamiWarning, at_least: 'advisory' }, telegrams: ['vtse41-tokyo'], found: '311 312 320 330' },
  { rule: { ...tsunamiWarning, at_least: 'major_warning' }, telegrams: ['vtse41-tokyo'], found: null },
  { rule: tsunamiWarning, telegrams: ['vtse41-tokyo', 'vtse51-tokyo', 'vtse41-tokyo-lifted'], found: null },
  { rule: tsunamiWarning, telegrams: tokyo, found: null },
  { rule: alert, telegrams: ['vyse50-investigating'], found: null },
  { rule: alert, telegrams: ['vyse50-investigating', 'vyse50-warning'], found: '' },
  { rule: { ...alert, codes: ['111'] }, telegrams: ['vyse50-investigating', 'vyse50-warning'], found: null },
  { rule: storm, telegrams: ['vpww54-tokyo'], found: '130010' },
  { rule: storm, telegrams: ['vpww53-tokyo', 'vpww54-tokyo'], found: '130010' },
  { rule: storm, telegrams: ['vpww53-tokyo', 'vpww54-tokyo', 'vpww54-tokyo-lifted'], found: null },
  { rule: { kind: 'eruption' }, telegrams: ['vfvo56-fuji'], found: '1920200 2220700 2221500' },
  { rule: { kind: 'eruption' }, telegrams: tokyo, found: null },
  { rule: { kind: 'judgement' }, telegrams: [...tokyo, 'vtse41-tokyo'], found: null },
  { rule: { kind: 'command_centre_set_up' }, telegrams: tokyo, found: null },
] as { rule: Rule; telegrams: string[]; found: string | null }[])
  for (const order of ['as sent', 'the other way round'])
    test(`S0-62 N-5 ${JSON.stringify(rule)} in [${telegrams}], ${order}: ${found ?? 'no match'}`, () => {
      const given = telegrams.map(own)
      const matched = match(Rule.parse(rule), order === 'as sent' ? given : given.reverse(), sites)
      const areas = matched?.areas.map(({ code, is_possible }) => code + (is_possible ? '?' : '')).sort()
      assert.equal(areas?.join(' ') ?? null, found)
    })

test('N-5 a match names the telegram, the areas and, by their ids alone, the sites in them', () => {
  assert.deepEqual(match({ ...sixAtInfrastructure, at_least: '5+' }, tokyo.map(own), sites), {
    kind: 'intensity_at_sites',
    telegram: { code: 'VXSE53', serial: 1, control_at: '2006-10-16T01:19:40.000Z', title: '震源・震度情報' },
    is_possible: false,
    areas: [
      {
        code: '350',
        name: '東京都２３区',
        intensity: '6-',
        grade: null,
        words: null,
        missing_in: [],
        is_possible: false,
      },
      {
        code: '341',
        name: '千葉県北西部',
        intensity: '5+',
        grade: null,
        words: null,
        missing_in: ['浦安市'],
        is_possible: false,
      },
    ],
    sites: [
      { ...at('exchange', '350'), intensity: '6-', grade: null, words: null, is_possible: false },
      { ...at('data centre', '341'), intensity: '5+', grade: null, words: null, is_possible: false },
    ],
  })
})

test('a match by missing values alone says that it is only possible', () => {
  const matched = match({ kind: 'intensity_in_area', at_least: '6-', area_code: '341' }, [own('vxse53-tokyo')], sites)
  assert.equal(matched?.is_possible, true)
  assert.deepEqual(
    matched.areas.map(({ intensity, missing_in }) => [intensity, missing_in]),
    [['5+', ['浦安市']]],
  )
  assert.deepEqual(
    matched.sites.map(({ site_id, is_possible }) => [site_id, is_possible]),
    [['data centre', true]],
  )
})

test('an institution without a site there does not count, nor an area without an institution', () => {
  assert.equal(match(sixAtInfrastructure, [own('vxse51-tokyo')], [osaka, firm]), null)
  assert.equal(match(storm, [own('vpww54-tokyo')], [osaka, centre]), null)
})

test('a tsunami names those near the coast in danger, not everyone in the prefecture', () => {
  const matched = match({ kind: 'tsunami', at_least: 'advisory' }, [own('vtse41-tokyo')], sites)
  assert.deepEqual(
    matched?.sites.map(({ site_id, area_code, grade }) => [site_id, area_code, grade]),
    [
      ['exchange', '350', 'advisory'],
      ['data centre', '341', 'advisory'],
      ['firm', '360', 'warning'],
      ['island', '358', 'advisory'],
    ],
  )
})

test('an older telegram that arrives late never replaces a newer one', () => {
  const [first, revised] = [own('vxse51-osaka-first'), own('vxse53-osaka-revised')]
  const lateFirst = changed('vxse51-osaka-first', '2006-10-17T21:23:10Z', '2006-10-17T21:24:10Z')
  assert.deepEqual(current([revised, lateFirst, first]), [revised])
  assert.deepEqual(current([lateFirst, first]), [lateFirst])
  assert.deepEqual(current([first, lateFirst]), [lateFirst])
})

test('within one second a cancellation wins, then the higher serial', () => {
  const issued = own('vxse53-tokyo')
  const cancelled = changed('vxse53-tokyo', '>発表<', '>取消<')
  const second = changed('vxse53-tokyo', '<Serial>1<', '<Serial>2<')
  assert.deepEqual(current([cancelled, issued]), [])
  assert.deepEqual(current([issued, cancelled]), [])
  assert.deepEqual(current([second, cancelled, issued]), [second])
})

test('what still holds is the same in any order, and looked at twice', () => {
  const all = [...emptied, 'vxse53-tokyo-corrected', 'vtse41-tokyo', 'vtse51-tokyo', 'vtse41-tokyo-lifted'].map(own)
  const held = current(all)
  assert.deepEqual(
    held.map(({ code }) => code),
    ['VXSE52', 'VXSE61', 'VTSE41'],
  )
  assert.deepEqual(current(held), held)
  for (let turn = 1; turn < all.length; turn++)
    assert.deepEqual(current([...all.slice(turn), ...all.slice(0, turn)]), held)
})

test('a warning taken back takes with it what repeated it', () => {
  const cancelled = changed('vtse41-tokyo-lifted', '>発表<', '>取消<')
  assert.deepEqual(current([own('vtse41-tokyo'), own('vtse51-tokyo'), cancelled]), [])
})

test('modes are never mixed', () => {
  const mixed = [own('vxse51-tokyo'), own('vxse51-tokyo-exercise')]
  assert.throws(() => match(sixAtInfrastructure, mixed, sites), /modes/)
  assert.equal(current(mixed).length, 2)
  assert.equal(match(sixAtInfrastructure, mixed.slice(1), sites)?.areas[0]?.code, '350')
})

const skip = realTelegramNames().length === 0 && 'no real telegrams beside the checkout (../shared/data/jma)'
test('N-5 11 March 2011: first report, tsunami, detailed report', { skip }, () => {
  const telegrams = realTelegramNames()
    .filter((name) => name.startsWith('32-39_11'))
    .map((name) => read(realTelegram(name)))
  assert.equal(telegrams.length, 3)
  assert.equal(shakenAreas(telegrams).length, 138)
  const areas = (rule: Rule) => match(rule, telegrams, sites)?.areas.map(({ code }) => code)
  assert.deepEqual(areas(sixAtInfrastructure), ['341'])
  assert.deepEqual(areas(fiveInTokyo), ['350'])
  assert.equal(areas(tsunamiWarning)?.length, 8)
  assert.equal(areas({ kind: 'tsunami', at_least: 'major_warning' })?.length, 3)
})

test('a rule with an unknown intensity, area or kind is refused', () => {
  for (const rule of [
    { ...sixAtInfrastructure, at_least: 'missing' },
    { ...sixAtInfrastructure, at_least: '6' },
    { ...fiveInTokyo, area_code: '35' },
    { ...alert, codes: [] },
    { kind: 'flood' },
    { kind: 'eruption', at_least: '7' },
  ])
    assert.equal(Rule.safeParse(rule).success, false, JSON.stringify(rule))
})
