import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Checkbox, Checkboxes, Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { texts } from './components-texts.ts'

const conditions = ['normal', 'alternative', 'partial', 'stopped', 'resumed', 'unknown'] as const

/** Every control, once as it is and once with what is wrong about it. It is sent nowhere. */
export function ComponentsForm() {
  const { form, looks } = useTexts(texts)
  const { problems } = form
  return (
    <>
      <ErrorSummary problems={problems} />
      <Form action="/demo/components">
        <HiddenFields fields={{ idempotency_key: 'demo' }} />
        <TextInput name="subject" label={form.subject} hint={form.subject_hint} problem={problems.subject} required />
        <TextInput
          name="answer_by"
          type="datetime-local"
          width="half"
          label={form.answer_by}
          value="2026-11-20T15:00"
        />
        <Select
          name="hazard"
          label={form.hazard}
          empty={form.choose}
          options={[
            { value: 'earthquake', text: form.earthquake },
            { value: 'system_failure', text: form.system_failure },
          ]}
        />
        <Radios
          name="order_trading"
          layout="segmented"
          legend={form.order_trading}
          value="partial"
          required
          choices={conditions.map((value) => ({ value, text: looks[value], look: value }))}
        />
        <Radios
          name="bcp"
          legend={form.bcp}
          problem={problems.bcp}
          choices={form.bcp_states.map((text, index) => ({ value: String(index), text }))}
        />
        <Checkboxes
          name="shown"
          legend={form.shown}
          hint={form.shown_hint}
          values={['markets']}
          choices={[
            { value: 'markets', text: form.markets, hint: form.markets_hint },
            { value: 'hours', text: form.hours },
          ]}
        />
        <TextArea name="text" label={form.text} value={form.text_value} />
        <Checkbox name="checked" text={form.checked} required />
        <Buttons>
          <Button>{form.report}</Button>
          <ButtonLink href="#main">{form.back}</ButtonLink>
          <Button kind="text" size="md" name="act" value="draft">
            {form.draft}
          </Button>
          <Button danger>{form.publish}</Button>
        </Buttons>
      </Form>
    </>
  )
}
