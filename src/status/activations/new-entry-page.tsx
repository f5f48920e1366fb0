import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { BodyNow, CriterionVersion, MarketState } from './queries.ts'
import type { Side } from './sides.ts'
import { nameOf, StateChip } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

const texts = inBoth({
  ja: {
    title: 'BCPの発動・解除を入力する',
    lead: '入力しただけでは何も変わりません。同じ側のもう1人が確認すると、発動状況が変わります。',
    own: (body: string) => `${body}の決定として、自ら入力します。`,
    on_behalf: (body: string) =>
      `${body}から聞いた決定を、事務局が代わりに記録します。「事務局が代わりに記録」と表示されます。`,
    now: 'いまの状況',
    step: '決定した内容',
    decided_at: '決定した時刻（日本時間）',
    effective_at: 'いつから効力があるか（日本時間）',
    effective_hint: '空欄なら、決定した時刻からです。',
    criterion: '根拠とする発動基準',
    criterion_of: (version: number, day: string) => `第${version}版（${day}から適用）`,
    no_criterion: '発動基準によらない',
    situation: '関係する事案',
    reason: '理由',
    reason_hint: 'どの基準に当たると判断したか。サインインした人が読みます。',
    act: { actual: '入力して確認を待つ', exercise: '訓練として入力する', test: '試験として入力する' },
  },
  en: {
    title: 'Enter an activation or lifting',
    lead: 'Entering changes nothing by itself. It counts once a second person of the same side has confirmed it.',
    own: (body: string) => `You enter it as the own decision of ${body}.`,
    on_behalf: (body: string) => `The secretariat records what ${body} has told it. The entry says so.`,
    now: 'Now',
    step: 'What was decided',
    decided_at: 'Decided at (Japan time)',
    effective_at: 'In effect from (Japan time)',
    effective_hint: 'If left empty, from the decision on.',
    criterion: 'Criteria that it rests on',
    criterion_of: (version: number, day: string) => `Version ${version} (from ${day})`,
    no_criterion: 'Not by the criteria',
    situation: 'Situation',
    reason: 'Reason',
    reason_hint: 'Which criterion was judged to be met. Everyone who is signed in reads it.',
    act: { actual: 'Put it forward', exercise: 'Put it forward as an exercise', test: 'Put it forward as a test' },
  },
})

type Props = {
  body: BodyNow
  side: Side
  state: MarketState
  criteria: readonly CriterionVersion[]
  /** Open situations of the same mode. */
  situations: readonly { id: string; title_ja: string; title_en: string }[]
  values: Record<string, string>
  problems?: Problems
  refused?: 'waiting' | 'no_body' | undefined
  waiting_id?: string | undefined
}

export function NewEntryPage({ body, side, state, criteria, situations, ...props }: Props) {
  const { values, problems = {}, refused, waiting_id } = props
  const t = useTexts(texts)
  const all = useTexts(activationTexts)
  const words = useTexts(activationWords)
  const { language, now } = useReading()
  const { market, mode } = state
  const path = `/activations/markets/${market}`
  const field = <Name extends string>(name: Name) => ({ name, value: values[name], problem: problems[name] })
  const title = `${marketName(language, market)} ${t.title}`
  return (
    <Layout title={title} mode={mode}>
      <p>
        <a href={path}>{all.back_market}</a>
      </p>
      <h1>{title}</h1>
      {refused && (
        <Banner kind="error" title={all.refused[refused]}>
          {waiting_id && <a href={`/activations/${waiting_id}`}>{all.to_waiting}</a>}
        </Banner>
      )}
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <p>{side.is_on_behalf ? t.on_behalf(nameOf(language, body)) : t.own(nameOf(language, body))}</p>
      <p>
        {t.now}: <StateChip of={state} />
      </p>
      <Form action={`${path}/entries`}>
        <HiddenFields fields={{ id: values.id ?? '', mode }} />
        <Radios
          {...field('step')}
          legend={t.step}
          required
          choices={(['activated', 'lifted'] as const).map((value) => ({ value, text: words.steps[value] }))}
        />
        <TextInput
          {...field('decided_at')}
          value={values.decided_at ?? toCivilInput(now)}
          type="datetime-local"
          label={t.decided_at}
          width="half"
          required
        />
        <TextInput
          {...field('effective_at')}
          type="datetime-local"
          label={t.effective_at}
          hint={t.effective_hint}
          width="half"
        />
        <Select
          {...field('criterion_version')}
          label={t.criterion}
          empty={criteria.length > 0 ? t.no_criterion : all.no_criteria}
          options={criteria.map(({ version, effective_on }) => ({
            value: String(version),
            text: t.criterion_of(version, effective_on),
          }))}
        />
        <TextArea {...field('reason')} label={t.reason} hint={t.reason_hint} required />
        {situations.length > 0 && (
          <Select
            {...field('situation_id')}
            label={t.situation}
            empty={all.no_situation}
            options={situations.map(({ id, title_ja, title_en }) => ({
              value: id,
              text: language === 'en' ? title_en : title_ja,
            }))}
          />
        )}
        <Button>{t.act[mode]}</Button>
      </Form>
    </Layout>
  )
}
