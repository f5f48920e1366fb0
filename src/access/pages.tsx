import { asset } from '#html/assets.ts'
import { Banner } from '#html/banner.tsx'
import { Button } from '#html/button.tsx'
import { Form, HiddenFields, TextInput } from '#html/forms.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { roleWords } from '#html/navigation.ts'
import { useReading, useTexts } from '#html/render.tsx'
import type { DemoAccount } from './queries.ts'

const texts = inBoth({
  ja: {
    title: 'サインイン',
    email: 'メールアドレス',
    password: 'パスワード',
    act: 'サインインする',
    refused: 'サインインできませんでした',
    refused_why: 'メールアドレスまたはパスワードが違います。大文字と小文字、全角と半角をご確認ください。',
    onward: 'サインインすると、開こうとしたページに進みます。',
    demo: 'デモのアカウント',
    demo_hint: 'いずれも架空の人物です。選ぶだけでサインインできます。',
    as: (name: string) => `${name}としてサインインする`,
    more: (count: number) => `ほかのBCP担当者（${count}人）`,
  },
  en: {
    title: 'Sign in',
    email: 'Mail address',
    password: 'Password',
    act: 'Sign in',
    refused: 'You were not signed in',
    refused_why: 'The mail address or the password is not right. Check capital letters and the input mode.',
    onward: 'After signing in you go on to the page you asked for.',
    demo: 'Demo accounts',
    demo_hint: 'All of them are invented people. Choose one to sign in.',
    as: (name: string) => `Sign in as ${name}`,
    more: (count: number) => `Other BCP contacts (${count})`,
  },
})

export type SignInPageProps = {
  next: string
  email?: string
  refused?: boolean
  demo: { accounts: DemoAccount[]; password: string } | null
}

export function SignInPage({ next, email, refused = false, demo }: SignInPageProps) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <script type="module" src={asset('forget.js')} />
      <h1>{t.title}</h1>
      {refused && (
        <Banner kind="error" title={t.refused}>
          <p>{t.refused_why}</p>
        </Banner>
      )}
      {next !== '/home' && !refused && <p>{t.onward}</p>}
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
        <Button>{t.act}</Button>
      </Form>
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
