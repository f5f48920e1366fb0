import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { Effect, type EffectProps } from './effect.tsx'
import { viewTexts } from './texts.ts'
import { reason_length_max } from './view-form.ts'
import { type Shown, viewFields, viewWords } from './words.ts'

/** The form as a version has it. */
export const valuesOf = (version: number, shown: Shown): Record<string, string> => ({
  ...Object.fromEntries(viewFields.map((field) => [field, shown[field] ? 'name' : 'counts'])),
  version: String(version),
  reason: '',
})

type EditProps = { values: Record<string, string>; problems?: Problems; failed?: 'outdated' | 'nothing' }

export function EditViewPage({ values, problems = {}, failed }: EditProps) {
  const t = useTexts(viewTexts)
  const words = useTexts(viewWords)
  return (
    <Layout title={t.edit_title} label={labelOf.member_view}>
      <p>
        <a href="/member-view">{t.back}</a>
      </p>
      <h1>{t.edit_title}</h1>
      <ErrorSummary problems={problems} />
      {failed && (
        <Banner kind="warning" title={t[failed]}>
          <p>{failed === 'outdated' ? t.outdated_next : t.nothing_next}</p>
        </Banner>
      )}
      <p>{t.edit_lead}</p>
      <Form action="/member-view/check">
        <HiddenFields fields={{ version: values.version ?? '' }} />
        {viewFields.map((field) => (
          <Radios
            key={field}
            name={field}
            legend={words.fields[field]}
            layout="segmented"
            required
            value={values[field]}
            problem={problems[field]}
            choices={[
              { value: 'name', text: words.by_name },
              { value: 'counts', text: words.counts },
            ]}
          />
        ))}
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.reason}
          problem={problems.reason}
          rows={3}
          maxLength={reason_length_max}
          required
        />
        <Button>{t.to_check}</Button>
      </Form>
    </Layout>
  )
}

/** What would change, before it is proposed. */
export function CheckViewPage({ values, ...effect }: { values: Record<string, string> } & EffectProps) {
  const t = useTexts(viewTexts)
  const fields = Object.fromEntries(['version', ...viewFields, 'reason'].map((name) => [name, values[name] ?? '']))
  return (
    <Layout title={t.check_title} label={labelOf.member_view}>
      <h1>{t.check_title}</h1>
      <p>{t.edit_lead}</p>
      <p>
        {t.reason}: {values.reason}
      </p>
      <Effect {...effect} />
      <Buttons>
        <Form action="/member-view">
          <HiddenFields fields={fields} />
          <Button>{t.propose}</Button>
        </Form>
        <Form action="/member-view/check">
          <HiddenFields fields={{ ...fields, change: 'yes' }} />
          <Button kind="outline">{t.change}</Button>
        </Form>
      </Buttons>
    </Layout>
  )
}
