import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { BothLanguages, LanguagesTick, type Parted, PublicDiff } from '#public/publication/index.ts'
import type { PublicDifference } from '#public/site/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import type { ClosingEffect } from './closing-effect.ts'
import { closingTexts, EffectOfClosing } from './effect-of-closing.tsx'

const texts = inBoth({
  ja: {
    title: '終結の前の確認',
    changed: '確かめている間に状況が変わりました',
    changed_next: 'いまの状況を下に示します。もう一度確かめてください。まだ終結していません。',
    public: '公表ページは、次のとおり変わります',
    unpublished: 'この事案は公表していません',
    unpublished_next: '一般の方には何も伝わりません。',
    revise: '内容を直す',
  },
  en: {
    title: 'Check before closing',
    changed: 'Something changed while you were checking',
    changed_next: 'How it stands now is shown below. Please check again. Nothing has been closed yet.',
    public: 'The public page changes as follows',
    unpublished: 'This situation was never published',
    unpublished_next: 'The public is told nothing.',
    revise: 'Change it',
  },
})

type Props = {
  situation: SituationView
  effect: ClosingEffect
  values: Record<string, string>
  /** Null when the public was never told of the situation. */
  differences: readonly PublicDifference[] | null
  said: { text_ja: string; text_en: string }
  parted: Parted | null
  seen: string
  has_changed: boolean
  problems: Problems
}

/** What one press ends, for those inside and for the public, before it does. */
export function CloseCheckPage({
  situation,
  effect,
  values: { closing_reason = '', closing_ja = '', closing_en = '' },
  differences,
  said,
  parted,
  seen,
  has_changed,
  problems,
}: Props) {
  const t = useTexts(texts)
  const { act } = useTexts(closingTexts)
  const { language } = useReading()
  const path = `/situations/${situation.id}/close`
  const written = { closing_reason, closing_ja, closing_en }
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {has_changed && (
        <Banner kind="warning" title={t.changed}>
          <p>{t.changed_next}</p>
        </Banner>
      )}
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      <EffectOfClosing effect={effect} />
      {differences ? (
        <>
          <BothLanguages said={said} parted={parted} />
          <h2>{t.public}</h2>
          <PublicDiff differences={differences} />
        </>
      ) : (
        <Empty title={t.unpublished}>{t.unpublished_next}</Empty>
      )}
      <Buttons>
        <Form action={path}>
          <HiddenFields fields={{ ...written, seen }} />
          {differences && <LanguagesTick parted={parted} problem={problems.languages} />}
          <Button danger>{act[situation.mode]}</Button>
        </Form>
        <Form action={path}>
          <HiddenFields fields={{ ...written, revise: 'yes' }} />
          <Button kind="outline">{t.revise}</Button>
        </Form>
      </Buttons>
    </Layout>
  )
}
