import { kinds, kindWords, memberships, membershipWords } from '#directory/institutions/index.ts'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { Lists } from './audience-form.ts'
import type { AudienceChoices } from './choices.ts'
import { audienceWords } from './words.ts'

const texts = inBoth({
  ja: {
    registry: '会員区分・地区協会・所管で選ぶ',
    narrow: 'さらに絞る',
    narrow_hint:
      '印を付けると、ほかで選んだ機関のうち、ここで選んだ種別・会員区分の機関だけが宛先です。印がなければ絞りません。',
  },
  en: {
    registry: 'Choose by class, district or authority',
    narrow: 'Narrow it',
    narrow_hint:
      'If anything is ticked here, of those chosen elsewhere only institutions of these kinds and classes are addressed. With nothing ticked it is not narrowed.',
  },
})

type Part = { choices: AudienceChoices; values: Lists }

/** What the registry says of an institution: its class, its district, its authority. */
export function Registry({ choices: { sizes, districts, supervisors }, values }: Part) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const classes = useTexts(membershipWords)
  const { language } = useReading()
  const chosen = [values.memberships, values.districts, values.supervisors].flatMap((codes = []) => codes)
  const lists = { districts, supervisors }
  return (
    <Details summary={words.size(t.registry, chosen.length)} open={chosen.length > 0}>
      <Checkboxes
        name="memberships"
        legend={words.memberships}
        layout="grid"
        values={values.memberships}
        choices={memberships.map((one) => ({ value: one, text: words.size(classes[one], sizes.membership(one)) }))}
      />
      {(['districts', 'supervisors'] as const).map(
        (name) =>
          lists[name].length > 0 && (
            <Checkboxes
              key={name}
              name={name}
              legend={words[name]}
              layout="grid"
              values={values[name]}
              choices={lists[name].map((one) => ({
                value: one.code,
                text: words.size(named(language, one), one.institutions),
              }))}
            />
          ),
      )}
    </Details>
  )
}

/** Takes away from what was chosen: a notice for members of a prefecture is for both at once. */
export function Narrowed({ choices: { sizes }, values }: Part) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const classes = useTexts(membershipWords)
  const kind_names = useTexts(kindWords)
  const chosen = [values.only_kinds, values.only_memberships].flatMap((codes = []) => codes)
  return (
    <Details summary={words.size(t.narrow, chosen.length)} open={chosen.length > 0}>
      <p>{t.narrow_hint}</p>
      <Checkboxes
        name="only_memberships"
        legend={words.only_memberships}
        layout="grid"
        values={values.only_memberships}
        choices={memberships.map((one) => ({ value: one, text: classes[one] }))}
      />
      <Checkboxes
        name="only_kinds"
        legend={words.only_kinds}
        layout="grid"
        values={values.only_kinds}
        choices={kinds
          .filter((kind) => sizes.kind[kind] || values.only_kinds?.includes(kind))
          .map((kind) => ({ value: kind, text: kind_names[kind] }))}
      />
    </Details>
  )
}
