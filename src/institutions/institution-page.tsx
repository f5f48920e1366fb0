import { inBoth, type Language, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { DataTable } from '#html/table.tsx'
import { functionCodes, markets, statusWords } from '#status/words.ts'
import { ContactsSection } from './contacts-section.tsx'
import { areaWords } from './directory-pages.tsx'
import type { InstitutionView } from './queries.ts'
import { kindWords, siteWords } from './words.ts'

const texts = inBoth({
  ja: {
    code: '機関コード',
    kind: '種別',
    markets: '市場',
    functions: '機能',
    none: 'なし',
    until: '参加終了日',
    sites: '拠点',
    sites_caption: '拠点と、地震などの情報が出る地域',
    site: '拠点',
    address: '所在地',
    area: '地域（気象庁の細分区域）',
    back: '機関名簿へ戻る',
  },
  en: {
    code: 'Code',
    kind: 'Kind',
    markets: 'Markets',
    functions: 'Functions',
    none: 'None',
    until: 'Takes part until',
    sites: 'Sites',
    sites_caption: 'Sites, and the areas for which earthquakes and the like are reported',
    site: 'Site',
    address: 'Address',
    area: 'Area (Japan Meteorological Agency)',
    back: 'Back to the institutions',
  },
})

export function InstitutionPage({ institution }: { institution: InstitutionView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const status = useTexts(statusWords)
  const kinds = useTexts(kindWords)
  const siteKinds = useTexts(siteWords)
  const name = named(language, institution)
  const list = <T extends string>(order: readonly T[], held: T[], words: Record<T, string>) =>
    joined(
      language,
      order.filter((one) => held.includes(one)).map((one) => words[one]),
    ) || t.none
  return (
    <Layout title={name} live="/institutions">
      <h1>{name}</h1>
      <SummaryList
        items={[
          { term: t.code, value: institution.code },
          { term: t.kind, value: kinds[institution.kind] },
          { term: t.markets, value: list(markets, institution.markets, status.markets) },
          { term: t.functions, value: list(functionCodes, institution.functions, status.functions) },
          ...(institution.active_to ? [{ term: t.until, value: institution.active_to }] : []),
        ]}
      />
      <ContactsSection institution={institution} />
      <h2>{t.sites}</h2>
      <DataTable
        caption={t.sites_caption}
        rows={institution.sites.toSorted((a, b) => siteOrder.indexOf(a.kind) - siteOrder.indexOf(b.kind))}
        rowKey={({ id }) => id}
        empty={<p>{t.none}</p>}
        columns={[
          { head: t.site, cell: ({ kind }) => siteKinds[kind] },
          { head: t.address, cell: ({ address }) => address },
          { head: t.area, cell: ({ area_code }) => areaWords(area_code) },
        ]}
      />
      <p>
        <a href="/institutions">{t.back}</a>
      </p>
    </Layout>
  )
}

const siteOrder = ['head_office', 'data_centre', 'backup_data_centre', 'alternate_office', 'branch']
const joined = (language: Language, words: string[]) => words.join(language === 'ja' ? '、' : ', ')
