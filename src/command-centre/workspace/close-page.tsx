import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { SituationView } from '#status/situations/index.ts'

const texts = inBoth({
  ja: {
    title: '事案を終結する',
    back: '事案に戻る',
    effect: '終結すると、次のことが同時に起きます',
    effects: [
      '報告の受付、状況照会とその繰り返し、未回答の機関への連絡が止まります。',
      'すべての画面から緊急の表示が消えます。',
      '公表している場合は、公表ページ・フィード・CAPに終結と出ます。',
    ],
    once: '終結は取り消せません。続きがあれば新しい事案として登録します。',
    reason: '終結の理由',
    reason_hint: '関係者と監査のための記録です。公表されません。',
    closing_ja: '一般の方への説明（日本語）',
    closing_en: '一般の方への説明（英語）',
    closing_hint: '公表ページにこのまま出ます。公表していない事案では使いません。',
    default_ja: '本件への対応は終了しました。',
    default_en: 'The response to this event has ended.',
    act: { actual: '事案を終結する', exercise: '訓練を終結する', test: '試験を終結する' },
  },
  en: {
    title: 'Close the situation',
    back: 'Back to the situation',
    effect: 'Closing does all of this at once',
    effects: [
      'No more reports are taken; rounds and their repeats end, and nobody is chased any more.',
      'The emergency line disappears from every page.',
      'If it was published, the public page, the feed and CAP say that it is over.',
    ],
    once: 'Closing cannot be undone. If something follows, open a new situation.',
    reason: 'Reason for closing',
    reason_hint: 'A record for those involved and for auditors. It is not published.',
    closing_ja: 'What the public is told (Japanese)',
    closing_en: 'What the public is told (English)',
    closing_hint: 'Appears on the public page exactly so. Not used if the situation was never published.',
    default_ja: '本件への対応は終了しました。',
    default_en: 'The response to this event has ended.',
    act: { actual: 'Close the situation', exercise: 'Close the exercise', test: 'Close the test' },
  },
})

export function ClosePage({
  situation,
  values = {},
  problems = {},
}: {
  situation: SituationView
  values?: Record<string, string>
  problems?: Problems
}) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>{language === 'en' ? situation.title_en : situation.title_ja}</p>
      <ErrorSummary problems={problems} />
      <Banner kind="warning" title={t.effect}>
        <ul>
          {t.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <p>{t.once}</p>
      </Banner>
      <Form action={`${path}/close`}>
        <TextArea
          name="closing_reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.closing_reason}
          problem={problems.closing_reason}
          rows={3}
          required
        />
        <TextArea
          name="closing_ja"
          label={t.closing_ja}
          hint={t.closing_hint}
          value={values.closing_ja ?? t.default_ja}
          problem={problems.closing_ja}
          rows={3}
          required
        />
        <TextArea
          name="closing_en"
          label={t.closing_en}
          value={values.closing_en ?? t.default_en}
          problem={problems.closing_en}
          rows={3}
        />
        <Button danger>{t.act[situation.mode]}</Button>
      </Form>
    </Layout>
  )
}
