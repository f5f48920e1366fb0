import { kinds, kindWords } from '#directory/institutions/index.ts'
import { Checkbox, Checkboxes, Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { describedBy, type Problems, Required, Support } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { areas as allAreas, areaByCode } from '#ground/market/areas.ts'
import { markets, statusWords } from '#ground/market/words.ts'
import { intensityWords } from '#hazards/telegrams/index.ts'
import { type Audience, bodies } from './audience.ts'
import { areasIn, audienceValues, type Lists } from './audience-form.ts'
import type { AudienceChoices } from './choices.ts'
import { Narrowed, Registry } from './registry-choices.tsx'
import { Onwards, SingleFields } from './single-fields.tsx'
import { audienceWords } from './words.ts'

const texts = inBoth({
  ja: {
    hint: '選んだもののどれか1つにでも当たる機関が宛先です。（ ）は今の機関数です。',
    shaken: '揺れの強さで選ぶ',
    shaken_legend: '揺れた地域',
    shaken_hint: '電文が伝えた震度です。その地域に拠点がある機関に送ります。',
    step: (intensity: string) => `震度${intensity}以上の地域に拠点がある機関`,
    missing: (areas: number) => `うち${areas}地域は震度が届いていません（強い揺れのおそれ）`,
    not_by_shaking: '揺れた地域では選ばない',
    sorts: '種別・取引・会議体で選ぶ',
    areas: '都道府県で選ぶ',
    single: '機関を1つずつ選ぶ',
    without: '除く機関を選ぶ',
    without_hint: 'ここで選んだ機関には、ほかの選び方に当たっていても送りません。',
  },
  en: {
    hint: 'Every institution that any one of these holds for is addressed. Figures are how many institutions that is now.',
    shaken: 'Choose by how strongly it shook',
    shaken_legend: 'Shaken areas',
    shaken_hint: 'By the intensities in the telegrams: institutions with a site in such an area.',
    step: (intensity: string) => `Institutions with a site where it was ${intensity} or more`,
    missing: (areas: number) =>
      `${areas === 1 ? '1 area has' : `${areas} areas have`} sent no intensity (strong shaking is feared)`,
    not_by_shaking: 'Do not choose by shaking',
    sorts: 'Choose by kind, market or body',
    areas: 'Choose by prefecture',
    single: 'Choose single institutions',
    without: 'Choose who is left out',
    without_hint: 'These get nothing, whatever else holds for them.',
  },
})

/**
 * The part of a form in which people say whom something is for; `values` as `audienceValues` or the posted form has them.
 * Works on a phone without scripts: what is long is folded, and open where something in it is chosen.
 */
export function AudienceFields({
  choices,
  values,
  problems = {},
}: {
  choices: AudienceChoices
  values: Lists
  problems?: Problems | undefined
}) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const kindTexts = useTexts(kindWords)
  const { markets: marketTexts } = useTexts(statusWords)
  const { language } = useReading()
  const { institutions, groups, sizes } = choices
  const field = { name: 'audience', hint: t.hint, problem: problems.audience }
  const present = kinds.filter((kind) => sizes.kind[kind])
  const sorts = [values.kinds, values.markets, values.bodies].flatMap((chosen = []) => chosen)
  return (
    <fieldset
      id="audience"
      tabIndex={-1}
      className="dads-form-control-label"
      data-invalid={field.problem ? '' : undefined}
      aria-describedby={describedBy(field)}
    >
      <legend className="dads-form-control-label__label">
        {words.audience}
        <Required when />
      </legend>
      <Support {...field} />
      <Onwards />
      <Checkbox
        name="everyone"
        text={words.size(words.everyone, institutions.length)}
        checked={(values.everyone ?? []).length > 0}
      />
      {groups.length > 0 && (
        <Checkboxes
          name="groups"
          legend={words.groups}
          values={values.groups}
          choices={groups.map((group) => ({
            value: group.id,
            text: words.size(named(language, group), group.institutions),
          }))}
        />
      )}
      <Shaken choices={choices} values={values} />
      <Details summary={words.size(t.sorts, sorts.length)} open={sorts.length > 0}>
        <Checkboxes
          name="kinds"
          legend={words.kinds}
          layout="grid"
          values={values.kinds}
          choices={present.map((kind) => ({ value: kind, text: words.size(kindTexts[kind], sizes.kind[kind] ?? 0) }))}
        />
        <Checkboxes
          name="markets"
          legend={words.markets}
          layout="grid"
          values={values.markets}
          choices={markets.map((market) => ({
            value: market,
            text: words.size(marketTexts[market], sizes.market(market)),
          }))}
        />
        <Checkboxes
          name="bodies"
          legend={words.bodies}
          layout="grid"
          values={values.bodies}
          choices={bodies.map((body) => ({ value: body, text: words.size(words.body[body], sizes.body(body)) }))}
        />
      </Details>
      <Registry choices={choices} values={values} />
      <Places choices={choices} values={values} />
      <SingleFields name="institutions" summary={t.single} choices={choices} values={values} />
      <Narrowed choices={choices} values={values} />
      <SingleFields name="without" summary={t.without} hint={t.without_hint} choices={choices} values={values} />
    </fieldset>
  )
}

/** The same answers on the page that checks them: nobody sees them, and `AudienceForm` reads them again. */
export const AudienceHidden = ({ audience }: { audience: Audience }) =>
  Object.entries(audienceValues(audience)).flatMap(([name, values = []]) =>
    values.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
  )

type Part = { choices: AudienceChoices; values: Lists }

/** One press for each intensity; the areas themselves are what is sent, so that a later telegram changes nothing unseen. */
function Shaken({ choices: { shaken }, values }: Part) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const { language } = useReading()
  if (shaken.length === 0) return null
  const step = stepIn(shaken, values)
  return (
    <Details summary={t.shaken} open={step !== undefined}>
      <Radios
        name="shaken"
        legend={t.shaken_legend}
        hint={t.shaken_hint}
        value={step?.areas.join(',') ?? ''}
        choices={[
          ...shaken.map(({ at_least, areas, missing, institutions }) => ({
            value: areas.join(','),
            text: words.size(t.step(intensityWords[language][at_least]), institutions),
            ...(missing > 0 && { hint: t.missing(missing) }),
          })),
          { value: '', text: t.not_by_shaking },
        ]}
      />
    </Details>
  )
}

/** The step that the posted form says; of an audience that was kept, the widest all of whose areas it holds. */
function stepIn(shaken: AudienceChoices['shaken'], values: Lists) {
  if (values.shaken) return shaken.find(({ areas }) => areas.join(',') === values.shaken?.[0])
  const chosen = new Set(areasIn(values))
  return shaken.findLast(({ areas }) => areas.every((area) => chosen.has(area)))
}

/** Prefectures with a site in them, and the single areas that were chosen and that no other choice holds. */
function Places({ choices: { prefectures, shaken }, values }: Part) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const { language } = useReading()
  const step = stepIn(shaken, values)
  const byShaking = new Set(step?.areas)
  // Of a step that a later telegram has changed, the areas go on as single ones.
  const chosen = new Set(
    step && values.shaken ? areasIn({ areas: values.areas }) : areasIn(values).filter((area) => !byShaking.has(area)),
  )
  const whole = prefectures.filter(({ code }) => {
    const within = allAreas.filter(({ prefecture_code }) => prefecture_code === code).map((area) => area.code)
    return within.some((area) => chosen.has(area)) && within.every((area) => chosen.has(area) || byShaking.has(area))
  })
  const single = [...chosen].filter((area) => !whole.some(({ code }) => code === areaByCode.get(area)?.prefecture_code))
  return (
    <Details summary={t.areas} open={chosen.size > 0}>
      <Checkboxes
        name="areas"
        legend={words.areas}
        values={[...whole.map(({ code }) => code), ...single]}
        choices={[
          ...single.map((area) => ({ value: area, text: areaByCode.get(area)?.name ?? area })),
          ...prefectures
            .filter((one) => one.institutions > 0 || whole.includes(one))
            .map((one) => ({ value: one.code, text: words.size(named(language, one), one.institutions) })),
        ]}
      />
    </Details>
  )
}
