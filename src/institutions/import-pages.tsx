import { Banner } from '#html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#html/button.tsx'
import { Details } from '#html/details.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Field } from '#html/forms.tsx'
import { inBoth } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { DataTable } from '#html/table.tsx'
import { Time } from '#html/time.tsx'
import { FormatTable } from './format-table.tsx'
import type { Refused } from './parse-roster.ts'
import { columnLabel } from './roster-columns.ts'
import type { Counts } from './write-roster.ts'

const texts = inBoth({
  ja: {
    title: '名簿を取り込む',
    lead: '機関と BCP 担当者の名簿（CSV）を取り込みます。1 行でも誤りがあれば何も取り込まず、直すところをすべて示します。',
    rest: '名簿にない機関はそのまま残ります。同じ名簿をもう一度取り込んでも、何も変わりません。',
    file: '名簿のファイル',
    file_hint: 'CSV（UTF-8 または Shift_JIS）。5 MB、5,000 機関まで。',
    missing: 'ファイルを選んでください',
    act: '名簿を取り込む',
    format: 'ファイルの形式',
    sample: '見本をダウンロードする（CSV）',
    refused: '取り込めませんでした。何も変更していません。',
    refused_lead: (count: number) => `直すところが ${count} 件あります。直してから、もう一度選んでください。`,
    problems: '直すところ',
    line: '行',
    whole: 'ファイル全体',
    column: '列',
    reason: '理由',
    more: (count: number) => `ほかに ${count} 件あります。`,
    done: '名簿を取り込みました',
    counts: { added: '追加した機関', changed: '変更した機関', unchanged: '変更のない機関' },
    at: '取り込んだ日時',
    see: '機関名簿を見る',
    again: '別の名簿を取り込む',
    never: 'まだ取り込んでいません',
  },
  en: {
    title: 'Import a roster',
    lead: 'Imports a roster (CSV) of institutions and their BCP contacts. If any line is wrong, nothing is imported and everything to correct is shown.',
    rest: 'Institutions that are not in the roster stay as they are. Importing the same roster again changes nothing.',
    file: 'Roster file',
    file_hint: 'CSV (UTF-8 or Shift_JIS), up to 5 MB and 5,000 institutions.',
    missing: 'Choose a file',
    act: 'Import the roster',
    format: 'Format of the file',
    sample: 'Download a sample (CSV)',
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
    counts: { added: 'Institutions added', changed: 'Institutions changed', unchanged: 'Institutions unchanged' },
    at: 'Imported at',
    see: 'See the institutions',
    again: 'Import another roster',
    never: 'You have not imported one yet',
  },
})

export function ImportPage({ refused, isMissing = false }: { refused?: Refused; isMissing?: boolean }) {
  const t = useTexts(texts)
  const missing = isMissing ? t.missing : undefined
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {missing && <ErrorSummary problems={{ roster: missing }} />}
      {refused && <ProblemTable refused={refused} />}
      <p>{t.lead}</p>
      <p>{t.rest}</p>
      <form method="post" action="/institutions/import" encType="multipart/form-data" noValidate className="dads-form">
        <Field name="roster" label={t.file} hint={t.file_hint} problem={missing} required>
          {(wiring) => <input type="file" className="dads-input-text" accept=".csv,text/csv" {...wiring} />}
        </Field>
        <Button>{t.act}</Button>
      </form>
      <p>
        <a href="/institutions/import/sample.csv" download>
          {t.sample}
        </a>
      </p>
      <Details summary={t.format} id="format" open={!refused}>
        <FormatTable />
      </Details>
    </Layout>
  )
}

function ProblemTable({ refused: { problems, more } }: { refused: Refused }) {
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
          { head: t.line, cell: ({ line }) => line ?? t.whole },
          { head: t.column, cell: ({ column }) => (column ? columnLabel(column) : '—') },
          { head: t.reason, cell: ({ reason_ja, reason_en }) => (language === 'ja' ? reason_ja : reason_en) },
        ]}
      />
      {more > 0 && <p>{t.more(more)}</p>}
    </>
  )
}

export function ImportedPage({ done }: { done: { at: Date; counts: Counts } | undefined }) {
  const t = useTexts(texts)
  return (
    <Layout title={done ? t.done : t.title}>
      <h1>{t.title}</h1>
      {done ? (
        <>
          <Banner kind="success" title={t.done} />
          <SummaryList
            items={[
              ...(['added', 'changed', 'unchanged'] as const).map((name) => ({
                term: t.counts[name],
                value: done.counts[name],
              })),
              { term: t.at, value: <Time at={done.at} with_date /> },
            ]}
          />
        </>
      ) : (
        <p>{t.never}</p>
      )}
      <Buttons>
        <ButtonLink href="/institutions" kind="solid-fill">
          {t.see}
        </ButtonLink>
        <ButtonLink href="/institutions/import">{t.again}</ButtonLink>
      </Buttons>
    </Layout>
  )
}
