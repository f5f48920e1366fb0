import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { linkKinds, type Masthead } from './masthead.ts'

const texts = inBoth({
  ja: {
    title: 'このページについて',
    operator: '運営',
    contact: '問い合わせ先',
    rules: '取引のルール',
    rules_text:
      '売買の停止・再開など、取引や清算・決済のルールは、取引所と清算機関・振替機関がそれぞれ定め、発表します。このページがルールを定めることはありません。',
  },
  en: {
    title: 'About this page',
    operator: 'Run by',
    contact: 'Where to ask',
    rules: 'Rules of trading',
    rules_text:
      'Rules of trading, clearing and settlement, such as halts and resumptions, are set and announced by the exchanges, clearing houses and depository. This page sets none.',
  },
})

const linkTexts = inBoth({
  ja: {
    title: '関連するサイト',
    kinds: {
      body: '証券市場の関係機関',
      authority: '監督官庁',
      central_bank: '日本銀行',
      other_market: 'ほかの市場の業務継続情報',
      other: 'そのほか',
    },
  },
  en: {
    title: 'Related sites',
    kinds: {
      body: 'Bodies of the securities market',
      authority: 'Regulators',
      central_bank: 'Central bank',
      other_market: 'Continuity of the other markets',
      other: 'Others',
    },
  },
})
export const linkKindWords = inBoth({ ja: linkTexts.ja.kinds, en: linkTexts.en.kinds })

/** Who runs this, where to ask, and whose the rules are. */
export function MastheadPart({ masthead }: { masthead: Masthead | null }) {
  const { language } = useReading()
  const t = useTexts(texts)
  const own = masthead && {
    operator: language === 'ja' ? masthead.operator_ja : masthead.operator_en,
    contact: language === 'ja' ? masthead.contact_ja : masthead.contact_en,
  }
  return (
    <>
      <section aria-labelledby="about">
        <h2 id="about">{t.title}</h2>
        <SummaryList
          items={[
            ...(own
              ? [
                  { term: t.operator, value: own.operator },
                  { term: t.contact, value: own.contact },
                ]
              : []),
            { term: t.rules, value: t.rules_text },
          ]}
        />
      </section>
      <RelatedLinks links={masthead?.links ?? []} />
    </>
  )
}

/** The bodies, the authorities and the other markets, each with what is there. Nothing without links. */
export function RelatedLinks({ links }: Pick<Masthead, 'links'>) {
  const { language } = useReading()
  const t = useTexts(linkTexts)
  const groups = linkKinds
    .map((kind) => ({ kind, links: links.filter((link) => link.kind === kind) }))
    .filter(({ links }) => links.length > 0)
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="related">
      <h2 id="related">{t.title}</h2>
      {groups.map(({ kind, links }) => (
        <section key={kind} aria-labelledby={`related-${kind}`}>
          <h3 id={`related-${kind}`}>{t.kinds[kind]}</h3>
          <ul>
            {links.map((link) => (
              <li key={link.url}>
                <a href={link.url} rel="external">
                  {named(language, link)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
