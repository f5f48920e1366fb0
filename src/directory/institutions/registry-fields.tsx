import { Radios } from '#ground/html/choices.tsx'
import { type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { editTexts } from './edit-texts.ts'
import { memberships, membershipWords } from './membership.ts'
import type { RegistryChoices } from './registry-queries.ts'

type Props = {
  values: Record<string, string>
  problems: Problems
  choices: RegistryChoices
  /** What is left open then follows from the kind. */
  is_new: boolean
}

/** What the registry says of an institution beside what it is and does: class, district, registration, authority, whether it is asked. */
export function RegistryFields({ values, problems, choices: { districts, supervisors }, is_new }: Props) {
  const t = useTexts(editTexts)
  const classes = useTexts(membershipWords)
  const { language } = useReading()
  const field = (name: keyof typeof t.fields) => ({
    name,
    label: t.fields[name],
    value: values[name],
    problem: problems[name],
    hint: (t.hints as Partial<Record<string, string>>)[name],
  })
  const optionsOf = (rows: readonly { code: string; name_ja: string; name_en: string }[]) =>
    rows.map((row) => ({ value: row.code, text: `${named(language, row)}（${row.code}）` }))
  return (
    <>
      <Select
        {...field('membership')}
        options={memberships.map((value) => ({ value, text: classes[value] }))}
        {...(is_new && { empty: t.by_kind })}
        required={!is_new}
      />
      <Select
        {...field('district_code')}
        hint={<a href="/districts">{t.districts}</a>}
        empty={t.no_district}
        options={optionsOf(districts)}
      />
      <TextInput {...field('registration_kind')} maxLength={100} />
      <TextInput {...field('registration_number')} maxLength={100} />
      <Select {...field('supervisor_code')} empty={t.no_supervisor} options={optionsOf(supervisors)} />
      <Radios
        name="is_asked"
        legend={t.fields.is_asked}
        hint={is_new ? `${t.hints.is_asked}${t.asked_open}` : t.hints.is_asked}
        problem={problems.is_asked}
        value={values.is_asked}
        choices={(['yes', 'no'] as const).map((value) => ({ value, text: t.asked[value] }))}
        required={!is_new}
      />
    </>
  )
}
