import type { Mode } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import type { Difference } from '#ground/html/diff.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { drillOnly, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Newer } from '#ground/register/newer.tsx'
import type { Candidate } from '#ground/register/people.ts'
import { labelNames, labels } from '#ground/rights/labels.ts'
import { fieldTerms } from './field-words.ts'
import { sources } from './improvement.ts'
import { improvementWords } from './improvement-words.ts'

const texts = inBoth({
  ja: {
    new: '改善事項を登録する',
    edit: '改善事項の内容を変更する',
    about_hint: 'このポータルのページなら「/situations/…」のようなアドレス、ほかなら文書名など。',
    action_hint: 'まだ決まっていなければ空欄のままで登録できます。',
    owner_hint: '担当者か担当機関の、どちらか一方。対応を始めるまでに決めます。',
    institution_hint: '機関コード（例：SEC-001）',
    nobody: '決まっていません',
    mode: '区分',
    mode_hint:
      '訓練で分かった本当の改善点は「実災害」（本番の台帳）のままにします。「訓練」は、この登録そのものを練習するときだけ選びます。',
    more: '共有範囲・区分',
    reason: '変更する理由',
    save: '変更を保存する',
    leave: '変更せずに戻る',
    back: '登録せずに戻る',
    closed: '先に閉じられました',
  },
  en: {
    new: 'Record an improvement',
    edit: 'Edit the improvement',
    about_hint:
      'For a page of this portal its address, such as /situations/…; else the name of a document or the like.',
    action_hint: 'May be left empty until it is decided.',
    owner_hint: 'Either a person or an institution. It must be decided before work begins.',
    institution_hint: 'The institution’s code (such as SEC-001)',
    nobody: 'Not decided',
    mode: 'Mode',
    mode_hint:
      'What an exercise has really shown stays “Actual” (the real register). Choose “EXERCISE” only to practise recording itself.',
    more: 'Who may read it, mode',
    reason: 'Reason for the change',
    save: 'Save the change',
    leave: 'Back without a change',
    back: 'Back without recording',
    closed: 'It was closed first',
  },
})

type Props = {
  /** Null for a new one. */
  id: string | null
  mode: Mode
  values: Record<string, string>
  people: readonly Candidate[]
  problems?: Problems
  /** Somebody else has saved meanwhile: what it says now, where that is something else. */
  newer?: readonly Difference[] | undefined
  /** Somebody else has closed it meanwhile. */
  closed?: string | undefined
}

export function EditImprovementPage({ id, mode, values, people, problems = {}, newer, closed }: Props) {
  const t = useTexts(texts)
  const terms = useTexts(fieldTerms)
  const words = useTexts(improvementWords)
  const label_words = useTexts(labelWords)
  const modes = useTexts(modeWords)
  const { language } = useReading()
  const title = id ? t.edit : t.new
  const field = <Name extends string>(name: Name) => ({ name, value: values[name], problem: problems[name] })
  const is_said = Boolean(problems.label ?? problems.mode)
  return (
    <Layout title={title} mode={drillOnly(mode)}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      {newer && <Newer differences={newer} />}
      {closed && (
        <Banner kind="warning" title={t.closed}>
          <p>
            {closed} <a href={`/improvements/${id}`}>{values.title}</a>
          </p>
        </Banner>
      )}
      <Form action={id ? `/improvements/${id}` : '/improvements'}>
        <HiddenFields fields={{ version: values.version ?? '0', ...(!id && values.key && { key: values.key }) }} />
        <TextInput {...field('title')} label={terms.title} required />
        <TextArea {...field('finding')} label={terms.finding} rows={5} required />
        <Select
          {...field('source')}
          label={terms.source}
          required
          empty={t.nobody}
          options={sources.map((value) => ({ value, text: words.sources[value] }))}
        />
        <TextInput {...field('about')} label={terms.about} hint={t.about_hint} />
        <TextArea {...field('action')} label={terms.action} hint={t.action_hint} rows={4} />
        <Select
          {...field('owner_person_id')}
          label={terms.owner_person_id}
          hint={t.owner_hint}
          empty={t.nobody}
          options={people.map((one) => ({
            value: one.id,
            text: `${named(language, one)} (${named(language, { name_ja: one.institution_ja, name_en: one.institution_en })})`,
          }))}
        />
        <TextInput
          {...field('owner_institution')}
          label={terms.owner_institution_id}
          hint={t.institution_hint}
          width="short"
        />
        <TextInput {...field('due_on')} type="date" label={terms.due_on} width="half" />
        <Details summary={id ? terms.label : t.more} id="more" open={is_said}>
          <Select
            {...field('label')}
            label={terms.label}
            options={labels.map((value) => ({ value, text: `${labelNames[value]} ${label_words[value]}` }))}
          />
          {!id && (
            <Select
              {...field('mode')}
              label={t.mode}
              hint={t.mode_hint}
              options={(['actual', 'exercise', 'test'] as const).map((value) => ({ value, text: modes[value] }))}
            />
          )}
        </Details>
        {id && <TextArea {...field('reason')} label={t.reason} rows={2} required />}
        <Button>{id ? t.save : t.new}</Button>
      </Form>
      <p>
        <a href={id ? `/improvements/${id}` : '/improvements'}>{id ? t.leave : t.back}</a>
      </p>
    </Layout>
  )
}
