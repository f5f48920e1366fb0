import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { accountTexts } from './account-texts.ts'
import { QrCode } from './qr-code.tsx'

const texts = inBoth({
  ja: {
    lead: 'パスワードでサインインするとき、スマートフォンの認証アプリ（Google Authenticator、Microsoft Authenticatorなど）に表示される6桁のコードも入力するようにします。',
    needs_password: '先にパスワードを設定してください。',
    set_password: 'パスワードを設定する',
    start: '登録を始める',
    scan: '1. 認証アプリで読み取る',
    qr: '認証アプリで読み取るQRコード。読み取れない場合は、下の文字を入力します。',
    by_hand: '読み取れない場合は、アプリにこの文字を入力します（時間ベース、6桁、30秒）。',
    confirm: '2. 表示されたコードを入力する',
    code: '6桁のコード',
    finish: '認証アプリを登録する',
    again: 'うまくいかないので最初からやり直す',
    restart: '新しいQRコードを表示する',
    code_wrong: 'コードが違います。アプリに今表示されている6桁を入力してください',
    is_set: '認証アプリは登録済みです。パスワードでサインインするときに、コードを入力します。',
    remove_title: '認証アプリを解除する',
    remove_lead: '解除すると、リカバリーコードも使えなくなり、ほかの端末からはサインアウトします。',
    remove: '認証アプリを解除する',
    last: 'これが最後のサインインの方法です',
    last_why: '先にパスキーを登録してください。',
  },
  en: {
    lead: 'When you sign in with a password you will also enter the six figures that an authenticator app on your phone shows (Google Authenticator, Microsoft Authenticator and others).',
    needs_password: 'Set a password first.',
    set_password: 'Set a password',
    start: 'Begin',
    scan: '1. Scan with the app',
    qr: 'QR code for the authenticator app. If you cannot scan it, type the text below.',
    by_hand: 'If you cannot scan it, type this into the app (time based, 6 figures, 30 seconds).',
    confirm: '2. Enter the code that it shows',
    code: 'Code of six figures',
    finish: 'Set up the authenticator app',
    again: 'It does not work: begin again',
    restart: 'Show a new QR code',
    code_wrong: 'The code is not right. Enter the six figures that the app shows now',
    is_set: 'The authenticator app is set up. You enter a code of it when you sign in with your password.',
    remove_title: 'Remove the authenticator app',
    remove_lead: 'The recovery codes end with it, and other devices are signed out.',
    remove: 'Remove the authenticator app',
    last: 'This is the last way to prove who you are',
    last_why: 'Register a passkey first.',
  },
})

export type SecondFactorPageProps = {
  has_app: boolean
  has_password: boolean
  /** The secret that waits for its first code. */
  waiting: { uri: string; secret: string } | null
  failed?: 'password' | 'code' | 'last' | undefined
}

/** Sets up the app in two steps, or removes it. */
export function SecondFactorPage({ has_app, has_password, waiting, failed }: SecondFactorPageProps) {
  const t = useTexts(texts)
  const words = useTexts(accountTexts)
  const problems: Problems =
    failed === 'password' ? { password: words.current_wrong } : failed === 'code' ? { code: t.code_wrong } : {}
  const title = has_app ? words.app : words.set_up_app
  return (
    <Layout title={title} label={labelOf.account}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {failed === 'last' && (
        <Banner kind="error" title={t.last}>
          <p>{t.last_why}</p>
        </Banner>
      )}
      {has_app ? (
        <>
          <p>{t.is_set}</p>
          <h2>{t.remove_title}</h2>
          <p>{t.remove_lead}</p>
          <WithPassword action="/account/second-factor/removal" problems={problems} danger>
            {t.remove}
          </WithPassword>
        </>
      ) : !has_password ? (
        <>
          <p>{t.lead}</p>
          <p>{t.needs_password}</p>
          <ButtonLink href="/account/password" kind="solid-fill">
            {t.set_password}
          </ButtonLink>
        </>
      ) : waiting ? (
        <>
          <h2>{t.scan}</h2>
          <QrCode text={waiting.uri} label={t.qr} />
          <p>{t.by_hand}</p>
          <p>
            <code>{waiting.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <h2>{t.confirm}</h2>
          <Form action="/account/second-factor/confirmation">
            <TextInput
              name="code"
              label={t.code}
              problem={problems.code}
              width="short"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
            />
            <Button>{t.finish}</Button>
          </Form>
          <Details summary={t.again} open={failed === 'password'}>
            <WithPassword action="/account/second-factor" problems={problems} outline>
              {t.restart}
            </WithPassword>
          </Details>
        </>
      ) : (
        <>
          <p>{t.lead}</p>
          <WithPassword action="/account/second-factor" problems={problems}>
            {t.start}
          </WithPassword>
        </>
      )}
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </Layout>
  )
}

type WithPasswordProps = { action: string; problems: Problems; danger?: boolean; outline?: boolean; children: string }

function WithPassword({ action, problems, danger = false, outline = false, children }: WithPasswordProps) {
  const words = useTexts(accountTexts)
  return (
    <Form action={action}>
      <TextInput
        name="password"
        type="password"
        label={words.current_password}
        problem={problems.password}
        autoComplete="current-password"
        width="half"
        required
      />
      <Button kind={outline ? 'outline' : 'solid-fill'} danger={danger}>
        {children}
      </Button>
    </Form>
  )
}

const codesTexts = inBoth({
  ja: {
    lead: '認証アプリを使えないときに、コードの代わりに入力します。1つにつき一度だけ使えます。',
    once: 'この画面を閉じると、二度と表示できません',
    once_why: '印刷するか書き写して、スマートフォンとは別の安全な場所に保管してください。',
    onward: '保管したので、次へ進む',
  },
  en: {
    lead: 'Enter one in place of a code when you cannot use the app. Each works once.',
    once: 'Once you leave this page they are never shown again',
    once_why: 'Print them or write them down, and keep them in a safe place away from your phone.',
    onward: 'I have kept them: go on',
  },
})

/** The recovery codes, the one time that they can be read. */
export function RecoveryCodesPage({ codes, onward }: { codes: string[]; onward: string }) {
  const t = useTexts(codesTexts)
  const words = useTexts(accountTexts)
  return (
    <Layout title={words.recovery_codes} label={labelOf.account}>
      <h1>{words.recovery_codes}</h1>
      <Banner kind="warning" title={t.once}>
        <p>{t.once_why}</p>
      </Banner>
      <p>{t.lead}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <ButtonLink href={onward} kind="solid-fill">
        {t.onward}
      </ButtonLink>
    </Layout>
  )
}
