import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { severities } from '#ground/channels/channel.ts'
import { severityWords } from '#ground/channels/words.ts'
import type { Mode, NoticeKind } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Field, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { besideOthers, markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type AudienceChoices, AudienceFields, type Lists } from '#telling/audience/index.ts'
import { subject_length_max, text_length_max } from '#telling/templates/index.ts'
import { AnswerFields } from './answer-fields.tsx'
import type { Files } from './attachment-fields.tsx'
import { blank_prefix, blanksIn } from './blanks.ts'
import { composeTexts } from './compose-texts.ts'
import type { OfficialChoice } from './queries.ts'
import { SharingFields } from './sharing-fields.tsx'

export type Values = Record<string, string>
type ComposeProps = {
  kind: NoticeKind
  /** Where the form goes: a new notice, or the draft that it changes. */
  action: string
  values: Values
  /** The mode that the draft has; null for a new one, which still chooses. */
  begun_in: Mode | null
  audience:
    | { choices: AudienceChoices; chosen: Lists }
    | { reached: number; subject_ja: string; subject_en: string; id: string }
  /** Situations that it may belong to. */
  situations: { id: string; mode: Mode; title_ja: string; title_en: string }[]
  officials: OfficialChoice[]
  files: Files
  problems?: Problems
  /** That somebody else was faster, and what it says now. */
  outdated?: boolean
}

/** Everything that somebody says in a notice, on one page; only what its kind needs is asked for. */
export function ComposePage({
  kind,
  action,
  values,
  begun_in,
  audience,
  files,
  problems = {},
  ...offered
}: ComposeProps) {
  const t = useTexts(composeTexts)
  const kinds = useTexts(noticeKindWords)
  const severityOf = useTexts(severityWords)
  const is_replacing = 'reached' in audience
  const title = values.version ? `${t.edit}: ${kinds[kind]}` : t.titles[kind]
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  const blanks = blanksIn(values)
  const [, chosen] = (values.belongs_to ?? '').split(':')
  const mode =
    begun_in ?? offered.situations.find(({ id }) => id === values.belongs_to)?.mode ?? (chosen as Mode | undefined)
  return (
    <Layout title={title} mode={mode}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <form method="post" action={action} encType="multipart/form-data" noValidate className="dads-form">
        <HiddenFields
          fields={{
            kind,
            ...Object.fromEntries(
              ['idempotency_key', 'version', 'template_id', 'replaces_id'].flatMap((name) =>
                values[name] ? [[name, values[name]]] : [],
              ),
            ),
          }}
        />
        {is_replacing ? (
          <>
            <HiddenFields fields={{ belongs_to: values.belongs_to ?? '' }} />
            <Replaced {...audience} />
          </>
        ) : (
          <BelongsTo kind={kind} begun_in={begun_in} situations={offered.situations} {...field('belongs_to')} />
        )}
        {kind === 'official' && <Official officials={offered.officials} {...field('official_notice_id')} />}
        <Radios
          {...field('severity')}
          legend={t.severity}
          hint={t.severity_hint}
          required
          layout="segmented"
          choices={severities.map((severity) => ({ value: severity, text: severityOf[severity] }))}
        />
        {!is_replacing && <AudienceFields choices={audience.choices} values={audience.chosen} problems={problems} />}
        {blanks.length > 0 && <Blanks blanks={blanks} values={values} problems={problems} />}
        {(['ja', 'en'] as const).map((language) => (
          <div key={language} lang={language}>
            <TextInput
              {...field(`subject_${language}`)}
              label={t[`subject_${language}`]}
              hint={language === 'ja' && t.subject_hint}
              maxLength={subject_length_max}
              required
            />
            <TextArea
              {...field(`text_${language}`)}
              label={t[`text_${language}`]}
              hint={language === 'ja' && t.text_hint}
              rows={5}
              maxLength={text_length_max}
              required
            />
          </div>
        ))}
        <AnswerFields kind={kind} values={values} problems={problems} />
        <SharingFields files={files} values={values} problems={problems} />
        <Button>{t.act}</Button>
      </form>
    </Layout>
  )
}

type Asked = { name: string; value: string | undefined; problem: string | undefined }

/** The situation, or for what is of none the mode: one choice, so that no two can contradict each other. */
function BelongsTo({
  kind,
  begun_in,
  situations,
  ...field
}: Asked & Pick<ComposeProps, 'kind' | 'begun_in' | 'situations'>) {
  const t = useTexts(composeTexts)
  const { language } = useReading()
  const modes = (['actual', 'exercise', 'test'] as const).filter(
    (mode) => kind !== 'report_request' && (kind !== 'test' || mode === 'test'),
  )
  const offered = [
    ...(kind === 'test' ? [] : situations).map(({ id, mode, title_ja, title_en }) => ({
      mode,
      value: id,
      text: besideOthers(language, mode, language === 'en' ? title_en : title_ja),
    })),
    ...modes.map((mode) => ({ mode, value: `none:${mode}`, text: t.none[mode], hint: t.none_hint[mode] })),
  ]
  const choices = offered.filter(({ mode }) => begun_in === null || mode === begun_in)
  if (choices.length === 0)
    return (
      <div id="belongs_to" tabIndex={-1}>
        <Banner kind="warning" title={t.no_situation}>
          <p>
            <a href="/gatherings/new">{t.gather}</a>
          </p>
          <p>
            <a href="/command-centre/new">{t.open_situation}</a>
          </p>
        </Banner>
      </div>
    )
  return <Radios {...field} legend={t.belongs_to} hint={t.belongs_hint} required choices={choices} />
}

const Replaced = ({ reached, subject_ja, subject_en, id }: Extract<ComposeProps['audience'], { reached: number }>) => {
  const t = useTexts(composeTexts)
  const { language } = useReading()
  return (
    <Banner kind="info" title={t.replaces}>
      <p>
        <a href={`/notices/${id}`}>{language === 'en' ? subject_en : subject_ja}</a>
      </p>
      <p>{t.to_same(reached)}</p>
    </Banner>
  )
}

function Official({ officials, ...field }: Asked & Pick<ComposeProps, 'officials'>) {
  const t = useTexts(composeTexts)
  const { language } = useReading()
  return (
    <Select
      {...field}
      label={t.official}
      hint={t.official_hint}
      empty={t.choose}
      required
      options={officials.map(({ id, mode, issuer, reference, issued_on, title }) => ({
        value: id,
        text: markedTitle(language, mode, [title, issuer, reference, issued_on].filter(Boolean).join(' / ')),
      }))}
    />
  )
}

/** What a template leaves open: filled in once, wherever it stands. */
function Blanks({ blanks, values, problems }: { blanks: string[]; values: Values; problems: Problems }) {
  const t = useTexts(composeTexts)
  return (
    <fieldset className="dads-form-control-label">
      <legend className="dads-form-control-label__label">{t.blanks}</legend>
      <p className="dads-form-control-label__support-text">{t.blanks_hint}</p>
      {blanks.map((what) => (
        <Field key={what} name={blank_prefix + what} label={what} problem={problems[blank_prefix + what]} required>
          {(wiring) => (
            <input
              className="dads-input-text"
              type="text"
              defaultValue={values[blank_prefix + what]}
              maxLength={text_length_max}
              {...wiring}
            />
          )}
        </Field>
      ))}
    </fieldset>
  )
}
