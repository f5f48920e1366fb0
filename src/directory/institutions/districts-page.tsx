import { Button } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { listDistrictsOfMarket } from './registry-queries.ts'

const texts = inBoth({
  ja: {
    title: '地区協会',
    lead: '機関の登録内容・名簿の検索・通知の宛先で選べる地区協会の一覧です。コードは後から変えられません。',
    caption: (count: number) => `${count}の地区協会`,
    empty: '地区協会はまだ登録されていません',
    empty_next: '下の欄で加えると、機関の登録内容で選べるようになります。',
    name: '名称',
    code: 'コード',
    institutions: '機関',
    count: (count: number) => `${count}機関`,
    rename: '変更',
    change: (name: string) => `${name}の名称を変える`,
    add: '地区協会を加える',
    save: '名称を保存する',
    name_ja: '名称（日本語）',
    name_en: '英語名',
    code_hint: '半角の英大文字・数字・ハイフンで 2〜20 文字',
    back: '機関名簿へ戻る',
  },
  en: {
    title: 'District associations',
    lead: 'What can be chosen in entries, in the search of the directory, and for whom a notice is. A code cannot be changed later.',
    caption: (count: number) => (count === 1 ? '1 district association' : `${count} district associations`),
    empty: 'No district association is registered yet',
    empty_next: 'Add one below, and it can be chosen in the entries of institutions.',
    name: 'Name',
    code: 'Code',
    institutions: 'Institutions',
    count: (count: number) => String(count),
    rename: 'Change',
    change: (name: string) => `Rename ${name}`,
    add: 'Add a district association',
    save: 'Save the name',
    name_ja: 'Japanese name',
    name_en: 'English name',
    code_hint: '2 to 20 capital letters A–Z, digits and hyphens',
    back: 'Back to the institutions',
  },
})

type Props = {
  districts: Awaited<ReturnType<typeof listDistrictsOfMarket>>
  /** The code of the one that is renamed; null: one is added. */
  changed: string | null
  /** What was typed into the form that was refused, and why. */
  values?: Record<string, string>
  problems?: Problems
}

/** The list of district associations, and the form that adds one or renames the one that was chosen. */
export function DistrictsPage({ districts, changed, values, problems = {} }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const one = districts.find(({ code }) => code === changed)
  const shown: Partial<Record<string, string>> = values ?? { name_ja: one?.name_ja ?? '', name_en: one?.name_en ?? '' }
  return (
    <Layout title={t.title} label={labelOf['institution.name']}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <DataTable
        caption={t.caption(districts.length)}
        rows={districts}
        rowKey={({ code }) => code}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.name, cell: (each) => named(language, each) },
          { head: t.code, cell: ({ code }) => code },
          {
            head: t.institutions,
            cell: ({ code, institutions }) => (
              <a href={`/institutions?district=${code}`}>{t.count(institutions ?? 0)}</a>
            ),
            numeric: true,
          },
          {
            head: t.rename,
            cell: (each) => <a href={`/districts?change=${each.code}#form`}>{t.change(named(language, each))}</a>,
          },
        ]}
      />
      <h2 id="form">{one ? t.change(named(language, one)) : t.add}</h2>
      <Form action="/districts">
        <HiddenFields fields={{ version: String(one?.version ?? 0), ...(one && { code: one.code }) }} />
        {!one && (
          <TextInput
            name="code"
            label={t.code}
            hint={t.code_hint}
            value={shown.code}
            problem={problems.code}
            maxLength={20}
            width="short"
            required
          />
        )}
        {(['name_ja', 'name_en'] as const).map((name) => (
          <TextInput
            key={name}
            name={name}
            label={t[name]}
            value={shown[name]}
            problem={problems[name]}
            maxLength={60}
            required
          />
        ))}
        <Button>{one ? t.save : t.add}</Button>
      </Form>
      <p>{one ? <a href="/districts#form">{t.add}</a> : <a href="/institutions">{t.back}</a>}</p>
    </Layout>
  )
}
