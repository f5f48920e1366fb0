import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { HiddenFields, type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { besideOthers } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { actionGroups, groupWords } from './groups.ts'
import type { Named, ToAsk } from './queries.ts'
import type { Sought } from './sought.ts'
import { trailTexts } from './texts.ts'

type Props = { sought: Sought; person: Named | null; situations: ToAsk[]; problems: Problems }

/** What lines can be narrowed by; folded until something was asked for. */
export function FilterPart({ sought, person, situations, problems }: Props) {
  const t = useTexts(trailTexts)
  const groups = useTexts(groupWords)
  const { language } = useReading()
  return (
    <Details summary={t.filter} id="filter" open={Object.values(sought).some(Boolean)}>
      <search>
        <form method="get" action="/trail" className="dads-form" noValidate>
          <Select
            name="situation"
            label={t.situation}
            hint={t.situation_hint}
            value={sought.situation}
            empty={t.every_situation}
            options={situations.map(({ id, mode, title_ja, title_en }) => ({
              value: id,
              text: besideOthers(language, mode, named(language, { name_ja: title_ja, name_en: title_en })),
            }))}
          />
          {person ? (
            <HiddenFields fields={{ person: person.id }} />
          ) : (
            <TextInput name="person" label={t.person} hint={t.person_hint} value={sought.person} width="half" />
          )}
          <Select
            name="group"
            label={t.group}
            value={sought.group}
            empty={t.every_group}
            options={actionGroups.map((group) => ({ value: group, text: groups[group] }))}
          />
          {(['from', 'until'] as const).map((name) => (
            <TextInput
              key={name}
              type="datetime-local"
              name={name}
              label={t[name]}
              value={sought[name]}
              width="half"
              problem={problems[name]}
            />
          ))}
          <Button kind="outline" size="md">
            {t.search}
          </Button>
        </form>
      </search>
    </Details>
  )
}
