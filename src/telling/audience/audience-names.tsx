import { kinds, kindWords } from '#directory/institutions/index.ts'
import type { InstitutionKind, Mode } from '#ground/db/tables.ts'
import { Details } from '#ground/html/details.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { wantedIn } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { audienceWords } from './words.ts'

/** More names than these stand on a page of their own: nobody reads hundreds on the way to a button. */
export const names_inline_max = 60
export const names_per_page = 200

const texts = inBoth({
  ja: {
    names: (count: number) => `機関名を見る（${count}）`,
    title: { all: '宛先の機関', unreachable: '連絡手段のない機関' },
    all: (count: number) => `宛先の機関をすべて見る（${count}）`,
    none: '当たる機関はありません。',
    back: '確認の画面へ戻る',
  },
  en: {
    names: (count: number) => `See the names (${count})`,
    title: { all: 'Institutions addressed', unreachable: 'Institutions with no usable address' },
    all: (count: number) => `See all that are addressed (${count})`,
    none: 'There are none.',
    back: 'Back to what you check',
  },
})

type Named = { code: string; kind: InstitutionKind; name_ja: string; name_en: string }

/** Everyone who is addressed: by name, or where they are many, how many of each kind and the way to their names. */
export function MembersNamed({ institutions, names_at }: { institutions: readonly Named[]; names_at: string }) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const kindTexts = useTexts(kindWords)
  if (institutions.length === 0) return null
  if (institutions.length <= names_inline_max)
    return (
      <Details summary={t.names(institutions.length)} id="audience-names">
        <ByKind institutions={institutions} />
      </Details>
    )
  return (
    <>
      <SummaryList
        items={byKind(institutions).map(([kind, of]) => ({ term: kindTexts[kind], value: words.count(of.length) }))}
      />
      <p>
        <a href={names_at}>{t.names(institutions.length)}</a>
      </p>
    </>
  )
}

/** Everyone who is addressed, and those among them whom nothing can be sent to. */
export type Addressed = { all: readonly Named[]; unreachable: readonly Named[] }

/** What the address of the page of names asks for; anything strange in it counts as not asked for. */
export const namesAsked = (query: Record<string, string>) => ({
  shown: query.shown === 'unreachable' ? ('unreachable' as const) : ('all' as const),
  wanted: wantedIn(query),
})

/** The names of an audience page by page, in the order of the market; `path` is this page, `back` what it belongs to. */
export function AudienceNamesPage({
  addressed,
  asked: { shown, wanted },
  path,
  back,
  mode,
}: {
  addressed: Addressed
  asked: ReturnType<typeof namesAsked>
  path: string
  back: string
  mode?: Mode
}) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const named = addressed[shown]
  const found = pageOf(
    byKind(named).flatMap(([, of]) => of),
    wanted,
    names_per_page,
  )
  return (
    <Layout title={t.title[shown]} label={labelOf.audience} mode={mode}>
      <h1>{t.title[shown]}</h1>
      <p>
        {named.length === 0 ? t.none : <b>{words.count(named.length)}</b>}
        <ListPart found={found} />
      </p>
      <ByKind institutions={found.rows} counts={named} />
      <Pagination
        found={found}
        href={(wanted) => listAddress(path, { shown: shown === 'unreachable' ? shown : null }, wanted)}
      />
      {shown === 'unreachable' && (
        <p>
          <a href={path}>{t.all(addressed.all.length)}</a>
        </p>
      )}
      <p>
        <a href={back}>{t.back}</a>
      </p>
    </Layout>
  )
}

/** `counts`: of whom these are a part, so that each kind says how many it has in all. */
function ByKind({
  institutions,
  counts = institutions,
}: {
  institutions: readonly Named[]
  counts?: readonly Named[]
}) {
  const kindTexts = useTexts(kindWords)
  const words = useTexts(audienceWords)
  const { language } = useReading()
  return (
    <SummaryList
      items={byKind(institutions).map(([kind, of]) => ({
        term: words.size(kindTexts[kind], counts.filter((one) => one.kind === kind).length),
        value: <Names of={of.map((one) => ({ key: one.code, text: named(language, one) }))} />,
      }))}
    />
  )
}

const byKind = (institutions: readonly Named[]) => {
  const found = Map.groupBy(institutions, ({ kind }) => kind)
  return kinds.flatMap((kind): [InstitutionKind, Named[]][] => {
    const of = found.get(kind)
    return of ? [[kind, of]] : []
  })
}

export const Names = ({ of }: { of: readonly { key: string; text: string }[] }) => (
  <ul>
    {of.map(({ key, text }) => (
      <li key={key}>{text}</li>
    ))}
  </ul>
)
