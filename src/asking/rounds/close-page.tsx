import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { AskingView, RoundView } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '状況照会を終了する',
    back: '状況照会に戻る',
    effect: '終了すると、次のことが止まります',
    chasing: (count: number) => `未回答の${count}機関への連絡（メール・SMS・電話連絡リスト）`,
    all_answered: '全機関が回答しています。止まる連絡はありません。',
    next: '次の照会：',
    kept: '各機関は、終了の後も報告できます。結果（回答数・所要時間・未回答の機関）は事案の経過に残ります。',
    once: '終了は取り消せません。続ける場合は、新しい状況照会を始めます。',
    act: {
      actual: '状況照会を終了する',
      exercise: '訓練の状況照会を終了する',
      test: '試験の状況照会を終了する',
    },
  },
  en: {
    title: 'Close the round',
    back: 'Back to the round',
    effect: 'Closing stops all of this',
    chasing: (count: number) => `Chasing ${count} institutions that have not answered (mail, SMS, call list)`,
    all_answered: 'All have answered. Nothing is left to stop.',
    next: 'The next asking: ',
    kept: 'Institutions can still report. The result (answers, times, who is missing) stays in the log of the situation.',
    once: 'Closing cannot be undone. To go on, begin a new round.',
    act: {
      actual: 'Close the round',
      exercise: 'Close the round of the exercise',
      test: 'Close the round of the test',
    },
  },
})

/** What stops when a round is closed, before it is. */
export function CloseRoundPage({ round, asking }: { round: RoundView; asking: AskingView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/rounds/${round.id}`
  return (
    <Layout title={t.title} mode={round.mode} label={labelOf.delivery}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>{language === 'en' ? round.title_en : round.title_ja}</p>
      <Banner kind="warning" title={t.effect}>
        <ul>
          <li>{asking.open > 0 ? t.chasing(asking.open) : t.all_answered}</li>
          {round.next_repeat_at && (
            <li>
              {t.next}
              <Time at={round.next_repeat_at} />
            </li>
          )}
        </ul>
        <p>
          {t.kept} {t.once}
        </p>
      </Banner>
      <Form action={`${path}/close`}>
        <Button danger>{t.act[round.mode]}</Button>
      </Form>
    </Layout>
  )
}
