import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { checkTexts, effectOf } from './check-texts.ts'
import type { Second } from './is-second.ts'
import type { NoticeView } from './queries.ts'
import { reason_length_max } from './return-notice.ts'

export type ReleaseRights = { edit: boolean; release: boolean }

/** What can be done with a notice that is not out yet: one big button, named with its verb, its number and its mode. */
export function ReleasePart({
  notice,
  seen: check_seen,
  second,
  count,
  may,
  values,
  problems,
}: {
  notice: NoticeView
  seen: string
  second: Second
  count: number
  may: ReleaseRights
  values: Record<string, string>
  problems: Problems
}) {
  const t = useTexts(checkTexts)
  const { language, open } = useReading()
  const { mode, state, version } = notice
  const real = open
    .filter((each) => mode !== 'actual' && each.mode === 'actual')
    .map(({ title_ja, title_en }) => ({ name_ja: title_ja, name_en: title_en }))
  const path = `/notices/${notice.id}`
  const seen = <HiddenFields fields={{ version: String(version), mode, seen: check_seen }} />
  if (state !== 'draft' && state !== 'submitted') return null
  const may_now = may.release && (mode !== 'actual' || second === 'yes')
  return (
    <section aria-labelledby="act">
      <h2 id="act">{state === 'draft' ? t.step.check : t.step.release}</h2>
      {state === 'draft' && may.edit && (
        <Form action={`${path}/submission`}>
          {seen}
          <Button>{t.submit}</Button>
        </Form>
      )}
      {state === 'submitted' && (
        <>
          <Banner kind="info" title={t.submitted}>
            <p>{mode === 'actual' ? t.second[second] : t.submitted_drill}</p>
          </Banner>
          {may_now && (
            <Form action={`${path}/release`}>
              {seen}
              {real.length > 0 && (
                <>
                  <Banner kind="warning" title={t.real(real.map((each) => named(language, each)).join(' / '))} />
                  <Checkbox name="drill" text={t.drill(count)} problem={problems.drill} required />
                </>
              )}
              <Button danger={mode === 'actual'}>{t.release[effectOf(notice)](count)}</Button>
            </Form>
          )}
          {may.release && (
            <Details summary={t.return} id="return" open={Boolean(problems.return_reason)}>
              <Form action={`${path}/return`}>
                {seen}
                <TextArea
                  name="return_reason"
                  label={t.return_reason}
                  value={values.return_reason}
                  problem={problems.return_reason}
                  maxLength={reason_length_max}
                  rows={3}
                  required
                />
                <Button kind="outline">{t.return}</Button>
              </Form>
            </Details>
          )}
          {may.release && !may_now && (
            <Details summary={t.override} id="override" open={Boolean(problems.override_reason)}>
              <p>{t.override_lead}</p>
              <Form action={`${path}/release`}>
                {seen}
                <TextArea
                  name="override_reason"
                  label={t.override_reason}
                  hint={t.override_hint}
                  value={values.override_reason}
                  problem={problems.override_reason}
                  maxLength={reason_length_max}
                  rows={3}
                  required
                />
                <Button kind="outline" danger>
                  {t.override_act(count)}
                </Button>
              </Form>
            </Details>
          )}
        </>
      )}
      {may.edit && (
        <Details summary={t.drop} id="drop">
          <p>{t.drop_next}</p>
          <Buttons>
            <Form action={`${path}/drop`}>
              {seen}
              <Button kind="outline" size="md" danger>
                {t.drop}
              </Button>
            </Form>
          </Buttons>
        </Details>
      )}
    </section>
  )
}
