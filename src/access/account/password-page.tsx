import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { accountTexts } from './account-texts.ts'
import type { PasswordFailure } from './change-password.ts'
import { password_length, passwordWords } from './password-quality.ts'

const texts = inBoth({
  ja: {
    change: 'パスワードを変更する',
    set: 'パスワードを設定する',
    lead: '変更すると、ほかの端末からはサインアウトします。',
    password: '新しいパスワード',
    hint: `${password_length.min}文字以上。文字の種類は問いません。関係のない単語をいくつか並べると、長くても覚えやすくなります。`,
    again: '新しいパスワード（確認のため、もう一度）',
    different: '二つのパスワードが一致していません',
  },
  en: {
    change: 'Change the password',
    set: 'Set a password',
    lead: 'Changing it signs out other devices.',
    password: 'New password',
    hint: `At least ${password_length.min} characters, of any kind. A few words that have nothing to do with each other are easy to remember.`,
    again: 'New password, once more',
    different: 'The two passwords are not the same',
  },
})

/** Passwords that were typed are not given back: the person types them again. */
export function PasswordPage({ has_password, failed = {} }: { has_password: boolean; failed?: PasswordFailure }) {
  const t = useTexts(texts)
  const words = useTexts(accountTexts)
  const say = useTexts(passwordWords)
  const problems: Problems = {
    ...(failed.current && { current_password: words.current_wrong }),
    ...(failed.password && { password: say[failed.password] }),
    ...(failed.again && { password_again: t[failed.again] }),
  }
  const title = has_password ? t.change : t.set
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {has_password && <p>{t.lead}</p>}
      <Form action="/account/password">
        {has_password && (
          <TextInput
            name="current_password"
            type="password"
            label={words.current_password}
            problem={problems.current_password}
            autoComplete="current-password"
            required
          />
        )}
        <TextInput
          name="password"
          type="password"
          label={t.password}
          hint={t.hint}
          problem={problems.password}
          autoComplete="new-password"
          required
        />
        <TextInput
          name="password_again"
          type="password"
          label={t.again}
          problem={problems.password_again}
          autoComplete="new-password"
          required
        />
        <Button>{title}</Button>
      </Form>
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </Layout>
  )
}
