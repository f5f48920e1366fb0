import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { SituationView } from '#status/situations/index.ts'

const texts = inBoth({
  ja: {
    title: 'この事案は終結しました',
    closed: '終結',
    next: '報告の受付は終わっています。いまの状況に変わったことがあれば、平時の報告として知らせてください。',
    kept: '今回の入力は報告されていません。補足に書かれた内容は次のとおりです。',
    board: '状況ボードを見る',
  },
  en: {
    title: 'This situation has been closed',
    closed: 'Closed',
    next: 'Reports are no longer taken. If something has changed since, please report it outside any situation.',
    kept: 'What you entered was not reported. Your remarks were:',
    board: 'See the status board',
  },
})

/** Says that a situation takes no more reports, and gives back what was written for it. */
export function ClosedPage({ situation, text }: { situation: SituationView; text?: string }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title} mode={situation.mode}>
      <h1>{t.title}</h1>
      <p>
        <a href={`/situations/${situation.id}`}>{language === 'en' ? situation.title_en : situation.title_ja}</a>
        {situation.closed_at && (
          <>
            　{t.closed}: <Time at={situation.closed_at} />
          </>
        )}
      </p>
      <p>{t.next}</p>
      {text && (
        <>
          <p>{t.kept}</p>
          <blockquote className="dads-lines">{text}</blockquote>
        </>
      )}
      <Buttons>
        <ButtonLink href={`/situations/${situation.id}/board`}>{t.board}</ButtonLink>
      </Buttons>
    </Layout>
  )
}
