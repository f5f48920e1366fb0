import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { columnLabel, fieldLabel } from './columns.ts'
import { CountTable } from './count-table.tsx'
import { ProblemTable } from './import-pages.tsx'
import { leaving } from './plan.ts'
import type { Change, Entry } from './planned.ts'
import { refused } from './problem.ts'
import type { NotApplied, Preview } from './upload.ts'
import { valueWords } from './value-words.ts'

/** More lines than anybody reads would only make the page heavy. */
const shown_max = 300

const texts = inBoth({
  ja: {
    title: '名簿の取り込みを確かめる',
    lead: 'まだ何も変わっていません。下の内容を確かめて、取り込んでください。',
    label: '取扱い',
    file: 'ファイル',
    uploaded: '読んだ日時',
    extent: '範囲',
    complete: '完全な名簿（ないものは終了・削除）',
    partial: '名簿にあるものだけ',
    groups: { removed: 'いなくなるもの', changed: '変わるもの', added: '加わるもの' },
    whom: '対象',
    what: '内容',
    rank: (rank: number) => `順番${rank}`,
    more: (count: number) => `ほかに ${count} 件あります。`,
    nothing: 'この名簿は登録内容と同じです。変わるものはありません。',
    warnings: '注意',
    line: '行',
    column: '列',
    reason: '理由',
    tick: '注意をすべて確かめました',
    leaving: (count: number) => `いなくなる件数（${count}）`,
    leaving_hint: '間違いを防ぐため、数字で入力してください。',
    most: '半分を超える登録がなくなります',
    most_lead: (institutions: string, contacts: string) =>
      `機関 ${institutions}、担当者 ${contacts} がなくなります。本当に完全な名簿ですか。もう一度数字を入力し、取り込んでください。`,
    of: (count: number, all: number) => `${all} 件中 ${count} 件`,
    act: '変更を取り込む',
    act_most: 'なくなることを承知で取り込む',
    back: '取り込まずに戻る',
    applied: 'この名簿は取り込み済みです',
    because: {
      changed: '確かめている間に登録内容が変わりました。もう一度確かめてください。何も取り込んでいません。',
      warnings: '注意を確かめて、印を付けてください',
      leaving: (count: number) => `いなくなる件数を ${count} と入力してください`,
    },
  },
  en: {
    title: 'Check the import',
    lead: 'Nothing has changed yet. Check what is below, then import it.',
    label: 'Handling',
    file: 'File',
    uploaded: 'Read at',
    extent: 'Extent',
    complete: 'Complete roster (what is not in it leaves)',
    partial: 'Only what is in the roster',
    groups: { removed: 'Leaving', changed: 'Changing', added: 'Coming' },
    whom: 'Who',
    what: 'What',
    rank: (rank: number) => `place ${rank}`,
    more: (count: number) => `And ${count} more.`,
    nothing: 'This roster says what is registered. Nothing would change.',
    warnings: 'Please look',
    line: 'Line',
    column: 'Column',
    reason: 'Reason',
    tick: 'I have looked at every warning',
    leaving: (count: number) => `How many leave (${count})`,
    leaving_hint: 'Type the number, so that it does not happen by mistake.',
    most: 'More than half of the directory would leave',
    most_lead: (institutions: string, contacts: string) =>
      `Institutions: ${institutions}; contacts: ${contacts}. Is the roster really complete? Type the number once more to import it.`,
    of: (count: number, all: number) => `${count} of ${all}`,
    act: 'Import these changes',
    act_most: 'Import, knowing that they leave',
    back: 'Back without importing',
    applied: 'This roster has been imported',
    because: {
      changed: 'The directory changed meanwhile. Please check again; nothing was imported.',
      warnings: 'Look at the warnings and tick the box',
      leaving: (count: number) => `Type ${count}, the number of those who leave`,
    },
  },
})

/** What an upload would do, to the letter, and what the person must confirm before it does. */
export function PreviewPage({ preview, because }: { preview: Preview; because?: NotApplied['because'] }) {
  const t = useTexts(texts)
  const { plan, is_complete, file_name, uploaded_at, is_applied } = preview
  const { count } = leaving(plan)
  const problems: Problems = {
    ...(because === 'warnings' && { warnings: t.because.warnings }),
    ...(because === 'leaving' && { leaving: t.because.leaving(count) }),
  }
  return (
    <Layout label={labelOf.contact} title={t.title} wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {because === 'changed' && <Banner kind="warning" title={t.because.changed} />}
      {plan.problems.length > 0 && <ProblemTable refused={refused(plan.problems)} />}
      <p>{t.lead}</p>
      <SummaryList
        items={[
          { term: t.file, value: file_name },
          { term: t.uploaded, value: <Time at={uploaded_at} with_date /> },
          { term: t.extent, value: is_complete ? t.complete : t.partial },
          { term: t.label, value: labelNames[labelOf.contact] },
        ]}
      />
      <CountTable counts={plan} />
      {(['removed', 'changed', 'added'] as const).map((how) => (
        <Entries key={how} how={how} entries={plan.entries.filter((entry) => entry.how === how)} />
      ))}
      {is_applied ? (
        <Banner kind="info" title={t.applied} />
      ) : plan.entries.length === 0 ? (
        <Banner kind="info" title={t.nothing} />
      ) : (
        plan.problems.length === 0 && <Confirmation preview={preview} because={because} problems={problems} />
      )}
      <p>
        <a href="/roster/import">{t.back}</a>
      </p>
    </Layout>
  )
}

function Entries({ how, entries }: { how: Entry['how']; entries: Entry[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (entries.length === 0) return null
  const more = entries.length - shown_max
  return (
    <>
      <DataTable
        caption={`${t.groups[how]} (${entries.length})`}
        rows={entries.slice(0, shown_max).map((entry, index) => ({ ...entry, key: `${how}${index}` }))}
        rowKey={({ key }) => key}
        columns={[
          { head: t.whom, cell: ({ of, name, rank }) => [of, rank && t.rank(rank), name].filter(Boolean).join(' ') },
          { head: t.line, cell: ({ line }) => line ?? '—', numeric: true },
          {
            head: t.what,
            cell: ({ changes }) =>
              changes.length > 0 ? <Diff differences={changes.map((change) => differenceOf(language, change))} /> : '—',
          },
        ]}
      />
      {more > 0 && <p>{t.more(more)}</p>}
    </>
  )
}

function differenceOf(language: Language, change: Change): Difference {
  const { field } = change
  const what = fieldLabel(language, field)
  const [before, after] = [valueWords(language, field, change.before), valueWords(language, field, change.after)]
  if (before === '') return { kind: 'added', what, after }
  return after === '' ? { kind: 'removed', what, before } : { kind: 'changed', what, before, after }
}

type ConfirmationProps = { preview: Preview; because: NotApplied['because'] | undefined; problems: Problems }

function Confirmation({ preview: { id, plan, seen }, because, problems }: ConfirmationProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { ask, count } = leaving(plan)
  const is_again = because === 'again'
  const { institutions, contacts, warnings } = plan
  return (
    <>
      {warnings.length > 0 && (
        <DataTable
          caption={`${t.warnings} (${warnings.length})`}
          rows={warnings.slice(0, shown_max).map((warning, index) => ({ ...warning, key: String(index) }))}
          rowKey={({ key }) => key}
          columns={[
            { head: t.line, cell: ({ line }) => line },
            { head: t.column, cell: ({ column }) => column && columnLabel(column) },
            { head: t.reason, cell: ({ reason_ja, reason_en }) => (language === 'ja' ? reason_ja : reason_en) },
          ]}
        />
      )}
      {ask === 'twice' && (
        <Banner kind="error" title={t.most}>
          {t.most_lead(t.of(institutions.removed, institutions.before), t.of(contacts.removed, contacts.before))}
        </Banner>
      )}
      <Form action={`/roster/import/${id}`}>
        <HiddenFields fields={{ seen, ...(is_again && { again: 'yes' }) }} />
        {warnings.length > 0 && (
          <Checkbox name="warnings" text={t.tick} checked={is_again} problem={problems.warnings} required />
        )}
        {ask !== 'nothing' && (
          <TextInput
            name="leaving"
            label={t.leaving(count)}
            hint={t.leaving_hint}
            inputMode="numeric"
            width="short"
            problem={problems.leaving}
            required
          />
        )}
        <Button danger={ask !== 'nothing'}>{is_again ? t.act_most : t.act}</Button>
      </Form>
    </>
  )
}
