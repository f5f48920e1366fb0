import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
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
    contacts: 'BCP連絡担当者',
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
  found: Counted<Listed>
  q: string
  may_import: boolean
  may_export: boolean
  may_add: boolean
}

export function DirectoryPage({ found, q, may_import, may_export, may_add }: Props) {
  const t = useTexts(texts)
  const kinds = useTexts(kindWords)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/institutions" wide>
      <h1>{t.title}</h1>
      <Listing
        path="/institutions"
        caption={t.caption(found.count)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={{ q }}
        search={{
          act: t.search,
          nothing: { title: t.nothing, next: t.nothing_next, all: t.all },
          fields: <TextInput type="search" name="q" label={t.label} value={q} width="half" maxLength={100} />,
        }}
        columns={[
          { head: t.name, cell: (one) => <a href={`/institutions/${one.id}`}>{named(language, one)}</a> },
          { head: t.code, cell: ({ code }) => code },
          { head: t.kind, cell: ({ kind }) => kinds[kind] },
          { head: t.areas, cell: ({ areas }) => (areas ?? []).map(areaWords).join(language === 'ja' ? '、' : ', ') },
          { head: t.contacts, cell: ({ contacts }) => t.people(contacts), numeric: true },
        ]}
      />
      <Buttons>
        {may_add && <ButtonLink href="/institutions/new">{t.add}</ButtonLink>}
        {may_import && <ButtonLink href="/roster/import">{t.import}</ButtonLink>}
        {may_export && <ButtonLink href="/roster/export">{t.export}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}

/** The agency's area with its code: 「東京都２３区（350）」. It names its areas in Japanese only. */
export const areaWords = (area_code: string): string => {
  const area = areaByCode.get(area_code)
  return area ? `${area.name}（${area_code}）` : area_code
}
