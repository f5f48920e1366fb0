import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { Used } from './spend.ts'

const texts = inBoth({
  ja: {
    title: '非常用コードでサインイン',
    lead: '事務局の人が、ほかの方法でサインインできないときだけ使います。封筒の紙にある、まだ使っていない番号のコードを入力してください。',
    loud: '使うと、事務局と監査担当者の全員にただちにメールが届き、監査証跡に残ります',
    hours: 'サインインは4時間で終わります。その間に、普段のサインインの方法を登録してください。',
    email: 'あなたのメールアドレス',
    code: 'コード',
    code_hint: '4文字ずつ4組のアルファベット。大文字と小文字、ハイフンの有無は問いません。',
    reason: '理由',
    reason_hint: '例：本社の停電で認証アプリの端末が使えない',
    drill: '訓練として使う',
    drill_hint: 'コードが使えることだけを確かめます。サインインはしません。コードは使用済みになります。',
    act: 'コードを使う',
    refused: 'コードを使えませんでした',
    refused_why:
      'メールアドレスかコードが違うか、そのコードはもう使えません。封筒の紙の日付が最新かどうかも確かめてください。',
    locked: 'いまは受け付けられません',
    locked_why: '誤ったコードが続いたため、次の時刻まで受け付けを止めています：',
    worked: '訓練：このコードは使えます',
    worked_lead: (number: number, left: number) =>
      `${number}番のコードを使用済みにしました。残りは${left}個です。サインインはしていません。紙の${number}番に日付と名前を書いてください。`,
    back: 'サインインの画面へ',
  },
  en: {
    title: 'Sign in with a break-glass code',
    lead: 'Only for people of the secretariat who cannot sign in otherwise. Enter a code of the sealed paper that was not used yet.',
    loud: 'All of the secretariat and all auditors get a mail at once, and it stands in the audit trail',
    hours: 'You are signed in for 4 hours. Set up your usual way to sign in meanwhile.',
    email: 'Your mail address',
    code: 'Code',
    code_hint: 'Four groups of four letters. Capitals and hyphens do not matter.',
    reason: 'Reason',
    reason_hint: 'For example: power cut at the head office, no device with the authenticator app',
    drill: 'Use it as an exercise',
    drill_hint: 'Only shows that the code works. You are not signed in. The code is spent.',
    act: 'Use the code',
    refused: 'The code could not be used',
    refused_why:
      'The mail address or the code is not right, or the code is spent. Check, too, that the paper is the newest one.',
    locked: 'No codes are taken now',
    locked_why: 'There were too many wrong codes. Codes are taken again from: ',
    worked: 'Exercise: the code works',
    worked_lead: (number: number, left: number) =>
      `Code ${number} is spent now; ${left} are left. You are not signed in. Write date and name beside number ${number} on the paper.`,
    back: 'To the sign-in page',
  },
})

type Props = {
  values?: Record<string, string>
  problems?: Problems
  refused?: boolean
  locked_until?: Date | undefined
}

export function BreakGlassPage({ values = {}, problems = {}, refused = false, locked_until }: Props) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {refused && (
        <Banner kind="error" title={t.refused}>
          <p>{t.refused_why}</p>
        </Banner>
      )}
      {locked_until && (
        <Banner kind="error" title={t.locked}>
          <p>
            {t.locked_why}
            <Time at={locked_until} with_date />
          </p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <Banner kind="warning" title={t.loud}>
        <p>{t.hours}</p>
      </Banner>
      <Form action="/sign-in/break-glass">
        <TextInput
          name="email"
          type="email"
          label={t.email}
          value={values.email}
          autoComplete="username"
          inputMode="email"
          required
        />
        <TextInput name="code" label={t.code} hint={t.code_hint} autoComplete="off" width="half" required />
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.reason}
          problem={problems.reason}
          rows={2}
          maxLength={500}
          required
        />
        <Checkbox name="is_drill" text={t.drill} hint={t.drill_hint} checked={values.is_drill === 'yes'} />
        <Button danger>{t.act}</Button>
      </Form>
    </Layout>
  )
}

/** What a drill gets: the proof that the code works, and nothing that it opens. */
export function WorkedPage({ number, left }: Pick<Used, 'number' | 'left'>) {
  const t = useTexts(texts)
  return (
    <Layout title={t.worked} mode="exercise">
      <h1>{t.worked}</h1>
      <p>{t.worked_lead(number, left)}</p>
      <ButtonLink href="/sign-in">{t.back}</ButtonLink>
    </Layout>
  )
}
