import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areas } from '#ground/market/areas.ts'
import { type Audience, nobody } from './audience.ts'
import { AudienceForm, audienceValues, type Lists } from './audience-form.ts'

const read = (lists: Lists, language: 'ja' | 'en' = 'ja') => AudienceForm(language).safeParse(lists)
const group = '0198c5f0-0000-4000-8000-000000000001'

test('the check boxes of a form become an audience, each choice once, among whatever else the form asks', () => {
  const { data } = read({
    kinds: ['exchange', 'pts', 'exchange'],
    markets: ['bonds'],
    bodies: ['council'],
    memberships: ['member'],
    districts: ['D-EAST', 'D-EAST'],
    supervisors: ['REG'],
    only_memberships: ['member', 'special_member'],
    areas: ['350', '350'],
    groups: [group],
    institutions: ['SEC-001'],
    without: ['SEC-002'],
    title_ja: ['お知らせ'],
    version: ['3'],
  })
  assert.deepEqual(data, {
    ...{ everyone: false, kinds: ['exchange', 'pts'], markets: ['bonds'], bodies: ['council'], areas: ['350'] },
    ...{ memberships: ['member'], districts: ['D-EAST'], supervisors: ['REG'] },
    ...{ only_kinds: [], only_memberships: ['member', 'special_member'] },
    ...{ groups: [group], institutions: ['SEC-001'], without: ['SEC-002'] },
  } satisfies Audience)
})

test('a prefecture means all its areas, and a step of shaking the areas that it was shown with', () => {
  const tokyo = areas.filter(({ prefecture_code }) => prefecture_code === '13').map(({ code }) => code)
  assert.equal(tokyo.length, 9)
  assert.deepEqual(read({ areas: ['13'] }).data?.areas, tokyo)
  assert.deepEqual(read({ areas: ['351'], shaken: ['341,350'] }).data?.areas, ['341', '350', '351'])
  assert.deepEqual(read({ shaken: [''], everyone: ['yes'] }).data, { ...nobody, everyone: true })
})

for (const [what, lists] of [
  ['nothing', {}],
  ['only who is left out', { without: ['SEC-001'] }],
  ['only to which classes it is narrowed', { only_memberships: ['member'] }],
  ['an empty “everyone”', { everyone: [''] }],
  ['only that it is not chosen by shaking', { shaken: [''] }],
  ['other fields of the form', { title_ja: ['お知らせ'], kind: ['exchange'] }],
] as const)
  test(`a form that says ${what} is asked whom it is for`, () => {
    for (const [language, words] of [
      ['ja', '宛先を選んでください'],
      ['en', 'Choose whom this is for'],
    ] as const) {
      const { error } = read(lists as Lists, language)
      assert.deepEqual(
        error?.issues.map(({ path, message }) => [path, message]),
        [[['audience'], words]],
      )
    }
  })

for (const [what, lists] of Object.entries<Lists>({
  'a kind that there is not': { kinds: ['bank'] },
  'a market that there is not': { markets: ['exchange', "'; drop"] },
  'an area that there is not': { areas: ['999'] },
  'a prefecture that there is not': { areas: ['48'] },
  'an area within a step that there is not': { shaken: ['350,99'] },
  'an id that is none': { groups: ['x'] },
  'a code that is none': { institutions: ['SEC 001'] },
  'left out what is no code': { everyone: ['yes'], without: ['<b>'] },
  'more than any market has': { institutions: Array.from({ length: 5001 }, (_, index) => `SEC-${index}`) },
}))
  test(`${what} is a problem of the audience, and nothing is guessed`, () => {
    const { error } = read(lists)
    assert.deepEqual(
      error?.issues.map(({ path }) => path),
      [['audience']],
    )
    assert.match(error?.issues[0]?.message ?? '', /選び直してください/)
  })

test('an audience that is put into a form and read again is the same', () => {
  const audience: Audience = {
    ...{
      everyone: true,
      kinds: ['pts'],
      markets: ['bonds', 'exchange'],
      bodies: ['authorities'],
      areas: ['350', '520'],
    },
    ...{ memberships: ['specific_business_member'], districts: ['D-WEST'], supervisors: ['LFB-W'] },
    ...{ only_kinds: ['securities_firm'], only_memberships: ['member'] },
    ...{ groups: [group], institutions: ['A-1'], without: ['B-2', 'C-3'] },
  }
  assert.deepEqual(read(audienceValues(audience)).data, audience)
  assert.deepEqual(read(audienceValues({ ...nobody, kinds: ['pts'] })).data, { ...nobody, kinds: ['pts'] })
})
