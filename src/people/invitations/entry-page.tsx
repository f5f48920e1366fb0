import { TryAgainAt } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: 'コードを入力してください',
    lead: '招待した人、または復旧を承認した事務局員から、電話か対面で聞いたコードを入力します。',
    code: 'コード',
    hint: '4文字ずつ3組のアルファベット（例：ACDE-FHJK-LMNP）。大文字と小文字、ハイフンの有無は問いません。',
    act: 'コードを確かめて進む',
    next: '次の画面で、パスキー、またはパスワードと認証アプリを設定します。',
    limited: '試行の回数が多いため、しばらく確かめられません',
    refused: '進めませんでした',
    refused_why:
      'コードが違うか、この入口はもう使えません（期限切れ、設定済み、取り消し、または誤ったコードの回数超過）。',
    refused_next:
      'コードを聞いた人に、新しいコードの発行を頼んでください。すでに設定を終えた方は、サインインしてください。',
    waiting: 'まだ入れません。コードは合っています',
    waiting_next:
      '事務局の役割は、事務局のもう1人が同意してから使えます。招待した人に電話で確かめ、同意のあとで同じコードを入力してください。',
    sign_in: 'サインインへ進む',
    lost: 'コードが分からないとき',
    lost_text:
      'コードはメールでは届きません。招待した人に電話で聞いてください。コードをメールやチャットで尋ねる人には、答えないでください。',
  },
  en: {
    title: 'Enter your code',
    lead: 'Enter the code that you were told, by phone or in person, by who invited you or approved your recovery.',
    code: 'Code',
    hint: 'Three groups of four letters, such as ACDE-FHJK-LMNP. Capitals and hyphens do not matter.',
    act: 'Check the code and go on',
    next: 'On the next page you set up a passkey, or a password and an authenticator app.',
    limited: 'Too many tries: no code can be checked for a while',
    refused: 'You could not go on',
    refused_why:
      'The code is not right, or this entrance is closed (out of time, already set up, withdrawn, or too many wrong codes).',
    refused_next: 'Ask whoever told you the code for a new one. If you have set up your sign-in already, sign in.',
    waiting: 'Not yet. The code is right',
    waiting_next:
      'A role of the desk takes the agreement of another of the desk. Telephone the person who invited you, and enter the same code afterwards.',
    sign_in: 'Go to sign-in',
    lost: 'If you do not know the code',
    lost_text:
      'It does not come by mail. Telephone the person who invited you. Do not tell it to anyone who asks for it by mail or chat.',
  },
})

type Props = { id: string; refused?: boolean; waiting?: boolean; until?: Date }

/** The entrance of an invitation: the same page for every id, known or not. */
export function EntryPage({ id, refused = false, waiting = false, until }: Props) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {until && (
        <Banner kind="error" title={t.limited}>
          <TryAgainAt until={until} />
        </Banner>
      )}
      {refused && (
        <Banner kind="error" title={t.refused}>
          <p>{t.refused_why}</p>
          <p>
            {t.refused_next} <a href="/sign-in">{t.sign_in}</a>
          </p>
        </Banner>
      )}
      {waiting && (
        <Banner kind="warning" title={t.waiting}>
          <p>{t.waiting_next}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <Form action={`/invitations/${id}`}>
        <TextInput name="code" label={t.code} hint={t.hint} autoComplete="one-time-code" width="half" required />
        <p>{t.next}</p>
        <Button>{t.act}</Button>
      </Form>
      <Details summary={t.lost}>
        <p>{t.lost_text}</p>
      </Details>
    </Layout>
  )
}
