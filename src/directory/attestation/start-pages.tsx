import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import type { Audience } from './queries.ts'
import { type AttestationForm, answer_days_max, text_length_max } from './start.ts'
import { attestationTexts } from './texts.ts'

type NewProps = { values: Record<string, string>; problems?: Problems; open_id?: string | null }

export function NewAttestationPage({ values, problems = {}, open_id }: NewProps) {
  const t = useTexts(attestationTexts)
  return (
    <Layout title={t.start}>
      <h1>{t.start}</h1>
      <ErrorSummary problems={problems} />
      {open_id && <IsOpen id={open_id} />}
      <p>{t.lead}</p>
      <Form action="/attestations/check">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <TextInput
          type="datetime-local"
          name="answer_by"
          label={t.answer_by}
          hint={t.answer_by_hint(answer_days_max)}
          value={values.answer_by}
          problem={problems.answer_by}
          width="half"
          required
        />
        {(['text_ja', 'text_en'] as const).map((name) => (
          <TextArea
            key={name}
            name={name}
            label={t[name]}
            hint={t.text_hint}
            value={values[name]}
            problem={problems[name]}
            rows={4}
            maxLength={text_length_max}
            required
          />
        ))}
        <Button>{t.check}</Button>
      </Form>
    </Layout>
  )
}

function IsOpen({ id }: { id: string }) {
  const t = useTexts(attestationTexts)
  return (
    <Banner kind="warning" title={t.is_open}>
      <ButtonLink href={`/attestations/${id}`}>{t.see_open}</ButtonLink>
    </Banner>
  )
}

type CheckProps = {
  form: AttestationForm
  values: Record<string, string>
  audience: Audience
  sample: { subject: string; body: string } | null
}

/** Everything that one press will do, before it does it. */
export function CheckAttestationPage({ form, values, audience, sample }: CheckProps) {
  const t = useTexts(attestationTexts)
  const { language } = useReading()
  const { answer_by = '', text_ja = '', text_en = '', idempotency_key = '' } = values
  const fields = { answer_by, text_ja, text_en, idempotency_key }
  return (
    <Layout title={t.check_title}>
      <h1>{t.check_title}</h1>
      <SummaryList
        items={[
          { term: t.to, value: <b>{t.reach(audience.institutions, audience.people)}</b> },
          { term: t.answer_by, value: <Time at={form.answer_by} with_date /> },
          { term: t.reminders, value: t.reminders_text },
          { term: t.text_ja, value: <LongText>{form.text_ja}</LongText> },
          { term: t.text_en, value: <LongText>{form.text_en}</LongText> },
        ]}
      />
      {audience.without.length > 0 && (
        <Banner kind="warning" title={t.without(audience.without.length)}>
          <p>{t.without_text}</p>
          <ul>
            {audience.without.map((institution) => (
              <li key={institution.id}>{named(language, institution)}</li>
            ))}
          </ul>
        </Banner>
      )}
      {sample && (
        <Details summary={sample.subject} id="sample">
          <LongText>{sample.body}</LongText>
        </Details>
      )}
      <Buttons>
        <Form action="/attestations">
          <HiddenFields fields={fields} />
          <Button>{t.send(audience.people)}</Button>
        </Form>
        <Form action="/attestations/check">
          <HiddenFields fields={{ ...fields, change: 'yes' }} />
          <Button kind="outline">{t.change}</Button>
        </Form>
      </Buttons>
    </Layout>
  )
}
