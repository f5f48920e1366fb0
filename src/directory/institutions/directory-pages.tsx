import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Select, TextInput } from '#ground/html/forms.tsx'
import { Columns } from '#ground/html/frame.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type ListColumn, Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import { areaByCode } from '#ground/market/areas.ts'
import type { DirectoryFilter } from './directory-filter.ts'
import { memberships, membershipWords } from './membership.ts'
import type { Listed } from './queries.ts'
import type { RegistryChoices } from './registry-queries.ts'
import { kinds, kindWords } from './words.ts'

export const directoryTexts = inBoth({
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
    membership: '会員区分',
    district: '地区協会',
    registration: '登録・免許',
    supervisor: '所管する当局',
    asked: '照会の対象',
    is_asked: '照会する',
    is_informed: '照会しない（情報共有のみ）',
    every: 'すべて',
    districts: '地区協会の一覧',
    areas: '所在地域',
    contacts: 'BCP連絡担当者',
    people: (count: string | null) => `${count ?? 0}人`,
    nothing: '当てはまる機関はありません',
    nothing_next: 'ことばを短くするか、条件を減らしてください。',
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
    membership: 'Class',
    district: 'District',
    registration: 'Registration',
    supervisor: 'Supervised by',
    asked: 'Asked or informed',
    is_asked: 'Asked',
    is_informed: 'Informed only',
    every: 'All',
    districts: 'District associations',
    areas: 'Areas',
    contacts: 'BCP contacts',
    people: (count: string | null) => count ?? '0',
    nothing: 'No institution matches',
    nothing_next: 'Try fewer letters, or ask for less.',
    empty: 'No institution is registered yet',
    empty_next: 'They appear here when the secretariat imports a roster (CSV).',
    all: 'See all institutions',
  },
})

/** What the list and its file say of each institution. */
export function directoryColumns(language: Language): ListColumn<Listed>[] {
  const t = directoryTexts[language]
  const kinds_said = kindWords[language]
  const classes = membershipWords[language]
  const said = (ja: string | null, en: string | null) =>
    ja === null ? '' : named(language, { name_ja: ja, name_en: en })
  const nameOf = (one: Listed) => named(language, one)
  const districtOf = (one: Listed) => said(one.district_ja, one.district_en)
  const supervisorOf = (one: Listed) => said(one.supervisor_ja, one.supervisor_en)
  const areasOf = ({ areas }: Listed) => (areas ?? []).map(areaWords).join(language === 'ja' ? '、' : ', ')
  return [
    { head: t.name, cell: (one) => <a href={`/institutions/${one.id}`}>{nameOf(one)}</a>, text: nameOf },
    { head: t.code, cell: ({ code }) => code, text: ({ code }) => code },
    { head: t.kind, cell: ({ kind }) => kinds_said[kind], text: ({ kind }) => kinds_said[kind] },
    {
      head: t.membership,
      cell: ({ membership }) => classes[membership],
      text: ({ membership }) => classes[membership],
    },
    { head: t.district, cell: (one) => districtOf(one) || '—', text: districtOf },
    { head: t.supervisor, cell: (one) => supervisorOf(one) || '—', text: supervisorOf },
    { head: t.areas, cell: areasOf, text: areasOf },
    {
      head: t.contacts,
      cell: ({ contacts }) => t.people(contacts),
      text: ({ contacts }) => Number(contacts ?? 0),
      numeric: true,
    },
  ]
}

/** What only the file has room for. */
export const directoryFileColumns = (language: Language): ListColumn<Listed>[] => {
  const t = directoryTexts[language]
  const registrationOf = ({ registration_kind, registration_number }: Listed) =>
    [registration_kind, registration_number].filter(Boolean).join(' ')
  const askedOf = ({ is_asked }: Listed) => (is_asked ? t.is_asked : t.is_informed)
  return [
    ...directoryColumns(language),
    { head: t.registration, cell: registrationOf, text: registrationOf },
    { head: t.asked, cell: askedOf, text: askedOf },
  ]
}

type Props = {
  found: Counted<Listed>
  filter: DirectoryFilter
  choices: RegistryChoices
  may_import: boolean
  may_export: boolean
  may_add: boolean
}

export function DirectoryPage({ found, filter, choices, may_import, may_export, may_add }: Props) {
  const t = useTexts(directoryTexts)
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
        asked={filter}
        search={{
          act: t.search,
          nothing: { title: t.nothing, next: t.nothing_next, all: t.all },
          fields: <FilterFields filter={filter} choices={choices} />,
        }}
        columns={directoryColumns(language)}
        has_csv
      />
      <Buttons>
        {may_add && <ButtonLink href="/institutions/new">{t.add}</ButtonLink>}
        {may_add && <ButtonLink href="/districts">{t.districts}</ButtonLink>}
        {may_import && <ButtonLink href="/roster/import">{t.import}</ButtonLink>}
        {may_export && <ButtonLink href="/roster/export">{t.export}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}

function FilterFields({ filter, choices: { districts, supervisors } }: Pick<Props, 'filter' | 'choices'>) {
  const t = useTexts(directoryTexts)
  const kinds_said = useTexts(kindWords)
  const classes = useTexts(membershipWords)
  const { language } = useReading()
  const optionsOf = (rows: readonly { code: string; name_ja: string; name_en: string }[]) =>
    rows.map((row) => ({ value: row.code, text: named(language, row) }))
  return (
    <>
      <TextInput type="search" name="q" label={t.label} value={filter.q} width="half" maxLength={100} />
      <Columns>
        <Select
          name="kind"
          label={t.kind}
          value={filter.kind}
          empty={t.every}
          options={kinds.map((value) => ({ value, text: kinds_said[value] }))}
        />
        <Select
          name="membership"
          label={t.membership}
          value={filter.membership}
          empty={t.every}
          options={memberships.map((value) => ({ value, text: classes[value] }))}
        />
        {districts.length > 0 && (
          <Select
            name="district"
            label={t.district}
            value={filter.district}
            empty={t.every}
            options={optionsOf(districts)}
          />
        )}
        {supervisors.length > 0 && (
          <Select
            name="supervisor"
            label={t.supervisor}
            value={filter.supervisor}
            empty={t.every}
            options={optionsOf(supervisors)}
          />
        )}
      </Columns>
    </>
  )
}

/** The agency's area with its code: 「東京都２３区（350）」. It names its areas in Japanese only. */
export const areaWords = (area_code: string): string => {
  const area = areaByCode.get(area_code)
  return area ? `${area.name}（${area_code}）` : area_code
}
