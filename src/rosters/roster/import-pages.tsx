import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Field } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { columnLabel } from './columns.ts'
import { CountTable, type Shown } from './count-table.tsx'
import { FormatTable } from './format-table.tsx'
import type { Refused } from './problem.ts'

const texts = inBoth({
  ja: {
    title: '名簿を取り込む',
    lead: '機関と担当者の名簿を読み、何が変わるかを示します。確かめてから取り込みます。1 か所でも誤りがあれば何も取り込まず、直すところをすべて示します。',
    rest: '名簿にないものはそのまま残ります。同じ名簿をもう一度取り込んでも、何も変わりません。',
    file: '名簿のファイル',
    file_hint: 'CSV（UTF-8 または Shift_JIS）か Excel（.xlsx）。5 MB、5,000 機関、20,000 人まで。',
    complete: 'これは完全な名簿です',
    complete_hint: '名簿にない機関は今日で参加を終え、名簿にない担当者は外れます。',
    missing: 'ファイルを選んでください',
    act: '名簿を読んで変更を確かめる',
    format: 'ファイルの形式',
    samples: '見本（CSV）：',
    sample: { institutions: '機関の表', contacts: '担当者の表', sample: '簡易な名簿' },
    refused: '取り込めませんでした。何も変更していません。',
    refused_lead: (count: number) => `直すところが ${count} 件あります。直してから、もう一度選んでください。`,
    problems: '直すところ',
    line: '行',
    whole: 'ファイル全体',
    column: '列',
    reason: '理由',
    more: (count: number) => `ほかに ${count} 件あります。`,
    done: '名簿を取り込みました',
    at: '取り込んだ日時',
    see: '機関名簿を見る',
    again: '別の名簿を取り込む',
    never: 'まだ取り込んでいません',
  },
  en: {
    title: 'Import a roster',
    lead: 'Reads a roster of institutions and contacts and shows what would change, to be checked before it is imported. If anything is wrong, nothing is imported and everything to correct is shown.',
    rest: 'What is not in the roster stays as it is. Importing the same roster again changes nothing.',
    file: 'Roster file',
    file_hint: 'CSV (UTF-8 or Shift_JIS) or Excel (.xlsx), up to 5 MB, 5,000 institutions and 20,000 contacts.',
    complete: 'This roster is complete',
    complete_hint: 'Institutions that are not in it take part until today; contacts that are not in it are removed.',
    missing: 'Choose a file',
    act: 'Read the roster and check the changes',
    format: 'Format of the file',
    samples: 'Samples (CSV): ',
    sample: { institutions: 'Institutions', contacts: 'Contacts', sample: 'Compact roster' },
    refused: 'Not imported. Nothing was changed.',
    refused_lead: (count: number) =>
      count === 1
        ? 'Correct one thing and choose the file again.'
        : `Correct ${count} things and choose the file again.`,
    problems: 'To correct',
    line: 'Line',
    whole: 'Whole file',
    column: 'Column',
    reason: 'Reason',
    more: (count: number) => `And ${count} more.`,
    done: 'The roster was imported',
    at: 'Imported at',
    see: 'See the institutions',
    again: 'Import another roster',
    never: 'You have not imported one yet',
  },
})

export function ImportPage({
  refused,
  is_missing = false,
  is_complete = false,
}: {
  refused?: Refused
  is_missing?: boolean
  is_complete?: boolean
}) {
  const t = useTexts(texts)
  const missing = is_missing ? t.missing : undefined
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {missing && <ErrorSummary problems={{ roster: missing }} />}
      {refused && <ProblemTable refused={refused} />}
      <p>{t.lead}</p>
      <p>{t.rest}</p>
      <form method="post" action="/roster/import" encType="multipart/form-data" noValidate className="dads-form">
        <Field name="roster" label={t.file} hint={t.file_hint} problem={missing} required>
          {(wiring) => <input type="file" className="dads-input-text" accept=".csv,text/csv,.xlsx" {...wiring} />}
        </Field>
        <Checkbox name="is_complete" text={t.complete} hint={t.complete_hint} checked={is_complete} />
        <Button>{t.act}</Button>
      </form>
      <p>
        {t.samples}
        {(['institutions', 'contacts', 'sample'] as const).map((name, index) => (
          <span key={name}>
            {index > 0 && ' / '}
            <a href={`/roster/import/${name}.csv`} download>
              {t.sample[name]}
            </a>
          </span>
        ))}
      </p>
      <Details summary={t.format} id="format" open={!refused}>
        <FormatTable />
      </Details>
    </Layout>
  )
}

/** Everything to correct, by sheet, line and column. */
export function ProblemTable({ refused: { problems, more } }: { refused: Refused }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const rows = problems.map((problem, index) => ({ ...problem, key: String(index) }))
  return (
    <>
      <Banner kind="error" title={t.refused}>
        {t.refused_lead(problems.length + more)}
      </Banner>
      <DataTable
        caption={t.problems}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { head: t.line, cell: ({ sheet, line }) => [sheet, line ?? t.whole].filter(Boolean).join(' ') },
          { head: t.column, cell: ({ column }) => (column ? columnLabel(column) : '—') },
          { head: t.reason, cell: ({ reason_ja, reason_en }) => (language === 'ja' ? reason_ja : reason_en) },
        ]}
      />
      {more > 0 && <p>{t.more(more)}</p>}
    </>
  )
}

export function ImportedPage({ done }: { done: { at: Date; counts: Shown } | undefined }) {
  const t = useTexts(texts)
  return (
    <Layout title={done ? t.done : t.title}>
      <h1>{t.title}</h1>
      {done ? (
        <>
          <Banner kind="success" title={t.done} />
          <SummaryList items={[{ term: t.at, value: <Time at={done.at} with_date /> }]} />
          <CountTable counts={done.counts} />
        </>
      ) : (
        <p>{t.never}</p>
      )}
      <Buttons>
        <ButtonLink href="/institutions" kind="solid-fill">
          {t.see}
        </ButtonLink>
        <ButtonLink href="/roster/import">{t.again}</ButtonLink>
      </Buttons>
    </Layout>
  )
}
