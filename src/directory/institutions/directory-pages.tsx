import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { Pagination } from '#ground/html/pagination.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { areaByCode } from '#ground/market/areas.ts'
import type { Listed } from './queries.ts'
import { kindWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '機関名簿',
    search: '機関を探す',
    label: '名称または機関コード',
    import: '名簿を取り込む',
    export: '名簿をダウンロードする',
    add: '機関を追加する',
    caption: (total: number) => `${total}機関`,
    name: '名称',
    code: '機関コード',
    kind: '種別',
    areas: '所在地域',
    contacts: 'BCP担当者',
    people: (count: string | null) => `${count ?? 0}人`,
    nothing: '当てはまる機関はありません',
    nothing_next: 'ことばを短くするか、機関コードで探してください。',
    empty: '機関がまだ登録されていません',
    empty_next: '事務局が名簿（CSV）を取り込むと、ここに一覧が出ます。',
    all: 'すべての機関を見る',
  },
  en: {
    title: 'Institutions',
    search: 'Find institutions',
    label: 'Name or code',
    import: 'Import a roster',
    export: 'Download the directory',
    add: 'Add an institution',
    caption: (total: number) => (total === 1 ? '1 institution' : `${total} institutions`),
    name: 'Name',
    code: 'Code',
    kind: 'Kind',
    areas: 'Areas',
    contacts: 'BCP contacts',
    people: (count: string | null) => count ?? '0',
    nothing: 'No institution matches',
    nothing_next: 'Try fewer letters, or the code.',
    empty: 'No institution is registered yet',
    empty_next: 'They appear here when the secretariat imports a roster (CSV).',
    all: 'See all institutions',
  },
})

type Props = {
  institutions: Listed[]
  total: number
  q: string
  page: number
  per_page: number
  mayImport: boolean
  mayExport: boolean
  mayAdd: boolean
}

export function DirectoryPage({ institutions, total, q, page, per_page, mayImport, mayExport, mayAdd }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(kindWords)
  const { language } = useReading()
  const href = (number: number) => `/institutions?${new URLSearchParams({ ...(q && { q }), page: String(number) })}`
  return (
    <Layout title={t.title} live="/institutions" wide>
      <h1>{t.title}</h1>
      <search>
        <form method="get" action="/institutions" className="dads-form">
          <TextInput type="search" name="q" label={t.label} value={q} width="half" maxLength={100} />
          <Button kind={mayImport ? 'outline' : 'solid-fill'} size="md">
            {t.search}
          </Button>
        </form>
      </search>
      <DataTable
        caption={t.caption(total)}
        rows={institutions}
        rowKey={({ id }) => id}
        empty={
          q ? (
            <Empty title={t.nothing}>
              {t.nothing_next} <a href="/institutions">{t.all}</a>
            </Empty>
          ) : (
            <Empty title={t.empty}>{t.empty_next}</Empty>
          )
        }
        columns={[
          { head: t.name, cell: (one) => <a href={`/institutions/${one.id}`}>{named(language, one)}</a> },
          { head: t.code, cell: ({ code }) => code },
          { head: t.kind, cell: ({ kind }) => kinds[kind] },
          { head: t.areas, cell: ({ areas }) => (areas ?? []).map(areaWords).join(language === 'ja' ? '、' : ', ') },
          { head: t.contacts, cell: ({ contacts }) => t.people(contacts), numeric: true },
        ]}
      />
      <Pagination page={page} pages={Math.max(1, Math.ceil(total / per_page))} href={href} />
      <Buttons>
        {mayAdd && <ButtonLink href="/institutions/new">{t.add}</ButtonLink>}
        {mayImport && <ButtonLink href="/roster/import">{t.import}</ButtonLink>}
        {mayExport && <ButtonLink href="/roster/export">{t.export}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}

/** The agency's area with its code: 「東京都２３区（350）」. It names its areas in Japanese only. */
export const areaWords = (area_code: string): string => {
  const area = areaByCode.get(area_code)
  return area ? `${area.name}（${area_code}）` : area_code
}
