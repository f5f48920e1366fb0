import type { ReactNode } from 'react'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { CriterionText } from './market-page.tsx'
import type { BodyNow, CriterionVersion } from './queries.ts'
import { nameOf } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { marketName } from './words.ts'

const texts = inBoth({
  ja: {
    criterion: '発動基準を変更する',
    criterion_lead: '発動と解除を判断するための文章です。対策本部の設置基準とは別のものです。前の版は履歴に残ります。',
    body: '決定主体を変更する',
    body_lead: 'この市場のBCPの発動・解除を、だれがどの手続で決めるかです。事務局のもう1人が同意すると有効になります。',
    activating_ja: '発動の基準（日本語）',
    activating_en: '発動の基準（英語）',
    lifting_ja: '解除の基準（日本語）',
    lifting_en: '解除の基準（英語）',
    agreed_with_ja: '協議先（日本語）',
    agreed_with_en: '協議先（英語）',
    agreed_hint: 'この版をどの機関・会議体と協議して整理したか。',
    effective_on: '適用の日',
    institution: '決定主体の機関（機関コード）',
    institution_hint: '例：EXC-1。この機関のBCP連絡担当者・対策本部員が、決定を自ら入力できます。',
    body_ja: '決定主体の名称（日本語）',
    body_en: '決定主体の名称（英語）',
    procedure_ja: '決定の手続（日本語）',
    procedure_en: '決定の手続（英語）',
    reason: '変更の理由',
    save: '新しい版として保存する',
    put: '変更を入力して同意を待つ',
    outdated: '先にほかの人が変更しました',
    outdated_next:
      'いまの内容を下に示します。あなたが入力した内容は欄に残っています。確かめてから、もう一度保存してください。',
  },
  en: {
    criterion: 'Change the criteria',
    criterion_lead:
      'Texts by which people judge whether to activate and to lift. They are apart from the criteria for setting up the command centre. Earlier versions stay in the history.',
    body: 'Change who decides',
    body_lead:
      'Who decides on this market’s BCP, and by which procedure. It counts once a second person of the secretariat has agreed.',
    activating_ja: 'Activated when (Japanese)',
    activating_en: 'Activated when (English)',
    lifting_ja: 'Lifted when (Japanese)',
    lifting_en: 'Lifted when (English)',
    agreed_with_ja: 'Agreed with (Japanese)',
    agreed_with_en: 'Agreed with (English)',
    agreed_hint: 'The institutions and bodies with which this version was agreed.',
    effective_on: 'Holds from',
    institution: 'Institution of the deciding body (its code)',
    institution_hint: 'Such as EXC-1. Its BCP contacts and command-centre members can enter decisions as their own.',
    body_ja: 'Name of the deciding body (Japanese)',
    body_en: 'Name of the deciding body (English)',
    procedure_ja: 'Procedure (Japanese)',
    procedure_en: 'Procedure (English)',
    reason: 'Reason for the change',
    save: 'Save as a new version',
    put: 'Put the change forward',
    outdated: 'Somebody else has changed it first',
    outdated_next: 'What it says now is shown below. What you typed is still in the form. Check it and save again.',
  },
})

type Props = {
  market: string
  values: Record<string, string>
  problems?: Problems
  outdated?: boolean
}

export function EditCriterionPage({ current, ...props }: Props & { current: CriterionVersion | undefined }) {
  const t = useTexts(texts)
  const field = fieldsOf(props)
  return (
    <Frame
      {...props}
      title={t.criterion}
      lead={t.criterion_lead}
      now={current && <CriterionText criterion={current} />}
    >
      <Form action={`/activations/markets/${props.market}/criterion`}>
        <HiddenFields fields={{ version: props.values.version ?? '0' }} />
        {(['activating_ja', 'activating_en', 'lifting_ja', 'lifting_en'] as const).map((name) => (
          <TextArea key={name} {...field(name)} label={t[name]} rows={5} required />
        ))}
        <TextInput {...field('agreed_with_ja')} label={t.agreed_with_ja} hint={t.agreed_hint} required />
        <TextInput {...field('agreed_with_en')} label={t.agreed_with_en} required />
        <TextInput {...field('effective_on')} label={t.effective_on} type="date" width="half" required />
        <TextArea {...field('reason')} label={t.reason} rows={3} required />
        <Button>{t.save}</Button>
      </Form>
    </Frame>
  )
}

export function EditBodyPage({
  current,
  is_waiting,
  ...props
}: Props & { current: BodyNow | undefined; is_waiting?: boolean }) {
  const t = useTexts(texts)
  const all = useTexts(activationTexts)
  const { language } = useReading()
  const field = fieldsOf(props)
  return (
    <Frame {...props} title={t.body} lead={t.body_lead} now={current && <p>{nameOf(language, current)}</p>}>
      {is_waiting && <Banner kind="error" title={all.refused.body_waiting} />}
      <Form action={`/activations/markets/${props.market}/body`}>
        <HiddenFields fields={{ version: props.values.version ?? '0' }} />
        <TextInput {...field('institution')} label={t.institution} hint={t.institution_hint} width="short" required />
        <TextInput {...field('body_ja')} label={t.body_ja} required />
        <TextInput {...field('body_en')} label={t.body_en} required />
        <TextArea {...field('procedure_ja')} label={t.procedure_ja} rows={5} required />
        <TextArea {...field('procedure_en')} label={t.procedure_en} rows={5} required />
        <TextArea {...field('reason')} label={t.reason} rows={3} required />
        <Button>{t.put}</Button>
      </Form>
    </Frame>
  )
}

function Frame({
  market,
  title,
  lead,
  now,
  outdated,
  problems = {},
  children,
}: Props & { title: string; lead: string; now: ReactNode; children: ReactNode }) {
  const t = useTexts(texts)
  const all = useTexts(activationTexts)
  const { language } = useReading()
  const full = `${marketName(language, market)} ${title}`
  return (
    <Layout title={full} label={labelOf.activation}>
      <p>
        <a href={`/activations/markets/${market}`}>{all.back_market}</a>
      </p>
      <h1>{full}</h1>
      {outdated && (
        <Banner kind="warning" title={t.outdated}>
          <p>{t.outdated_next}</p>
          {now}
        </Banner>
      )}
      <ErrorSummary problems={problems} />
      <p>{lead}</p>
      {children}
    </Layout>
  )
}

const fieldsOf =
  ({ values, problems = {} }: Props) =>
  (name: string) => ({ name, value: values[name], problem: problems[name] })
