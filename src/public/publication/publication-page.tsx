import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { AsPublished, Snapshot } from '#public/site/index.ts'
import type { Corrector, PublicationView } from './queries.ts'

const texts = inBoth({
  ja: {
    published: '公表しました',
    earlier: (number: number) => `第${number}号の公表`,
    seen: '公表ページの内容が変わりました',
    number: '番号',
    at: '公表時刻',
    by: '公表した人',
    kind: '種類',
    kinds: { Alert: '最初の公表（Alert）', Update: '更新（Update）', Cancel: '終結（Cancel）' },
    as_it_was: 'そのとき公表ページに出た内容',
    as_it_was_hint: '公表した時点の文章と状況です。いまの内容ではありません。',
    correction: '訂正',
    corrected: (number: number) => `この公表は、第${number}号で訂正されました`,
    see: '公表ページを見る',
    situation: '事案に戻る',
  },
  en: {
    published: 'Published',
    earlier: (number: number) => `Publication ${number}`,
    seen: 'The public page has changed',
    number: 'Number',
    at: 'Published at',
    by: 'Published by',
    kind: 'Kind',
    kinds: { Alert: 'First publication (Alert)', Update: 'Update', Cancel: 'Closing (Cancel)' },
    as_it_was: 'What the public page said then',
    as_it_was_hint: 'Text and states as they were published. This is not how it stands now.',
    correction: 'Correction',
    corrected: (number: number) => `This was corrected by publication ${number}`,
    see: 'See the public page',
    situation: 'Back to the situation',
  },
})

/** What was published, word for word, and where the public reads it. */
export function PublicationPage({
  publication,
  is_latest,
  corrected_by,
}: {
  publication: PublicationView
  /** Whether the public reads it now. */
  is_latest: boolean
  corrected_by: Corrector | null
}) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { situations, messages } = Snapshot.parse(publication.snapshot)
  const situation = situations.find(({ id }) => id === publication.situation_id)
  const is_correction = messages.some(({ number, corrects }) => number === publication.number && corrects.length > 0)
  const title = is_latest ? t.published : t.earlier(publication.number)
  const base = publication.mode === 'actual' ? '/' : `/${publication.mode}/`
  return (
    <Layout title={title} mode={publication.mode} label={labelOf.publication}>
      <h1>{title}</h1>
      {is_latest && <Banner kind="success" title={t.seen} />}
      <p>
        <b>{language === 'en' ? publication.title_en : publication.title_ja}</b>
      </p>
      <SummaryList
        items={[
          { term: t.number, value: publication.number },
          { term: t.at, value: <Time at={publication.published_at} with_seconds with_date /> },
          {
            term: t.by,
            value: named(language, { name_ja: publication.published_by_ja, name_en: publication.published_by_en }),
          },
          { term: t.kind, value: is_correction ? t.correction : t.kinds[publication.cap_kind] },
        ]}
      />
      {corrected_by && (
        <Banner kind="warning" title={t.corrected(corrected_by.number)}>
          <p>
            <a href={`/publications/${corrected_by.id}`}>
              <Time at={corrected_by.published_at} with_date />
            </a>
          </p>
        </Banner>
      )}
      {situation && (
        <section aria-labelledby="as-it-was">
          <h2 id="as-it-was">{t.as_it_was}</h2>
          <p>{t.as_it_was_hint}</p>
          <AsPublished situation={situation} at={publication.published_at} />
        </section>
      )}
      <Buttons>
        <ButtonLink href={language === 'en' ? `${base}en/` : base}>{t.see}</ButtonLink>
        <ButtonLink href={`/situations/${publication.situation_id}`} kind="solid-fill">
          {t.situation}
        </ButtonLink>
      </Buttons>
    </Layout>
  )
}
