import { labelOf } from '#access/index.ts'
import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { Button, Buttons } from '#html/button.tsx'
import { Details } from '#html/details.tsx'
import { Form, HiddenFields } from '#html/forms.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { Time, Until } from '#html/time.tsx'
import type { SituationView } from '#situations/index.ts'
import type { RoundForm } from './ask-round.ts'
import type { Composed } from './compose-mail.ts'
import type { Reach } from './reach.ts'

const texts = inBoth({
  ja: {
    title: '宛先と文面を確認する',
    modes: {
      actual: { title: '実災害としての依頼です', text: '件名に【緊急】と付き、各機関は実際の対応を始めます。' },
      exercise: { title: '訓練の依頼です', text: '件名と本文に【訓練】と付きます。実際の災害の記録とは混ざりません。' },
      test: { title: '試験の依頼です', text: '件名と本文に【試験】と付きます。実際の災害の記録とは混ざりません。' },
    },
    situation: '事案',
    to: '宛先',
    reach: (institutions: number, people: number) => `全${institutions}機関のBCP担当者${people}人`,
    channel: '送信方法',
    mail: (from: string) => `1人に1通のメール（送信元 ${from}）`,
    answer_by: '回答期限',
    public: '公表',
    nothing_public: 'この依頼によって一般に公表されるものはありません',
    without: (count: number) => `担当者が登録されていない${count}機関にはメールが届きません`,
    without_text: '電話などで依頼してください。',
    sample: '届くメールの見本',
    sample_hint: '1人目の宛先の例です。宛名だけが1通ごとに変わります。',
    whole: '本文をすべて見る',
    subject: '件名',
    recipient: '宛先',
    nobody: '担当者が1人も登録されていないため、メールは1通も送られません。',
    acts: {
      actual: (people: number) => `${people}人に状況報告の依頼を送る`,
      exercise: (people: number) => `訓練として${people}人に依頼を送る`,
      test: (people: number) => `試験として${people}人に依頼を送る`,
    },
    change: '内容を直す',
  },
  en: {
    title: 'Check recipients and text',
    modes: {
      actual: {
        title: 'This is a real request',
        text: 'The subject says 【緊急】 (urgent) and institutions will act for real.',
      },
      exercise: {
        title: 'This request is an EXERCISE',
        text: 'Subject and text say 【訓練】 (exercise). Nothing mixes with records of real events.',
      },
      test: {
        title: 'This request is a TEST',
        text: 'Subject and text say 【試験】 (test). Nothing mixes with records of real events.',
      },
    },
    situation: 'Situation',
    to: 'To',
    reach: (institutions: number, people: number) => `${people} BCP contacts of all ${institutions} institutions`,
    channel: 'By',
    mail: (from: string) => `One mail each, from ${from}`,
    answer_by: 'Answer by',
    public: 'Public',
    nothing_public: 'Nothing becomes public by this request',
    without: (count: number) => `${count} institutions have no contact and will get no mail`,
    without_text: 'Ask them by phone.',
    sample: 'The mail as it arrives',
    sample_hint: 'As the first recipient gets it. Only the names differ from mail to mail.',
    whole: 'Read the whole text',
    subject: 'Subject',
    recipient: 'To',
    nobody: 'No contact is registered, so no mail will be sent.',
    acts: {
      actual: (people: number) => `Send the request to ${people} people`,
      exercise: (people: number) => `Send the EXERCISE request to ${people} people`,
      test: (people: number) => `Send the TEST request to ${people} people`,
    },
    change: 'Change the request',
  },
})

type Props = {
  situation: SituationView
  form: RoundForm
  values: Record<string, string>
  reach: Reach
  mail_from: string
  sample: (Composed & { to: string }) | undefined
}

/** Everything that one press will do, before it does it. */
export function CheckPage({ situation, form, values, reach, mail_from, sample }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { mode } = situation
  const path = `/situations/${situation.id}`
  const { answer_by = '', text_ja = '', text_en = '', idempotency_key = '' } = values
  const fields = { answer_by, text_ja, text_en, idempotency_key }
  return (
    <Layout title={t.title} mode={mode} label={labelOf.round}>
      <h1>{t.title}</h1>
      <Banner kind={mode === 'actual' ? 'warning' : 'info'} title={t.modes[mode].title}>
        <p>{t.modes[mode].text}</p>
      </Banner>
      <SummaryList
        items={[
          { term: t.situation, value: language === 'en' ? situation.title_en : situation.title_ja },
          { term: t.to, value: <b>{t.reach(reach.institutions, reach.people)}</b> },
          { term: t.channel, value: t.mail(mail_from) },
          {
            term: t.answer_by,
            value: (
              <>
                <Time at={form.answer_by} with_date />
                <Brackets>
                  <Until at={form.answer_by} />
                </Brackets>
              </>
            ),
          },
          { term: t.public, value: t.nothing_public },
        ]}
      />
      {reach.without_contact.length > 0 && (
        <Banner kind="warning" title={t.without(reach.without_contact.length)}>
          <p>{t.without_text}</p>
          <ul>
            {reach.without_contact.map((institution) => (
              <li key={institution.id}>{named(language, institution)}</li>
            ))}
          </ul>
        </Banner>
      )}
      <section aria-labelledby="sample">
        <h2 id="sample">{t.sample}</h2>
        {sample ? <Sample sample={sample} /> : <p>{t.nobody}</p>}
      </section>
      <Buttons>
        <Form action={`${path}/rounds`}>
          <HiddenFields fields={fields} />
          <Button danger={mode === 'actual'}>{t.acts[mode](reach.people)}</Button>
        </Form>
        <Form action={`${path}/ask`}>
          <HiddenFields fields={{ ...fields, change: 'yes' }} />
          <Button kind="outline">{t.change}</Button>
        </Form>
      </Buttons>
    </Layout>
  )
}

function Sample({ sample }: { sample: Composed & { to: string } }) {
  const t = useTexts(texts)
  return (
    <>
      <p className="dads-note">{t.sample_hint}</p>
      <SummaryList
        items={[
          { term: t.recipient, value: sample.to },
          { term: t.subject, value: <b lang="ja">{sample.subject}</b> },
        ]}
      />
      <Details summary={t.whole} id="text">
        <div lang="ja">
          <Paragraphs text={sample.text} />
        </div>
      </Details>
    </>
  )
}

/** A plain text as it was written: blank lines part paragraphs, single line ends stay. */
const Paragraphs = ({ text }: { text: string }) =>
  text
    .trim()
    .split('\n\n')
    .map((paragraph, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed text, rendered once
      <p key={index}>
        {paragraph.split('\n').map((line, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed text, rendered once
          <span key={number}>
            {number > 0 && <br />}
            {line}
          </span>
        ))}
      </p>
    ))
