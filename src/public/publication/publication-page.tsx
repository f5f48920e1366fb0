import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { PublicationView } from './queries.ts'

const texts = inBoth({
  ja: {
    published: '公表しました',
    seen: '公表ページの内容が変わりました',
    number: '番号',
    at: '公表時刻',
    by: '公表した人',
    kind: '種類',
    kinds: { Alert: '最初の公表（Alert）', Update: '更新（Update）', Cancel: '終結（Cancel）' },
    see: '公表ページを見る',
    situation: '事案に戻る',
  },
  en: {
    published: 'Published',
    seen: 'The public page has changed',
    number: 'Number',
    at: 'Published at',
    by: 'Published by',
    kind: 'Kind',
    kinds: { Alert: 'First publication (Alert)', Update: 'Update', Cancel: 'Closing (Cancel)' },
    see: 'See the public page',
    situation: 'Back to the situation',
  },
})

/** What was published, and where the public reads it. */
export function PublicationPage({ publication }: { publication: PublicationView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const base = publication.mode === 'actual' ? '/' : `/${publication.mode}/`
  return (
    <Layout title={t.published} mode={publication.mode} label={labelOf.publication}>
      <h1>{t.published}</h1>
      <Banner kind="success" title={t.seen}>
        <p>{language === 'en' ? publication.title_en : publication.title_ja}</p>
      </Banner>
      <SummaryList
        items={[
          { term: t.number, value: publication.number },
          { term: t.at, value: <Time at={publication.published_at} with_seconds with_date /> },
          {
            term: t.by,
            value: named(language, { name_ja: publication.published_by_ja, name_en: publication.published_by_en }),
          },
          { term: t.kind, value: t.kinds[publication.cap_kind] },
        ]}
      />
      <Buttons>
        <ButtonLink href={language === 'en' ? `${base}en/` : base}>{t.see}</ButtonLink>
        <ButtonLink href={`/situations/${publication.situation_id}`} kind="solid-fill">
          {t.situation}
        </ButtonLink>
      </Buttons>
    </Layout>
  )
}
