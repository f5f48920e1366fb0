import { Button } from '#ground/html/button.tsx'
import { Checkbox, Checkboxes } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { areas } from '#ground/market/areas.ts'
import { functionCodes, markets, statusWords } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { editTexts } from './edit-texts.ts'
import { type Edited, type EditField, siteKinds } from './institution-form.ts'
import { RegistryFields } from './registry-fields.tsx'
import type { RegistryChoices } from './registry-queries.ts'
import { kinds, kindWords, siteWords } from './words.ts'

type Values = { values: Record<string, string>; lists: Record<string, string[]> }
type Props = Values & {
  /** null: a new one. */
  institution: { id: string; name: string } | null
  fields: readonly EditField[]
  choices: RegistryChoices
  problems?: Problems
}

/** The form of an institution, with the fields that its reader may change. */
export function EditInstitutionPage({ institution, fields, choices, values, lists, problems = {} }: Props) {
  const t = useTexts(editTexts)
  const title = institution ? t.edit(institution.name) : t.add
  const may = (field: EditField) => fields.includes(field)
  const text = (name: Exclude<EditField, 'sites'> | 'code') => ({
    name,
    label: t.fields[name],
    value: values[name],
    problem: problems[name],
    hint: (t.hints as Partial<Record<string, string>>)[name],
  })
  const kindNames = useTexts(kindWords)
  const status = useTexts(statusWords)
  return (
    <Layout label={labelOf['institution.entry']} title={title}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {!may('kind') && <p>{t.own}</p>}
      <Form action={institution ? `/institutions/${institution.id}/check` : '/institutions/check'}>
        {!institution && (
          <>
            <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
            <TextInput {...text('code')} maxLength={40} width="half" required />
          </>
        )}
        {may('kind') && (
          <Select {...text('kind')} options={kinds.map((kind) => ({ value: kind, text: kindNames[kind] }))} required />
        )}
        {may('name_ja') && <TextInput {...text('name_ja')} maxLength={100} required />}
        {may('name_en') && <TextInput {...text('name_en')} maxLength={100} required />}
        {may('reading') && <TextInput {...text('reading')} maxLength={200} />}
        {may('lei') && <TextInput {...text('lei')} maxLength={40} width="half" />}
        {may('mic') && <TextInput {...text('mic')} maxLength={20} width="short" />}
        {may('parent_code') && <TextInput {...text('parent_code')} maxLength={40} width="half" />}
        {may('membership') && <RegistryFields {...{ values, problems, choices }} is_new={institution === null} />}
        {may('active_from') && <TextInput {...text('active_from')} type="date" width="short" required />}
        {may('active_to') && <TextInput {...text('active_to')} type="date" width="short" />}
        {may('markets') && (
          <Checkboxes
            name="markets"
            legend={t.fields.markets}
            problem={problems.markets}
            values={lists.markets}
            choices={markets.map((value) => ({ value, text: status.markets[value] }))}
          />
        )}
        {may('functions') && (
          <Checkboxes
            name="functions"
            legend={t.fields.functions}
            problem={problems.functions}
            values={lists.functions}
            choices={functionCodes.map((value) => ({ value, text: status.functions[value] }))}
          />
        )}
        {may('sites') && <Sites values={values} problems={problems} />}
        {institution && may('kind') && (
          <TextArea
            name="reason"
            label={t.reason}
            hint={t.reason_hint}
            value={values.reason}
            problem={problems.reason}
            maxLength={500}
          />
        )}
        <Button>{institution ? t.next : t.next_new}</Button>
      </Form>
    </Layout>
  )
}

/** A row for each site, and one more to add. */
function Sites({ values, problems }: { values: Record<string, string>; problems: Problems }) {
  const t = useTexts(editTexts)
  const words = useTexts(siteWords)
  const numbers = Object.keys(values).flatMap((name) => Number(/^site_(\d{1,2})_kind$/.exec(name)?.[1] ?? Number.NaN))
  const rows = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b)
  const filled = rows.filter((row) => values[`site_${row}_id`] || values[`site_${row}_address`])
  const next = Math.max(-1, ...filled) + 1
  return (
    <>
      <h2>{t.sites}</h2>
      {[...filled, next].map((row, index) => {
        const name = (part: string) => `site_${row}_${part}`
        const is_new = !values[name('id')]
        return (
          <fieldset key={row}>
            <legend>{row === next ? t.site_new : t.site(index + 1)}</legend>
            {row === next && <p>{t.site_new_hint}</p>}
            {!is_new && <HiddenFields fields={{ [name('id')]: values[name('id')] ?? '' }} />}
            <Select
              name={name('kind')}
              label={t.parts.kind}
              value={values[name('kind')]}
              problem={problems[name('kind')]}
              options={siteKinds.map((kind) => ({ value: kind, text: words[kind] }))}
            />
            <TextInput
              name={name('address')}
              label={t.parts.address}
              value={values[name('address')]}
              problem={problems[name('address')]}
              maxLength={200}
            />
            <Select
              name={name('area')}
              label={t.parts.area}
              value={values[name('area')]}
              problem={problems[name('area')]}
              empty={t.choose}
              options={areas.map(({ code, name: area }) => ({ value: code, text: `${area}（${code}）` }))}
            />
            {!is_new && (
              <Checkbox name={name('remove')} text={t.parts.remove} checked={Boolean(values[name('remove')])} />
            )}
          </fieldset>
        )
      })}
    </>
  )
}

/** An entry as its form has it. */
export function valuesOf({ sites, markets, functions, ...plain }: Edited): Values {
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value ?? ''),
    ]),
  )
  for (const [row, { id, kind, address, area_code }] of sites.entries())
    Object.assign(values, {
      [`site_${row}_id`]: id ?? '',
      [`site_${row}_kind`]: kind,
      [`site_${row}_address`]: address,
      [`site_${row}_area`]: area_code,
    })
  return { values, lists: { markets, functions } }
}
