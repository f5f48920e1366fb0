import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { contents } from './export-directory.ts'
import { formats, type Unmappable } from './export-files.ts'

const texts = inBoth({
  ja: {
    title: '名簿をダウンロードする',
    lead: {
      all: 'すべての機関と担当者を、取り込みと同じ列のファイルにします。',
      own: '自分の機関とその担当者を、取り込みと同じ列のファイルにします。',
    },
    kept: 'だれがいつ何件をダウンロードしたかは、監査証跡に残ります。使い終わったら削除してください。',
    label: '取扱い',
    contents: '内容',
    of: { both: '機関と担当者（Excel の 2 つのシート）', institutions: '機関', contacts: '担当者' },
    format: '形式',
    formats: { xlsx: 'Excel（.xlsx）', csv: 'CSV（UTF-8）', csv_shift_jis: 'CSV（Shift_JIS）' },
    act: '名簿をダウンロードする',
    back: '機関名簿へ戻る',
    problems: {
      format: '形式を選んでください',
      contents: '内容を選んでください',
      one_table: 'CSV に入るのは 1 つの表だけです。機関か担当者を選んでください',
    },
    unmappable: 'Shift_JIS にない文字があります。ファイルは作っていません。',
    characters: '入らない文字',
    where: 'ある行',
    instead: 'UTF-8 の CSV か Excel を選んでください。',
  },
  en: {
    title: 'Download the directory',
    lead: {
      all: 'All institutions and contacts as a file in the columns of the import.',
      own: 'Your institution and its contacts as a file in the columns of the import.',
    },
    kept: 'Who downloaded how much and when is kept in the audit trail. Delete the file when you are done.',
    label: 'Handling',
    contents: 'Content',
    of: { both: 'Institutions and contacts (two sheets of Excel)', institutions: 'Institutions', contacts: 'Contacts' },
    format: 'Format',
    formats: { xlsx: 'Excel (.xlsx)', csv: 'CSV (UTF-8)', csv_shift_jis: 'CSV (Shift_JIS)' },
    act: 'Download the directory',
    back: 'Back to the institutions',
    problems: {
      format: 'Choose a format',
      contents: 'Choose the content',
      one_table: 'CSV holds one table: choose institutions or contacts',
    },
    unmappable: 'There are characters that Shift_JIS does not have. No file was made.',
    characters: 'Characters',
    where: 'Lines',
    instead: 'Choose CSV in UTF-8, or Excel.',
  },
})

type Props = {
  scope: 'all' | 'own'
  values?: Record<string, string>
  problems?: Problems
  unmappable?: Unmappable | undefined
}

export function ExportPage({ scope, values = {}, problems = {}, unmappable }: Props) {
  const t = useTexts(texts)
  const said = Object.fromEntries(
    Object.entries(problems).map(([name, message]) => [
      name,
      (t.problems as Record<string, string>)[message] ?? message,
    ]),
  )
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={said} />
      {unmappable && (
        <Banner kind="error" title={t.unmappable}>
          <SummaryList
            items={[
              { term: t.characters, value: unmappable.characters.join(' ') },
              { term: t.where, value: unmappable.lines.join(' / ') },
            ]}
          />
          <p>{t.instead}</p>
        </Banner>
      )}
      <p>{t.lead[scope]}</p>
      <p>{t.kept}</p>
      <SummaryList items={[{ term: t.label, value: labelNames[labelOf.contact] }]} />
      <Form action="/roster/export">
        <Radios
          name="contents"
          legend={t.contents}
          value={values.contents ?? 'both'}
          choices={contents.map((value) => ({ value, text: t.of[value] }))}
          problem={said.contents}
          required
        />
        <Radios
          name="format"
          legend={t.format}
          value={values.format ?? 'xlsx'}
          choices={formats.map((value) => ({ value, text: t.formats[value] }))}
          problem={said.format}
          required
        />
        <Button>{t.act}</Button>
      </Form>
      <p>
        <a href="/institutions">{t.back}</a>
      </p>
    </Layout>
  )
}
