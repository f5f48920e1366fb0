import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { Form } from '#ground/html/forms.tsx'
import type { Language } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { statusWords } from '#ground/market/words.ts'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import type { FieldChange } from './edit-changes.ts'
import { editTexts } from './edit-texts.ts'
import { membershipWords } from './membership.ts'
import { kindWords, siteWords } from './words.ts'

type Props = {
  institution: { id: string; name: string } | null
  changes: FieldChange[]
  /** The form as it was filled in; sent again when it is saved. */
  sent: [name: string, value: string][]
  has_changed?: boolean
}

/** Exactly what would be saved, before it is. */
export function CheckEditPage({ institution, changes, sent, has_changed = false }: Props) {
  const t = useTexts(editTexts)
  const { language } = useReading()
  const differences = changes.map(({ field, ...values }): Difference => {
    const what = t.fields[field]
    const [before, after] = [wordsOf(language, field, values.before), wordsOf(language, field, values.after)]
    if (before === '') return { kind: 'added', what, after }
    return after === '' ? { kind: 'removed', what, before } : { kind: 'changed', what, before, after }
  })
  return (
    <Layout label={labelOf['institution.entry']} title={t.check}>
      <h1>{t.check}</h1>
      {has_changed && <Banner kind="warning" title={t.meanwhile} />}
      {institution && <p>{institution.name}</p>}
      <p>{t.check_lead}</p>
      {changes.length > 0 ? <Diff differences={differences} /> : <Banner kind="info" title={t.check_nothing} />}
      {changes.length > 0 && (
        <Form action={institution ? `/institutions/${institution.id}` : '/institutions'}>
          <Sent fields={sent} />
          <Button>{institution ? t.save : t.save_new}</Button>
        </Form>
      )}
      <p>
        {t.label}: {labelNames[labelOf['institution.site']]}
      </p>
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

/** A value as people read it: codes by their words. */
function wordsOf(language: Language, field: FieldChange['field'], value: string): string {
  const { markets, functions } = statusWords[language]
  const known: Partial<Record<FieldChange['field'], Record<string, string>>> = {
    kind: kindWords[language],
    membership: membershipWords[language],
    is_asked: editTexts[language].asked,
    markets,
    functions,
  }
  if (field === 'sites')
    return value.replace(/^\w+/, (kind) => (siteWords[language] as Record<string, string>)[kind] ?? kind)
  const words = known[field]
  if (!words) return value
  return value
    .split(';')
    .map((code) => words[code] ?? code)
    .join(language === 'ja' ? '、' : ', ')
}
