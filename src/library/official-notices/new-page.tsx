import { Button } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { type Reading, useReading, useTexts } from '#ground/html/render.tsx'
import { prefectures } from '#ground/market/areas.ts'
import { kinds, kindWords, memberships, membershipWords } from '#ground/market/institution-words.ts'
import { labelNames, labelOf, labels } from '#ground/rights/labels.ts'
import type { Followable } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import { dayWords, documentKinds, documentKindWords, issuedWords, laws } from './words.ts'

type Props = {
  values: Record<string, string>
  lists?: Record<string, string[]>
  problems?: Problems
  situations: Reading['open']
  /** What it may extend or replace. */
  before: readonly Followable[]
}

/** The form of a document: what it is, for where and whom, and what it follows. What few documents say is folded. */
export function NewOfficialNoticePage({ values, lists = {}, problems = {}, situations, before }: Props) {
  const t = useTexts(officialNoticeTexts)
  const issued = useTexts(issuedWords)
  const words = useTexts(labelWords)
  const document_kinds = useTexts(documentKindWords)
  const { language } = useReading()
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Layout title={t.register}>
      <h1>{t.register}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <Form action="/official-notices">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <Select
          {...field('kind')}
          label={t.kind}
          options={documentKinds.map((value) => ({ value, text: document_kinds[value] }))}
          required
        />
        <TextArea {...field('issuer')} label={issued.issuer} hint={t.issuer_hint} rows={2} maxLength={510} required />
        <TextInput {...field('reference')} label={issued.reference} hint={t.reference_hint} maxLength={100} />
        <TextInput {...field('issued_on')} label={issued.issued_on} type="date" width="short" required />
        <TextInput {...field('title')} label={t.title} maxLength={200} required />
        <TextArea {...field('body')} label={t.body} rows={10} maxLength={20_000} required />
        <TextInput {...field('law')} label={t.law} hint={t.law_hint} maxLength={200} suggestions={laws} />
        <Where values={values} lists={lists} problems={problems} />
        <Select
          {...field('follows_id')}
          label={t.follows}
          hint={t.follows_hint}
          empty={t.none}
          options={before.map((one) => ({ value: one.id, text: followedWords(language, one) }))}
        />
        <Select
          {...field('follows_how')}
          label={t.follows_how}
          empty={t.none}
          options={(['extends', 'replaces'] as const).map((value) => ({ value, text: t.how[value] }))}
        />
        <Select
          {...field('situation_id')}
          label={t.situation}
          hint={t.situation_hint}
          empty={t.none}
          options={situations.map((situation) => ({ value: situation.id, text: titleOf(language, situation) }))}
        />
        <Select
          {...field('label')}
          value={values.label ?? labelOf.official_notice}
          label={t.label}
          hint={t.label_hint}
          options={labels.map((label) => ({ value: label, text: `${labelNames[label]} ${words[label]}` }))}
        />
        <Button>{t.register}</Button>
      </Form>
    </Layout>
  )
}

/** For which area and time, and for whom. */
function Where({ values, lists, problems }: Required<Pick<Props, 'values' | 'lists' | 'problems'>>) {
  const t = useTexts(officialNoticeTexts)
  const kind_names = useTexts(kindWords)
  const classes = useTexts(membershipWords)
  const { language } = useReading()
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  const chosen = lists.prefectures ?? []
  const to = [lists.to_kinds, lists.to_memberships].flatMap((codes = []) => codes)
  return (
    <>
      <Details summary={t.prefectures_open(chosen.length)} open={chosen.length > 0 || Boolean(problems.prefectures)}>
        <Checkboxes
          name="prefectures"
          legend={t.prefectures}
          hint={t.prefectures_hint}
          layout="grid"
          values={chosen}
          problem={problems.prefectures}
          choices={prefectures.map((one) => ({ value: one.code, text: named(language, one) }))}
        />
      </Details>
      <TextArea {...field('places')} label={t.places} hint={t.places_hint} rows={3} maxLength={2000} />
      <TextInput {...field('period_from')} label={t.period_from} hint={t.period_hint} type="date" width="short" />
      <TextInput {...field('period_to')} label={t.period_to} hint={t.period_hint} type="date" width="short" />
      <Details summary={t.to_open(to.length)} open={to.length > 0}>
        <p>{t.to_hint}</p>
        <Checkboxes
          name="to_memberships"
          legend={t.to_memberships}
          layout="grid"
          values={lists.to_memberships}
          choices={memberships.map((value) => ({ value, text: classes[value] }))}
        />
        <Checkboxes
          name="to_kinds"
          legend={t.to_kinds}
          layout="grid"
          values={lists.to_kinds}
          choices={kinds.map((value) => ({ value, text: kind_names[value] }))}
        />
      </Details>
    </>
  )
}

const followedWords = (language: Language, { mode, issued_on, title, issuer, reference }: Followable) =>
  `${dayWords(language, issued_on)} ${markedTitle(language, mode, title)}（${[issuer, reference].filter(Boolean).join(' ')}）`

const titleOf = (language: Language, { mode, title_ja, title_en }: Reading['open'][number]) =>
  markedTitle(language, mode, language === 'en' ? title_en : title_ja)
