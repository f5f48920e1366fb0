import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { SignInHelp } from './sign-in-help.tsx'

const texts = inBoth({
  ja: {
    title: '確認コードの入力',
    lead: '認証アプリに今表示されている6桁のコードを入力してください。',
    code: '6桁のコード',
    act: 'サインインする',
    wrong: 'サインインできませんでした',
    refused: {
      code: 'コードが違います。新しいコードが表示されるのを待って、もう一度入力してください。',
      unreadable:
        '認証アプリの登録が読み取れなくなっています。このアプリのコードではサインインできません。リカバリーコードかパスキーでサインインし、アプリを登録し直してください。どちらもないときは、事務局に電話してください。',
    },
    lost: '認証アプリを使えない場合',
    recovery: 'リカバリーコード',
    recovery_hint: '認証アプリを登録したときに保管したコードです。1つにつき一度だけ使えます。',
    use: 'リカバリーコードでサインインする',
    back: '最初からやり直す',
  },
  en: {
    title: 'Enter the code',
    lead: 'Enter the six figures that your authenticator app shows now.',
    code: 'Code of six figures',
    act: 'Sign in',
    wrong: 'You were not signed in',
    refused: {
      code: 'The code is not right. Wait until the app shows a new one, and enter that.',
      unreadable:
        'The registration of your authenticator app can no longer be read, so none of its codes lets you in. Sign in with a recovery code or a passkey, then set up the app anew. If you have neither, telephone the secretariat.',
    },
    lost: 'If you cannot use the app',
    recovery: 'Recovery code',
    recovery_hint: 'One of the codes that you kept when you set up the app. Each works once.',
    use: 'Sign in with a recovery code',
    back: 'Begin again',
  },
})

export type CodePageProps = {
  next: string
  phones: readonly string[]
  refused?: 'code' | 'unreadable' | undefined
  by_recovery?: boolean
}

/** The second step of a sign-in with a password. */
export function CodePage({ next, phones, refused, by_recovery = false }: CodePageProps) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {refused && (
        <Banner kind="error" title={t.wrong}>
          <p>{t.refused[refused]}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <Form action="/sign-in/code">
        <HiddenFields fields={{ next }} />
        <TextInput name="code" label={t.code} width="short" inputMode="numeric" autoComplete="one-time-code" required />
        <Button>{t.act}</Button>
      </Form>
      <Details summary={t.lost} open={by_recovery}>
        <Form action="/sign-in/code">
          <HiddenFields fields={{ next }} />
          <TextInput name="recovery_code" label={t.recovery} hint={t.recovery_hint} autoComplete="off" required />
          <Button kind="outline">{t.use}</Button>
        </Form>
      </Details>
      <SignInHelp phones={phones} open={refused !== undefined} />
      <p>
        <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{t.back}</a>
      </p>
    </Layout>
  )
}
