import type { ReactNode } from 'react'
import { ButtonLink } from '#ground/html/button.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { functionCodes, markets, statusWords } from '#ground/market/words.ts'
import { type Label, labelNames, labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { Topic } from '#ground/rights/topics.ts'
import { ContactsSection } from './contacts-section.tsx'
import { areaWords } from './directory-pages.tsx'
import { membershipWords } from './membership.ts'
import type { InstitutionView } from './queries.ts'
import { kindWords, siteWords } from './words.ts'

const texts = inBoth({
  ja: {
    code: '機関コード',
    kind: '種別',
    markets: '市場',
    functions: '機能',
    none: 'なし',
    reading: 'よみがな',
    from: '参加開始日',
    until: '参加終了日',
    membership: '会員区分',
    district: '地区協会',
    registration: '登録・免許',
    supervisor: '所管する当局',
    asked: '照会の対象',
    is_asked: '照会する',
    is_informed: '照会しない（情報共有のみ）',
    parent: '親機関',
    children: '子機関',
    confirmed: '最終確認',
    by: (name: string) => `（${name}）`,
    never: '確認されていません',
    label: '取扱い',
    label_sites: '拠点の取扱い',
    edit: '登録内容を変える',
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
    reading: 'Reading',
    from: 'Takes part from',
    until: 'Takes part until',
    membership: 'Class of membership',
    district: 'District association',
    registration: 'Registration',
    supervisor: 'Supervising authority',
    asked: 'Asked or informed',
    is_asked: 'Asked',
    is_informed: 'Not asked (informed only)',
    parent: 'Parent',
    children: 'Subsidiaries',
    confirmed: 'Last confirmed',
    by: (name: string) => ` (${name})`,
    never: 'Not confirmed yet',
    label: 'Handling',
    label_sites: 'Handling of sites',
    edit: 'Change the entry',
    sites: 'Sites',
    sites_caption: 'Sites, and the areas for which earthquakes and the like are reported',
    site: 'Site',
    address: 'Address',
    area: 'Area (Japan Meteorological Agency)',
    back: 'Back to the institutions',
  },
})

type Relative = InstitutionView['children'][number]

type Props = {
  institution: InstitutionView
  may_edit: boolean
  /** How it stands in the open situations, for who may see that, with what that changes with and who may read it. */
  now?: ReactNode
  live?: readonly Topic[]
  label?: Label
}

export function InstitutionPage({ institution, may_edit, now, live = [], label }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const status = useTexts(statusWords)
  const kinds = useTexts(kindWords)
  const classes = useTexts(membershipWords)
  const siteKinds = useTexts(siteWords)
  const name = named(language, institution)
  const list = <T extends string>(order: readonly T[], held: T[], words: Record<T, string>) =>
    joined(
      language,
      order.filter((one) => held.includes(one)).map((one) => words[one]),
    ) || t.none
  return (
    <Layout title={name} live={['/institutions', ...live.slice(0, 11)]} {...(label && { label })}>
      <h1>{name}</h1>
      {now}
      <SummaryList
        items={[
          { term: t.code, value: institution.code },
          { term: t.kind, value: kinds[institution.kind] },
          { term: t.membership, value: classes[institution.membership] },
          ...optional(t.district, institution.district && named(language, institution.district)),
          ...optional(
            t.registration,
            [institution.registration_kind, institution.registration_number].filter(Boolean).join(' '),
          ),
          ...optional(t.supervisor, institution.supervisor && <Link to={institution.supervisor} />),
          { term: t.asked, value: institution.is_asked ? t.is_asked : t.is_informed },
          { term: t.markets, value: list(markets, institution.markets, status.markets) },
          { term: t.functions, value: list(functionCodes, institution.functions, status.functions) },
          ...optional(t.reading, institution.reading),
          ...optional('LEI', institution.lei),
          ...optional('MIC', institution.mic),
          ...optional(t.parent, institution.parent && <Link to={institution.parent} />),
          ...optional(t.children, institution.children.length > 0 && <Links to={institution.children} />),
          { term: t.from, value: institution.active_from },
          ...optional(t.until, institution.active_to),
          {
            term: t.confirmed,
            value: institution.confirmed_at ? (
              <>
                <Time at={institution.confirmed_at} with_date />
                {institution.confirmed && t.by(named(language, institution.confirmed))}
              </>
            ) : (
              t.never
            ),
          },
          { term: t.label, value: labelNames[labelOf['institution.entry']] },
          { term: t.label_sites, value: labelNames[labelOf['institution.site']] },
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
      {may_edit && <ButtonLink href={`/institutions/${institution.id}/edit`}>{t.edit}</ButtonLink>}
      <p>
        <a href="/institutions">{t.back}</a>
      </p>
    </Layout>
  )
}

const optional = (term: string, value: ReactNode) => (value ? [{ term, value }] : [])

function Link({ to }: { to: Relative }) {
  const { language, reader } = useReading()
  const name = `${to.code} ${named(language, to)}`
  // Its page is there for those with the right to the directory; its name is known to all.
  return reader && may(reader, 'directory.see') ? <a href={`/institutions/${to.id}`}>{name}</a> : name
}
const Links = ({ to }: { to: Relative[] }) => (
  <ul>
    {to.map((one) => (
      <li key={one.id}>
        <Link to={one} />
      </li>
    ))}
  </ul>
)

const siteOrder = ['head_office', 'data_centre', 'backup_data_centre', 'alternate_office', 'branch']
const joined = (language: Language, words: string[]) => words.join(language === 'ja' ? '、' : ', ')
