import { TryAgainAt } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    nothing: 'このリンクは使えません',
    nothing_why: 'リンクが途中で切れているか、正しくありません。メールのリンクの全体を、もう一度開いてください。',
    over: 'このリンクの期限は過ぎました',
    over_why: 'リンクからの回答は、配信から7日のあいだ、事案が終結するまで受け付けます。',
    closed: 'この事案は終結しています',
    closed_why: 'リンクからの回答も、回答の取り消しも、事案の終結後は受け付けません。',
    choice: '回答を受け付けられませんでした',
    choice_why: '回答が選ばれていません。リンクをもう一度開いて、ボタンを押してください。',
    limited: 'お待ちください',
    limited_why: 'この場所から、使えないリンクが続けて開かれました。',
    instead: 'メールに書かれた電話番号に電話するか、サインインして通知を見てください。',
    sign_in: 'サインインする',
  },
  en: {
    nothing: 'This link cannot be used',
    nothing_why: 'It was cut off or is not right. Please open the whole link in the mail again.',
    over: 'The time of this link is over',
    over_why: 'Answers by link are taken for seven days after the notice was sent, until its situation closes.',
    closed: 'This situation is closed',
    closed_why: 'Once a situation is closed, nothing is answered by link any more, and no answer is taken back.',
    choice: 'Your answer could not be taken',
    choice_why: 'No answer was chosen. Open the link again and press a button.',
    limited: 'Please wait',
    limited_why: 'Links that cannot be used were sent from here again and again.',
    instead: 'Please ring the number in the mail, or sign in to see the notice.',
    sign_in: 'Sign in',
  },
})

/** Why a link does nothing; the same for everyone, whatever there is behind it or not. */
export function NoLinkPage({
  why,
  until,
}: {
  why: 'nothing' | 'over' | 'closed' | 'choice' | 'limited'
  until?: Date
}) {
  const t = useTexts(texts)
  return (
    <Layout title={t[why]}>
      <h1>{t[why]}</h1>
      <Banner kind="warning" title={t[`${why}_why`]}>
        {until && <TryAgainAt until={until} />}
        <p>{t.instead}</p>
        <p>
          <a href="/sign-in">{t.sign_in}</a>
        </p>
      </Banner>
    </Layout>
  )
}
