import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { day_ms } from './make-pack.ts'
import type { PackView } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '持ち出し資料',
    lead: '名簿・連絡網・連絡先情報・状況ボード・事案の記録を、印刷できる署名付きの PDF にまとめたものです。毎日作り直し、事案の対応中は 1 時間ごとに作り直します。受け取ったことは監査証跡に残ります。',
    take: '持ち出し資料を受け取る（PDF）',
    make: '持ち出し資料を今作る',
    asked: '作り直しています',
    asked_next: '数十秒でできあがり、この画面に出ます。',
    old: '最新の資料が 1 日以上前のものです',
    old_next: '「持ち出し資料を今作る」を押してください。それでも古いままなら、背景の処理が止まっています。',
    made_at: '作成',
    pages: 'ページ数',
    contents: '収録',
    counts: (institutions: number, contacts: number) => `${institutions} 機関、担当者 ${contacts} 人`,
    digest: 'SHA-256',
    key: '署名鍵の指紋',
    earlier: '作成済みの資料',
    by: '依頼した人',
    by_itself: '自動',
    empty: '持ち出し資料はまだありません',
    empty_next: '「持ち出し資料を今作る」を押すと、数十秒でできあがります。',
    get: '受け取る',
    file: 'ファイル',
  },
  en: {
    title: 'Offline pack',
    lead: 'Directory, call trees, contact points, status board and the log of each situation as a signed PDF to print. It is made anew every day, and every hour while a situation is open. Who takes it is noted in the audit trail.',
    take: 'Take the offline pack (PDF)',
    make: 'Make an offline pack now',
    asked: 'It is being made',
    asked_next: 'It takes less than a minute and appears on this page.',
    old: 'The newest pack is more than a day old',
    old_next: 'Press “Make an offline pack now”. If it stays old, the background work has stopped.',
    made_at: 'Made',
    pages: 'Pages',
    contents: 'Holds',
    counts: (institutions: number, contacts: number) => `${institutions} institutions, ${contacts} contacts`,
    digest: 'SHA-256',
    key: 'Fingerprint of the signing key',
    earlier: 'Packs made',
    by: 'Asked by',
    by_itself: 'By itself',
    empty: 'There is no pack yet',
    empty_next: 'Press “Make an offline pack now”: it takes less than a minute.',
    get: 'Take',
    file: 'File',
  },
})

export function PackPage({
  packs,
  fingerprint,
  is_asked,
}: {
  packs: PackView[]
  fingerprint: string
  is_asked: boolean
}) {
  const t = useTexts(texts)
  const { language, now } = useReading()
  const [newest] = packs
  const is_old = newest && now.getTime() - newest.made_at.getTime() > 1.3 * day_ms
  return (
    <Layout title={t.title} label={labelOf.pack} live="/pack">
      <h1>{t.title}</h1>
      {is_asked && (
        <Banner kind="info" title={t.asked}>
          {t.asked_next}
        </Banner>
      )}
      {is_old && (
        <Banner kind="warning" title={t.old}>
          {t.old_next}
        </Banner>
      )}
      <p>{t.lead}</p>
      {newest ? (
        <>
          <SummaryList
            items={[
              {
                term: t.made_at,
                value: (
                  <>
                    <Time at={newest.made_at} with_date />
                    <AgeBeside at={newest.made_at} />
                  </>
                ),
              },
              { term: t.pages, value: newest.pages },
              { term: t.contents, value: t.counts(newest.institutions, newest.contacts) },
              { term: t.digest, value: newest.digest.toString('hex') },
              { term: t.key, value: fingerprint },
            ]}
          />
          <Form action={`/pack/${newest.id}`}>
            <Button>{t.take}</Button>
          </Form>
        </>
      ) : (
        <Empty title={t.empty}>{t.empty_next}</Empty>
      )}
      <Form action="/pack">
        <Button kind={newest ? 'outline' : 'solid-fill'}>{t.make}</Button>
      </Form>
      {packs.length > 1 && (
        <DataTable
          caption={t.earlier}
          rows={packs.slice(1)}
          rowKey={({ id }) => id}
          columns={[
            { head: t.made_at, cell: ({ made_at }) => <Time at={made_at} with_date /> },
            { head: t.pages, cell: ({ pages }) => pages, numeric: true },
            {
              head: t.by,
              cell: ({ name_ja, name_en }) => (name_ja ? named(language, { name_ja, name_en }) : t.by_itself),
            },
            {
              head: t.file,
              cell: ({ id }) => (
                <form method="post" action={`/pack/${id}`}>
                  <button type="submit" className="dads-link-button">
                    {t.get}
                  </button>
                </form>
              ),
            },
          ]}
        />
      )}
    </Layout>
  )
}
