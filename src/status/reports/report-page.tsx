import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import type { Look } from '#ground/html/chip.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time, UntilBeside } from '#ground/html/time.tsx'
import { bcpStates, commandCentres, conditions, damageFields, damages, statusWords } from '#ground/market/words.ts'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { type Shown, viewWords, willSee } from '#status/member-view/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { AlternativeFields } from './alternative-fields.tsx'
import { type Desk, Keeps } from './keeps.tsx'
import type { Reporter } from './queries.ts'
import { nextUpdates, reportLabels } from './report-form.ts'
import { reportTexts } from './report-texts.ts'

export type ReportPageProps = {
  situation: SituationView | null
  reporter: Reporter
  /** What members see of each other by name, as it is in force; null where they see nothing. */
  shown: Shown | null
  values: Record<string, string>
  problems?: Problems
  /** Why a report that was complete was not filed. */
  failed?: 'changed' | 'other_person' | 'too_old' | 'ahead'
  /** Somebody of the secretariat fills it in for the institution; the form goes to `action`. `newer`: what it said itself meanwhile. */
  on_behalf?: { action: string; newer?: string }
} & Desk

export function ReportPage({
  situation,
  reporter,
  shown,
  values,
  phones,
  problems = {},
  failed,
  on_behalf,
}: ReportPageProps) {
  const t = useTexts(reportTexts)
  const seen = useTexts(viewWords)
  const { language } = useReading()
  const action = on_behalf?.action ?? (situation ? `/situations/${situation.id}/report` : '/report')
  return (
    <Layout title={t.title} mode={situation?.mode} label={labelOf.report}>
      {!on_behalf && <Keeps situation={situation} reporter={reporter} phones={phones} />}
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {on_behalf && (
        <Banner kind="warning" title={t.on_behalf(named(language, reporter.institution))}>
          <p>{t.on_behalf_next}</p>
          {on_behalf.newer && (
            <p>
              <b>{t.newer}</b> <a href={`/reports/${on_behalf.newer}`}>{t.see_newer}</a>
            </p>
          )}
        </Banner>
      )}
      {failed && (
        <Banner kind="warning" title={t.failed[failed][0]}>
          {t.failed[failed][1]}
        </Banner>
      )}
      <About situation={situation} reporter={reporter} />
      {shown && (
        <p>
          {willSee(language, shown, { is_infrastructure: reporter.institution.is_infrastructure, at_once: !situation })}{' '}
          {seen.never}
        </p>
      )}
      {Object.keys(problems).length === 0 && !failed && (
        <Form action={action}>
          <HiddenFields
            fields={{
              all_normal: 'yes',
              idempotency_key: randomUUID(),
              written_upon: values.written_upon ?? '',
            }}
          />
          <Button>{t.all_normal}</Button>
          <p className="dads-note">{t.all_normal_says}</p>
        </Form>
      )}
      <OneScreen action={action} reporter={reporter} values={values} problems={problems} />
    </Layout>
  )
}

/** For what, for whom, and by when: before anything is pressed. */
function About({ situation, reporter: { institution, asked } }: Pick<ReportPageProps, 'situation' | 'reporter'>) {
  const t = useTexts(reportTexts)
  const { language, open } = useReading()
  const mode = situation && situation.mode !== 'actual' ? modeWords[language][situation.mode] : null
  const others = situation ? [] : open.filter((each) => each.mode === 'actual')
  return (
    <>
      <p className="dads-heading-sm">
        {mode && <strong>{`【${mode}】`}</strong>}
        {situation ? (language === 'en' ? situation.title_en : situation.title_ja) : t.peacetime}
      </p>
      <p>
        {t.of}: <b>{named(language, institution)}</b>
        {situation && (
          <>
            <br />
            {t.event}: <Time at={situation.event_at} />
          </>
        )}
        {asked && (
          <>
            <br />
            {t.asked}: <Time at={asked.asked_at} />
          </>
        )}
        {asked?.answer_by && (
          <>
            <br />
            {t.answer_by}:{' '}
            <b>
              <Time at={asked.answer_by} />
            </b>
            <UntilBeside at={asked.answer_by} />
          </>
        )}
      </p>
      {situation ? !asked && <p>{t.not_asked}</p> : <p>{t.peacetime_hint}</p>}
      {others.length > 0 && (
        <Banner kind="warning" title={t.rather}>
          <ul>
            {others.map(({ id, title_ja, title_en }) => (
              <li key={id}>
                <a href={`/situations/${id}/report`}>{language === 'en' ? title_en : title_ja}</a>
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </>
  )
}

function OneScreen({
  action,
  reporter: { functions, last },
  values,
  problems,
}: {
  action: string
  reporter: Reporter
  values: Record<string, string>
  problems: Problems
}) {
  const t = useTexts(reportTexts)
  const words = useTexts(statusWords)
  const readers = useTexts(labelWords)
  const { language } = useReading()
  const choices = <Name extends string>(
    names: readonly Name[],
    text: Record<Name, string>,
    look?: (name: Name) => Look,
  ) => names.map((name) => ({ value: name, text: text[name], ...(look && { look: look(name) }) }))
  const radios = (name: string, legend: string, of: ReturnType<typeof choices>, required = true) => (
    <Radios
      key={name}
      name={name}
      legend={legend}
      layout="segmented"
      required={required}
      choices={of}
      value={values[name]}
      problem={problems[name]}
    />
  )
  return (
    <section aria-labelledby="otherwise">
      <h2 id="otherwise">{t.otherwise}</h2>
      {last ? (
        <p>
          {t.prefilled(named(language, { name_ja: last.reported_by_ja ?? '', name_en: last.reported_by_en }))}{' '}
          <Time at={last.reported_at} />
          <AgeBeside at={last.reported_at} />
        </p>
      ) : (
        <p>{t.nothing_said}</p>
      )}
      <Form action={action}>
        <HiddenFields
          fields={{
            idempotency_key: values.idempotency_key ?? randomUUID(),
            written_upon: values.written_upon ?? '',
          }}
        />
        {functions.length > 0 && <h3>{t.functions}</h3>}
        {functions.map((code) =>
          radios(
            code,
            words.functions[code],
            choices(conditions, words.conditions, (name) => name),
            false,
          ),
        )}
        {functions.length > 0 && <AlternativeFields values={values} problems={problems} />}
        <h3>{t.damages}</h3>
        {damageFields.map((field) =>
          radios(
            field,
            words.damage_fields[field],
            choices(damages, words.damages, (name) => name),
            false,
          ),
        )}
        {radios('bcp', t.bcp, choices(bcpStates, words.bcp))}
        {radios('command_centre', t.command_centre, choices(commandCentres, words.command_centre))}
        <TextInput
          name="resumption_at"
          type="datetime-local"
          label={t.resumption_at}
          hint={t.resumption_hint}
          value={values.resumption_at}
          problem={problems.resumption_at}
          width="half"
        />
        <TextArea name="text" label={t.text} hint={t.text_hint} value={values.text} problem={problems.text} rows={3} />
        <Select
          name="label"
          label={t.label}
          value={values.label}
          problem={problems.label}
          options={reportLabels.map((label) => ({ value: label, text: `${labelNames[label]} ${readers[label]}` }))}
        />
        <Select
          name="next_update_minutes"
          label={t.next_update_minutes}
          hint={t.next_update_hint}
          value={values.next_update_minutes}
          problem={problems.next_update_minutes}
          options={nextUpdates.map((minutes) => ({ value: minutes, text: t.within[minutes] }))}
        />
        <div id="idempotency_key" tabIndex={-1}>
          <Button kind="outline">{t.act}</Button>
        </div>
      </Form>
    </section>
  )
}
