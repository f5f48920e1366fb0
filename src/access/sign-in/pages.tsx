import { asset } from '#ground/html/assets.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { Why } from '#ground/tools/tools.ts'
import { PasskeyForm } from './passkey-form.tsx'
import type { DemoAccount } from './queries.ts'
import { SignInHelp } from './sign-in-help.tsx'
import { TryAgainAt } from './try-again-at.tsx'
import { WorkplaceForm } from './workplace-form.tsx'

const texts = inBoth({
  ja: {
    title: 'サインイン',
    email: 'メールアドレス',
    password: 'パスワード',
    act: 'サインインする',
    by_passkey: 'パスキーでサインインする',
    without_passkey: 'このブラウザではパスキーを使えないため、メールアドレスとパスワードでサインインしてください。',
    by_password: 'パスワードでサインインする場合',
    not_signed_in: 'サインインできませんでした',
    why: {
      refused: 'メールアドレスまたはパスワードが違います。大文字と小文字、全角と半角をご確認ください。',
      passkey:
        'このアカウントはパスワードだけではサインインできません。登録済みのパスキーをお使いください。端末をなくした場合は、事務局に電話してください。',
      passkey_refused: 'パスキーを確認できませんでした。このサイトに登録したパスキーで、もう一度お試しください。',
      over: '時間切れ、間違いが続いた、または一度使ったコードでした。最初からやり直してください。',
    },
    ended: {
      idle: '長く操作がなかったため、サインアウトしました',
      absolute: 'サインインから時間が経ったため、サインアウトしました',
      gone: 'このサインインは終了しています',
      lost: 'このブラウザにサインインの記録がありませんでした',
    },
    ended_why: {
      idle: '第三者に使われないよう、時間で区切っています。もう一度サインインしてください。',
      absolute: '第三者に使われないよう、時間で区切っています。もう一度サインインしてください。',
      gone: 'サインアウト、ほかの端末からの操作、パスワードや役割の変更、または時間切れで終了しました。もう一度サインインしてください。',
      lost: 'サインアウトしたか、ブラウザのデータが消えています。もう一度サインインしてください。',
    },
    unsent: '直前に送信した内容は、登録されていません。',
    kept: '入力は残っています。同じ人がこのブラウザでサインインすると、元の画面に戻ります。それまでは何も送信されません。',
    limited: '試行の回数が多いため、しばらくサインインできません',
    onward: 'サインインすると、開こうとしたページに進みます。',
    break_glass: '非常用コードを使う（事務局）',
    demo: 'デモのアカウント',
    demo_hint: 'いずれも架空の人物です。選ぶだけでサインインできます。',
    as: (name: string) => `${name}としてサインインする`,
    more: (count: number) => `ほかのアカウント（${count}人）`,
  },
  en: {
    title: 'Sign in',
    email: 'Mail address',
    password: 'Password',
    act: 'Sign in',
    by_passkey: 'Sign in with a passkey',
    without_passkey: 'This browser has no passkeys: sign in with your mail address and password.',
    by_password: 'With a password instead',
    not_signed_in: 'You were not signed in',
    why: {
      refused: 'The mail address or the password is not right. Check capital letters and the input mode.',
      passkey:
        'A password alone does not open this account. Use the passkey that you registered. If you have lost the device, telephone the secretariat.',
      passkey_refused: 'The passkey could not be checked. Try again with one that you registered here.',
      over: 'It took too long, there were too many wrong codes, or the code had been used. Please begin again.',
    },
    ended: {
      idle: 'You were signed out because nothing was done for a long time',
      absolute: 'You were signed out because you signed in a long time ago',
      gone: 'This session has ended',
      lost: 'This browser had no session any more',
    },
    ended_why: {
      idle: 'Sessions end after a time, so that nobody else can use them. Please sign in again.',
      absolute: 'Sessions end after a time, so that nobody else can use them. Please sign in again.',
      gone: 'It was ended by signing out, from another device, by a change of password or role, or because time ran out. Please sign in again.',
      lost: 'You have signed out, or the data of the browser are gone. Please sign in again.',
    },
    unsent: 'What you sent last was not taken.',
    kept: 'What you typed is kept. When the same person signs in with this browser, it stands in its form again. Nothing is sent until then.',
    limited: 'Too many tries: you cannot sign in for a while',
    onward: 'After signing in you go on to the page you asked for.',
    break_glass: 'Use a break-glass code (secretariat)',
    demo: 'Demo accounts',
    demo_hint: 'All of them are invented people. Choose one to sign in.',
    as: (name: string) => `Sign in as ${name}`,
    more: (count: number) => `Other accounts (${count})`,
  },
})

export type Refusal = keyof (typeof texts)['ja']['why']

export type SignInPageProps = {
  next: string
  email?: string | undefined
  refused?: Refusal
  /** Until when nothing can be tried. */
  until?: Date | null
  ended?: Why | null
  /** A form was sent with a session that was over. */
  unsent?: boolean
  demo: { accounts: DemoAccount[]; password: string } | null
  has_workplace: boolean
  /** What this browser sent last waits for whoever typed it. */
  has_kept: boolean
  /** Where the secretariat answers. */
  phones: readonly string[]
}

export function SignInPage({
  next,
  email,
  refused,
  until = null,
  ended = null,
  unsent = false,
  demo,
  has_workplace,
  has_kept,
  phones,
}: SignInPageProps) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <script type="module" src={asset('forget.js')} />
      <h1>{t.title}</h1>
      {refused && (
        <Banner kind="error" title={t.not_signed_in}>
          <p>{t.why[refused]}</p>
        </Banner>
      )}
      {until && (
        <Banner kind="error" title={t.limited}>
          <TryAgainAt until={until} />
        </Banner>
      )}
      {ended && (
        <Banner kind="warning" title={t.ended[ended]}>
          <p>{t.ended_why[ended]}</p>
          {unsent && <p>{t.unsent}</p>}
        </Banner>
      )}
      {has_kept && (
        <p>
          <b>{t.kept}</b>
        </p>
      )}
      {next !== '/home' && !refused && !until && <p>{t.onward}</p>}
      <PasskeyForm
        act="get"
        action="/sign-in/passkey"
        options="/sign-in/passkey/options"
        fields={{ next }}
        button={t.by_passkey}
        instead={t.without_passkey}
      />
      <h2>{t.by_password}</h2>
      <Form action="/sign-in">
        <HiddenFields fields={{ next }} />
        <TextInput
          name="email"
          type="email"
          label={t.email}
          value={email}
          autoComplete="username"
          inputMode="email"
          required
        />
        <TextInput name="password" type="password" label={t.password} autoComplete="current-password" required />
        <Button kind="outline">{t.act}</Button>
      </Form>
      <SignInHelp phones={phones} open={refused !== undefined || until !== null} />
      {has_workplace && <WorkplaceForm next={next} />}
      <ButtonLink href="/sign-in/break-glass" kind="text" size="md">
        {t.break_glass}
      </ButtonLink>
      {demo && demo.accounts.length > 0 && <DemoAccounts next={next} {...demo} />}
    </Layout>
  )
}

const shown_first = 8

function DemoAccounts({ accounts, password, next }: { accounts: DemoAccount[]; password: string; next: string }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const account = ({ email, role, institution_ja, institution_en, ...person }: DemoAccount) => (
    <li key={email}>
      <Form action="/sign-in">
        <HiddenFields fields={{ email, password, next }} />
        <Button kind="outline" size="md">
          {t.as(named(language, person))}
        </Button>
        <div className="dads-note">
          {roleWords[language][role]} ・ {language === 'en' ? institution_en : institution_ja}
        </div>
      </Form>
    </li>
  )
  const others = accounts.slice(shown_first)
  return (
    <section aria-labelledby="demo">
      <h2 id="demo">{t.demo}</h2>
      <p>{t.demo_hint}</p>
      <ul className="dads-accounts">{accounts.slice(0, shown_first).map(account)}</ul>
      {others.length > 0 && (
        <details className="dads-disclosure">
          <summary className="dads-disclosure__summary">{t.more(others.length)}</summary>
          <ul className="dads-accounts">{others.map(account)}</ul>
        </details>
      )}
    </section>
  )
}
