import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { Button, ButtonLink } from '#html/button.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#html/forms.tsx'
import { inBoth } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { Time } from '#html/time.tsx'
import type { SituationView } from '#situations/index.ts'
import { answer_days_max, text_length_max } from './ask-round.ts'
import type { RoundProgress } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '全機関に状況報告を依頼する',
    lead: '全機関のBCP担当者に、報告ページへのリンクを載せたメールを送ります。次の画面で宛先と文面を確かめてから送信します。',
    situation: '事案',
    before: (answered: number, asked: number) => `前回の依頼には${answered} / ${asked}機関が回答しました。`,
    see_before: '前回の依頼を見る',
    answer_by: '回答期限',
    answer_by_hint: `日本時間（JST）。${answer_days_max}日以内`,
    text_ja: '依頼文（日本語）',
    text_en: '依頼文（英語）',
    text_hint: `${text_length_max.toLocaleString('ja')}文字以内。宛名、期限、リンク、電話での報告方法は自動で入ります。`,
    act: '宛先と文面を確認する',
    closed: 'この事案は終結しています。依頼は送られませんでした。',
    back: '事案を見る',
  },
  en: {
    title: 'Ask all institutions to report',
    lead: 'Every BCP contact of every institution gets a mail with the link to the report page. You check recipients and text on the next page before anything is sent.',
    situation: 'Situation',
    before: (answered: number, asked: number) => `${answered} of ${asked} institutions answered the last request.`,
    see_before: 'See the last request',
    answer_by: 'Answer by',
    answer_by_hint: `Japan time (JST), within ${answer_days_max} days`,
    text_ja: 'Text in Japanese',
    text_en: 'Text in English',
    text_hint: `Up to ${text_length_max.toLocaleString('en')} characters. Names, deadline, link and how to report by phone are added.`,
    act: 'Check recipients and text',
    closed: 'This situation is closed. Nothing was sent.',
    back: 'See the situation',
  },
})

/** What the form begins with, so that in an emergency two presses are enough. */
export const usualTexts = {
  text_ja: '被害の有無と業務の状況を報告してください。被害がない場合も、その旨を必ず報告してください。',
  text_en: 'Please report any damage and how your operations stand. If nothing is wrong, please report that too.',
}

type Props = {
  situation: SituationView
  before: RoundProgress | null
  values: Record<string, string>
  problems?: Problems
}

export function AskPage({ situation, before, values, problems = {} }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  return (
    <Layout title={t.title} mode={situation.mode}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>
        {t.situation}: <a href={path}>{language === 'en' ? situation.title_en : situation.title_ja}</a>
        <Brackets>
          <Time at={situation.event_at} with_date />
        </Brackets>
      </p>
      <p>{t.lead}</p>
      {before && (
        <p>
          {t.before(before.answered, before.asked)} <a href={`/rounds/${before.id}`}>{t.see_before}</a>
        </p>
      )}
      <Form action={`${path}/ask`}>
        <TextInput
          type="datetime-local"
          name="answer_by"
          label={t.answer_by}
          hint={t.answer_by_hint}
          value={values.answer_by}
          problem={problems.answer_by}
          width="half"
          required
        />
        {(['text_ja', 'text_en'] as const).map((name) => (
          <TextArea
            key={name}
            name={name}
            label={t[name]}
            hint={t.text_hint}
            value={values[name]}
            problem={problems[name]}
            rows={5}
            required
          />
        ))}
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <Button>{t.act}</Button>
      </Form>
    </Layout>
  )
}

export function AskClosedPage({ situation }: { situation: SituationView }) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title} mode={situation.mode}>
      <h1>{t.title}</h1>
      <Banner kind="error" title={t.closed} />
      <ButtonLink href={`/situations/${situation.id}`}>{t.back}</ButtonLink>
    </Layout>
  )
}
