import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { SituationView } from '#status/situations/index.ts'
import { usualClosing } from './close-situation.ts'
import type { ClosingEffect } from './closing-effect.ts'
import { EffectOfClosing } from './effect-of-closing.tsx'

const texts = inBoth({
  ja: {
    title: '事案を終結する',
    back: '事案に戻る',
    reason: '終結の理由',
    reason_hint: '関係者と監査のための記録です。公表されません。',
    closing_ja: '一般の方への説明（日本語）',
    closing_en: '一般の方への説明（英語）',
    closing_hint: '公表ページにこのまま出ます。公表していない事案では使いません。',
    check: '終結の内容を確かめる',
  },
  en: {
    title: 'Close the situation',
    back: 'Back to the situation',
    reason: 'Reason for closing',
    reason_hint: 'A record for those involved and for auditors. It is not published.',
    closing_ja: 'What the public is told (Japanese)',
    closing_en: 'What the public is told (English)',
    closing_hint: 'Appears on the public page exactly so. Not used if the situation was never published.',
    check: 'Check what closing does',
  },
})

/** Why it is closed and what the public is told, below what that ends. */
export function ClosePage({
  situation,
  effect,
  values = {},
  problems = {},
}: {
  situation: SituationView
  effect: ClosingEffect
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
      <EffectOfClosing effect={effect} />
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
          value={values.closing_ja ?? usualClosing.text_ja}
          problem={problems.closing_ja}
          rows={3}
          required
        />
        <TextArea
          name="closing_en"
          label={t.closing_en}
          value={values.closing_en ?? usualClosing.text_en}
          problem={problems.closing_en}
          rows={3}
        />
        <Button>{t.check}</Button>
      </Form>
    </Layout>
  )
}
