import { labelNames, labelOf } from '#access/index.ts'
import { Banner } from '#html/banner.tsx'
import { Button } from '#html/button.tsx'
import { Diff, type Difference } from '#html/diff.tsx'
import { Form } from '#html/forms.tsx'
import { Layout } from '#html/layout.tsx'
import { useTexts } from '#html/render.tsx'
import type { FieldChange } from './edit-changes.ts'
import { editTexts } from './edit-texts.ts'

type Props = {
  institution: { id: string; name: string } | null
  changes: FieldChange[]
  /** The form as it was filled in; sent again when it is saved. */
  sent: [name: string, value: string][]
  hasChanged?: boolean
}

/** Exactly what would be saved, before it is. */
export function CheckEditPage({ institution, changes, sent, hasChanged = false }: Props) {
  const t = useTexts(editTexts)
  const differences = changes.map(({ field, before, after }): Difference => {
    const what = t.fields[field]
    if (before === '') return { kind: 'added', what, after }
    return after === '' ? { kind: 'removed', what, before } : { kind: 'changed', what, before, after }
  })
  return (
    <Layout title={t.check}>
      <h1>{t.check}</h1>
      {hasChanged && <Banner kind="warning" title={t.meanwhile} />}
      {institution && <p>{institution.name}</p>}
      <p>{t.check_lead}</p>
      {changes.length > 0 ? <Diff differences={differences} /> : <Banner kind="info" title={t.check_nothing} />}
      <p>
        {t.label}: {labelNames[labelOf['institution.site']]}
      </p>
      {changes.length > 0 && (
        <Form action={institution ? `/institutions/${institution.id}` : '/institutions'}>
          <Sent fields={sent} />
          <Button>{institution ? t.save : t.save_new}</Button>
        </Form>
      )}
      <Form action={institution ? `/institutions/${institution.id}/check` : '/institutions/check'}>
        <Sent fields={[...sent, ['back', 'yes']]} />
        <Button kind="outline">{t.back}</Button>
      </Form>
    </Layout>
  )
}

const Sent = ({ fields }: { fields: Props['sent'] }) =>
  fields.map(([name, value], index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same name may stand several times, always in this order
    <input key={index} type="hidden" name={name} value={value} />
  ))
