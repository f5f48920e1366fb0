import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownTelegram, ownTelegramNames } from '#tests/telegrams/read.ts'
import { parseTelegram } from './parse-jma.ts'
import type { EarthquakeBody, NankaiBody, Telegram, TsunamiBody, VolcanoBody, WeatherBody } from './telegram.ts'
import { fromStored } from './telegram.ts'

const text = (name: string) => new TextDecoder().decode(ownTelegram(name))
const parse = (xml: string | Uint8Array): Telegram => {
  const read = parseTelegram(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml)
  if ('failed' in read) assert.fail(read.failed.message.en)
  return read
}
const own = (name: string) => parse(ownTelegram(name))
const earthquake = (telegram: Telegram): EarthquakeBody => {
  assert.equal(telegram.body.kind, 'earthquake')
  return telegram.body as EarthquakeBody
}
const shaken = (telegram: Telegram) =>
  Object.fromEntries(earthquake(telegram).areas.map((area) => [area.code, area.intensity]))

test('N-5 a first report of intensities is read whole', () => {
  const telegram = own('vxse51-tokyo.xml')
  const { body, headline, ...envelope } = telegram
  assert.deepEqual(envelope, {
    code: 'VXSE51',
    mode: 'actual',
    info_kind: 'issued',
    is_late: false,
    event_ids: ['20061016101230'],
    event_key: 'quake:20061016101230',
    serial: null,
    control_at: new Date('2006-10-16T01:14:05Z'),
    report_at: new Date('2006-10-16T01:14:00Z'),
    target_at: new Date('2006-10-16T01:12:00Z'),
    title: '震度速報',
    editorial_office: '気象庁本庁',
    publishing_office: '気象庁',
    oddities: [],
  })
  assert.match(headline, /^１６日１０時１２分ころ/)
  const { areas, ...rest } = body as EarthquakeBody
  assert.deepEqual(rest, {
    kind: 'earthquake',
    origin_at: null,
    hypocentre: null,
    magnitude: null,
    max_intensity: '6-',
    cities: [],
  })
  assert.equal(areas.length, 16)
  assert.deepEqual(areas[0], {
    code: '350',
    name: '東京都２３区',
    prefecture_code: '13',
    prefecture_name: '東京都',
    intensity: '6-',
    missing_in: [],
  })
  assert.deepEqual(shaken(telegram), {
    350: '6-',
    351: '5-',
    352: '4',
    360: '5+',
    361: '4',
    341: '5+',
    342: '5-',
    340: '4',
    331: '5-',
    330: '4',
    301: '4',
    311: '3',
    321: '3',
    412: '3',
    440: '3',
    441: '3',
  })
})

test('N-5 a detailed report names the source, and the city from which nothing has arrived', () => {
  const telegram = own('vxse53-tokyo.xml')
  const body = earthquake(telegram)
  assert.equal(telegram.serial, 1)
  assert.deepEqual(body.origin_at, new Date('2006-10-16T01:12:00Z'))
  assert.deepEqual(body.hypocentre, {
    name: '東京湾',
    code: '477',
    latitude: 35.6,
    longitude: 139.9,
    depth_km: 40,
    words: '北緯３５．６度　東経１３９．９度　深さ　４０ｋｍ',
  })
  assert.deepEqual(body.magnitude, { value: 7.1, words: 'Ｍ７．１' })
  assert.deepEqual(
    body.cities.filter((city) => city.is_missing),
    [{ code: '1222700', name: '浦安市', area_code: '341', intensity: 'missing', is_missing: true }],
  )
  assert.deepEqual(
    body.areas.filter((area) => area.missing_in.length > 0).map((area) => [area.code, area.intensity, area.missing_in]),
    [['341', '5+', ['浦安市']]],
  )
})

test('a correction, a cancellation, a drill and a trial say so, and share the event', () => {
  const kinds = ['corrected', 'cancelled', 'exercise', 'test'].map((which) => {
    const name = which === 'exercise' || which === 'test' ? `vxse51-tokyo-${which}.xml` : `vxse53-tokyo-${which}.xml`
    const { mode, info_kind, serial, event_key, body } = own(name)
    return [mode, info_kind, serial, event_key, (body as EarthquakeBody).max_intensity]
  })
  assert.deepEqual(kinds, [
    ['actual', 'corrected', 2, 'quake:20061016101230', '4'],
    ['actual', 'cancelled', 2, 'quake:20061016101230', null],
    ['exercise', 'issued', null, 'quake:20061016101230', '6-'],
    ['test', 'issued', null, 'quake:20061016101230', '6-'],
  ])
})

test('遅延 is issued, with a mark', () => {
  const late = parse(text('vxse51-tokyo.xml').replace('>発表<', '>遅延<'))
  assert.deepEqual([late.info_kind, late.is_late], ['issued', true])
})

test('sources: VXSE52, and VXSE61 which gives the position twice', () => {
  assert.deepEqual(earthquake(own('vxse52-tokyo.xml')).magnitude, { value: 7.1, words: 'Ｍ７．１' })
  const { hypocentre, magnitude, areas } = earthquake(own('vxse61-tokyo.xml'))
  assert.deepEqual([hypocentre?.latitude, hypocentre?.depth_km, magnitude?.value, areas.length], [35.6, 38, 7.2, 0])
})

test('N-5 a tsunami warning belongs to the first of its events and keeps them all', () => {
  const telegram = own('vtse41-tokyo.xml')
  assert.deepEqual(telegram.event_ids, ['20061016101230', '20061016101655'])
  assert.equal(telegram.event_key, 'quake:20061016101230')
  const body = telegram.body as TsunamiBody
  assert.deepEqual(
    body.areas.map((area) => [area.code, area.grade, area.first_height, area.max_height]),
    [
      ['330', 'warning', '2006-10-16T10:30:00+09:00', '３ｍ'],
      ['311', 'warning', 'ただちに津波来襲と予測', '２ｍ'],
      ['312', 'advisory', '2006-10-16T10:40:00+09:00', '１ｍ'],
      ['320', 'advisory', '2006-10-16T10:35:00+09:00', '１ｍ'],
      ['380', 'forecast', null, '０．２ｍ未満'],
    ],
  )
  assert.deepEqual(
    body.sources.map((source) => [source.hypocentre?.name, source.hypocentre?.depth_km]),
    [
      ['東京湾', 40],
      ['相模湾', 0],
    ],
  )
  assert.ok((own('vtse41-tokyo-lifted.xml').body as TsunamiBody).areas.every((area) => area.grade === 'lifted'))
  assert.equal((own('vtse51-tokyo.xml').body as TsunamiBody).areas.length, 5)
})

test('N-5 Nankai Trough information carries its number', () => {
  const telegram = own('vyse50-warning.xml')
  const { info_code, info_name } = telegram.body as NankaiBody
  assert.deepEqual([telegram.event_key, info_code, info_name], ['nankai:20061120180000', '120', '巨大地震警戒'])
})

test('N-5 an emergency weather warning: in force, lifted, one key for both formats of one office', () => {
  const [older, newer, lifted] = ['vpww53-tokyo.xml', 'vpww54-tokyo.xml', 'vpww54-tokyo-lifted.xml'].map(own)
  assert.deepEqual([older!.event_key, newer!.event_key], ['weather:気象庁予報部', 'weather:気象庁予報部'])
  assert.deepEqual(newer!.event_ids, [])
  const body = newer!.body as WeatherBody
  assert.deepEqual(body.in_force[0], {
    area_code: '130000',
    area_name: '東京都',
    level: 'prefecture',
    kind_code: '33',
    kind_name: '大雨特別警報',
  })
  assert.deepEqual(
    body.in_force.map((warning) => warning.level),
    ['prefecture', 'primary', 'group', 'group', 'municipality', 'municipality', 'municipality'],
  )
  assert.deepEqual((older!.body as WeatherBody).in_force, body.in_force)
  const after = lifted!.body as WeatherBody
  assert.deepEqual([after.in_force.length, after.lifted.length], [0, 7])
})

test('N-5 an eruption', () => {
  const telegram = own('vfvo56-fuji.xml')
  const body = telegram.body as VolcanoBody
  assert.equal(telegram.event_key, 'volcano:20061204132200_314')
  assert.deepEqual([body.volcano_name, body.volcano_code, body.kind_name], ['富士山', '314', '噴火'])
  assert.deepEqual(body.erupted_at, new Date('2006-12-04T04:17:00Z'))
  assert.deepEqual(
    body.areas.map((area) => area.name),
    ['静岡県御殿場市', '静岡県富士宮市', '山梨県富士吉田市'],
  )
})

test('an unreadable area does not hide the others, and is named', () => {
  const telegram = own('broken-intensity.xml')
  assert.equal(earthquake(telegram).areas.length, 14)
  assert.deepEqual(
    telegram.oddities.map((oddity) => oddity.ja),
    [
      '区域「神奈川県東部」（360）の震度「強い」を読めません。この区域を除きました。',
      '区域「千葉県南部」のコード「34O」は 3 桁の数字ではないため、この区域を除きました。',
    ],
  )
})

test('an area known only to be missing ranks as such', () => {
  const xml = text('vxse53-tokyo.xml')
    .replace(/<Code>341<\/Code><MaxInt>5\+<\/MaxInt>/, '<Code>341</Code>')
    .replace(/<City><Name>(千葉中央区|船橋市).*/g, '')
  assert.equal(shaken(parse(xml))['341'], 'missing')
})

for (const { name, coordinate, is } of [
  { name: 'very shallow', coordinate: '+34.8+138.5+0/', is: [34.8, 138.5, 0] },
  { name: 'minus nought', coordinate: '+34.8+138.5-0/', is: [34.8, 138.5, 0] },
  { name: 'no depth', coordinate: '+34.8+138.5/', is: [34.8, 138.5, null] },
  { name: 'degrees and minutes', coordinate: '+3524.6+13930.3-10000/', is: [35.41, 139.505, 10] },
  { name: 'south and west', coordinate: '-21.7-070.5-30000/', is: [-21.7, -70.5, 30] },
  { name: 'full-width digits and blanks', coordinate: ' ＋３４．８＋１３８．５－１００００／ ', is: [34.8, 138.5, 10] },
  { name: 'unknown', coordinate: '/', is: [null, null, null] },
  { name: 'empty', coordinate: '', is: [null, null, null] },
  { name: 'beyond the pole', coordinate: '+94.8+138.5-10000/', is: [null, null, null] },
  { name: '75 minutes', coordinate: '+3475.0+13830.0-10000/', is: [null, null, null] },
])
  test(`a position: ${name}`, () => {
    const { hypocentre } = earthquake(parse(text('vxse52-tokyo.xml').replace('+35.6+139.9-40000/', coordinate)))
    assert.deepEqual([hypocentre?.latitude, hypocentre?.longitude, hypocentre?.depth_km], is)
  })

for (const { given, is } of [
  { given: 'type="Mj" description="Ｍ７．１">7.1<', is: { value: 7.1, words: 'Ｍ７．１' } },
  { given: 'type="Mj" condition="不明" description="Ｍ不明">NaN<', is: { value: null, words: 'Ｍ不明' } },
  {
    given: 'type="Mj" condition="不明" description="Ｍ８を超える巨大地震">NaN<',
    is: { value: null, words: 'Ｍ８を超える巨大地震' },
  },
  { given: 'type="Mj"> ７．１ <', is: { value: 7.1, words: 'Ｍ7.1' } },
  { given: 'type="Mj">　<', is: { value: null, words: 'Ｍ不明' } },
])
  test(`a magnitude: ${given}`, () => {
    const xml = text('vxse52-tokyo.xml').replace('type="Mj" description="Ｍ７．１">7.1<', given)
    assert.deepEqual(earthquake(parse(xml)).magnitude, is)
  })

test('blanks and full-width letters do not matter', () => {
  const xml = text('vxse51-tokyo.xml')
    .replace('<Status>通常', '<Status>\n 通常　')
    .replace('<EventID>20061016101230', '<EventID> ２００６１０１６１０１２３０　')
    .replace('<Code>350</Code><MaxInt>6-</MaxInt>', '<Code>３５０</Code><MaxInt> ６－ </MaxInt>')
    .replace('<Serial></Serial>', '<Serial>１２</Serial>')
  const telegram = parse(xml)
  assert.deepEqual([telegram.event_key, telegram.serial, shaken(telegram)['350']], ['quake:20061016101230', 12, '6-'])
  assert.equal(parse(text('vtse41-tokyo.xml').replaceAll('予報a', '予報ａ')).code, 'VTSE41')
  assert.deepEqual(parse(text('vtse41-tokyo.xml').replace('30 20061016', '30　20061016')).event_ids.length, 2)
})

test('prefixes are a matter of taste, namespaces are not', () => {
  const prefixed = text('vxse52-tokyo.xml')
    .replace('<Report xmlns=', '<j:Report xmlns:j=')
    .replace('</Report>', '</j:Report>')
    .replace(/<(\/?)(Control|Title|DateTime|Status|EditorialOffice|PublishingOffice)>/g, (all, slash, name, at) =>
      at < 500 ? `<${slash}j:${name}>` : all,
    )
    .replaceAll('jmx_eb', 'eb')
  assert.deepEqual(parse(prefixed), own('vxse52-tokyo.xml'))
})

test('entities and CDATA in a text are read as the text they stand for', () => {
  const xml = text('vxse52-tokyo.xml').replace(
    /<Text>.*<\/Text>/,
    '<Text>Ａ&amp;Ｂ&lt;&#x7dca;&#24613;&gt;<![CDATA[<&amp;>]]></Text>',
  )
  assert.equal(parse(xml).headline, 'Ａ&Ｂ<緊急><&amp;>')
})

test('a stored telegram is the same when taken out again', () => {
  for (const name of ownTelegramNames().filter((each) => !/broken-(?!intensity)/.test(each)))
    assert.deepEqual(fromStored(JSON.parse(JSON.stringify(own(name)))), own(name))
})
