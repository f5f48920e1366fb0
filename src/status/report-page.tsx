import { randomUUID } from 'node:crypto'
import { labelNames, labelOf } from '#access/index.ts'
import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { Button } from '#html/button.tsx'
import type { Look } from '#html/chip.tsx'
import { Radios } from '#html/choices.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#html/forms.tsx'
import { labelWords } from '#html/label.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { modeWords } from '#html/modes.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { Age, Time, Until } from '#html/time.tsx'
import type { SituationView } from '#situations/index.ts'
import type { Reporter } from './queries.ts'
import { nextUpdates, reportLabels } from './report-form.ts'
import { bcpStates, commandCentres, conditions, damageFields, damages, statusWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '状況を報告する',
    peacetime: '事案によらない平時の報告',
    peacetime_hint: '使い方に慣れるため、ふだんから報告できます。状況ボードには、実際の最新の状況として出ます。',
    rather: '対応中の事案があります。その事案についての報告は、こちらから行ってください。',
    of: '報告する機関',
    event: '発生',
    asked: '報告の依頼',
    answer_by: '回答期限',
    not_asked: '報告の依頼はまだ届いていませんが、報告できます。',
    all_normal: 'すべて通常・被害なし と報告する',
    all_normal_says: 'すべての業務が通常、被害なし、BCPは発動していない、対策本部は設置していない、と報告します。',
    otherwise: 'それ以外の場合',
    nothing_said: '業務状況と被害は「不明」から始めています。分かったものだけ選び直してください。',
    prefilled: (who: string) => `前回の報告（${who}）の内容を入れてあります。変わったところだけ選び直してください。`,
    functions: '業務の状況',
    damages: '被害の状況',
    bcp: 'BCPの発動状況',
    command_centre: '自機関の対策本部',
    resumption_at: '再開見込み（日本時間）',
    resumption_hint: '分からなければ空欄にしてください。',
    text: '補足',
    text_hint: '4,000文字まで。ほかの市場参加者には見えません。',
    label: '補足を読める人',
    next_update_minutes: '次回の報告',
    next_update_hint: 'この時間を過ぎると、状況ボードの表示は「不明」に変わります。',
    within: {
      30: '30分以内',
      60: '1時間以内',
      120: '2時間以内',
      180: '3時間以内',
      360: '6時間以内',
      720: '12時間以内',
      1440: '24時間以内',
    },
    act: '状況を報告する',
    on_behalf: (name: string) => `${name}に代わって報告します`,
    on_behalf_next:
      '電話などで聞き取った内容だけを入力してください。「事務局が代わりに報告」と表示され、その機関の回答になります。',
    changed: 'この画面からの報告は、すでに受け付けています',
    changed_next:
      '内容が前と違うため、まだ報告していません。内容を確かめて、もう一度「状況を報告する」を押すと、新しい報告になります。',
  },
  en: {
    title: 'Report status',
    peacetime: 'Report outside any situation',
    peacetime_hint:
      'You can report at any time, to stay used to it. The status board shows it as your actual current state.',
    rather: 'A situation is open. Please report about it here:',
    of: 'Reporting for',
    event: 'Event',
    asked: 'Asked to report',
    answer_by: 'Answer by',
    not_asked: 'You have not been asked to report yet, but you can.',
    all_normal: 'Report all normal, no damage',
    all_normal_says:
      'Reports that all functions are normal, that there is no damage, that the BCP is not activated and that no command centre is set up.',
    otherwise: 'Otherwise',
    nothing_said: 'Functions and damage start at “Unknown”. Change only what you know.',
    prefilled: (who: string) => `This holds what was last reported (${who}). Change only what is different.`,
    functions: 'Functions',
    damages: 'Damage',
    bcp: 'BCP activation',
    command_centre: 'Own command centre',
    resumption_at: 'Expected resumption (Japan time)',
    resumption_hint: 'Leave it empty if not known.',
    text: 'Remarks',
    text_hint: 'Up to 4,000 characters. Other market participants do not see them.',
    label: 'Who may read the remarks',
    next_update_minutes: 'Next update',
    next_update_hint: 'After this time the status board shows “Unknown”.',
    within: {
      30: 'within 30 minutes',
      60: 'within 1 hour',
      120: 'within 2 hours',
      180: 'within 3 hours',
      360: 'within 6 hours',
      720: 'within 12 hours',
      1440: 'within 24 hours',
    },
    act: 'Report status',
    on_behalf: (name: string) => `You report on behalf of ${name}`,
    on_behalf_next:
      'Enter only what they told you, by phone for instance. It is marked as reported by the secretariat and counts as their answer.',
    changed: 'A report from this page has already been received',
    changed_next:
      'What you entered now is different and has not been reported yet. Check it and press “Report status” again to file it as a new report.',
  },
})

export type ReportPageProps = {
  situation: SituationView | null
  reporter: Reporter
  values: Record<string, string>
  problems?: Problems
  /** True when the same filling-in came again with other words. */
  changed?: boolean
  /** Somebody of the secretariat fills it in for the institution; the form goes to `action`. */
  on_behalf?: { action: string }
}

export function ReportPage({
  situation,
  reporter,
  values,
  problems = {},
  changed = false,
  on_behalf,
}: ReportPageProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  const action = on_behalf?.action ?? (situation ? `/situations/${situation.id}/report` : '/report')
  return (
    <Layout title={t.title} mode={situation?.mode} label={labelOf.report}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {on_behalf && (
        <Banner kind="warning" title={t.on_behalf(named(language, reporter.institution))}>
          {t.on_behalf_next}
        </Banner>
      )}
      {changed && (
        <Banner kind="warning" title={t.changed}>
          {t.changed_next}
        </Banner>
      )}
      <About situation={situation} reporter={reporter} />
      {Object.keys(problems).length === 0 && !changed && (
        <Form action={action}>
          <HiddenFields fields={{ all_normal: 'yes', idempotency_key: randomUUID() }} />
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
  const t = useTexts(texts)
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
            <Brackets>
              <Until at={asked.answer_by} />
            </Brackets>
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
  const t = useTexts(texts)
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
          <Time at={last.reported_at} /> (<Age at={last.reported_at} />)
        </p>
      ) : (
        <p>{t.nothing_said}</p>
      )}
      <Form action={action}>
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? randomUUID() }} />
        {functions.length > 0 && <h3>{t.functions}</h3>}
        {functions.map((code) =>
          radios(
            code,
            words.functions[code],
            choices(conditions, words.conditions, (name) => name),
            false,
          ),
        )}
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
