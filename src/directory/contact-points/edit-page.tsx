import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { showWritten } from '#ground/market/phone.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { usePointItems } from './parts.tsx'
import type { PointView } from './queries.ts'
import { pointTexts } from './texts.ts'

/** The form as the newest version has it. */
export const valuesOf = (point: PointView): Record<string, string> => ({
  section_ja: point.section_ja ?? '',
  section_en: point.section_en ?? '',
  phone: point.phone ? showWritten(point.phone) : '',
  mail: point.mail ?? '',
  office_name: point.office_name ?? '',
  office_address: point.office_address ?? '',
  office_phone: point.office_phone ? showWritten(point.office_phone) : '',
  version: String(point.point_version ?? 0),
})

type Props = { point: PointView; values: Record<string, string>; problems?: Problems; is_outdated?: boolean }

export function EditPointPage({ point, values, problems = {}, is_outdated = false }: Props) {
  const t = useTexts(pointTexts)
  const { language, reader } = useReading()
  const name = named(language, point)
  const now = usePointItems(point)
  const field = (
    name: 'section_ja' | 'section_en' | 'phone' | 'mail' | 'office_name' | 'office_address' | 'office_phone',
  ) => ({
    name,
    label: t[name],
    value: values[name],
    problem: problems[name],
  })
  return (
    <Layout title={t.edit_title(name)} label={labelOf.contact_point}>
      <p>
        <a href={`/contact-points/${point.id}`}>{t.back}</a>
      </p>
      <h1>{t.edit_title(name)}</h1>
      <ErrorSummary problems={problems} />
      {is_outdated && (
        <Banner kind="error" title={t.outdated}>
          <p>{t.outdated_next}</p>
          <SummaryList items={now} />
        </Banner>
      )}
      <p>{t.edit_lead}</p>
      {reader && reader.institution_id !== point.id && (
        <p>
          <b>{t.on_behalf_lead(name)}</b>
        </p>
      )}
      <Form action={`/contact-points/${point.id}`}>
        <HiddenFields fields={{ version: values.version ?? '' }} />
        <TextInput {...field('section_ja')} maxLength={100} required />
        <TextInput {...field('section_en')} maxLength={100} />
        <TextInput {...field('phone')} type="tel" width="half" maxLength={50} required />
        <TextInput {...field('mail')} type="email" width="half" maxLength={254} />
        <TextInput {...field('office_name')} hint={t.office_hint} maxLength={100} />
        <TextInput {...field('office_address')} maxLength={200} />
        <TextInput {...field('office_phone')} type="tel" width="half" maxLength={50} />
        <Button>{t.save}</Button>
      </Form>
    </Layout>
  )
}
