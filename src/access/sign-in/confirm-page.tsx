import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Field, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { PasskeyButton } from './passkey-form.tsx'
import { TryAgainAt } from './try-again-at.tsx'

const texts = inBoth({
  ja: {
    title: 'ご本人の確認',
    why: '大切な操作の前に、ご本人であることをもう一度確かめます。',
    lasts: (minutes: number) => `確認後${minutes}分間は、続けて操作できます。`,
    kept: '入力した内容はそのまま引き継がれます。確認が済むと、操作がそのまま続きます。',
    password: 'パスワード',
    act: '本人確認をして続ける',
    refused: 'パスワードが違います。大文字と小文字をご確認ください',
    missing: 'パスワードを入力してください',
    by_passkey: 'パスキーで確認して続ける',
    passkey_refused: 'パスキーで確認できませんでした。あなたの名前で登録したパスキーをお使いください。',
    passkey_why: 'パスキーで確認します。この端末で使えないときは、もう一度サインインしてください。',
    limited: '試行の回数が多いため、しばらく確認できません',
    file: (name: string) => `ファイル「${name}」をもう一度選ぶ`,
    file_why: 'ファイルだけは引き継げません。お手数ですが、もう一度選んでください。',
    again_why: 'パスワードをお持ちでないため、もう一度サインインすることで確認します。',
    again_form:
      '下のリンクを新しいタブで開いてサインインし、このタブに戻って「続ける」を押してください。入力した内容は残っています。',
    sign_in: 'もう一度サインインする',
    go_on: 'サインインし直したので続ける',
  },
  en: {
    title: 'Confirm that it is you',
    why: 'Before an important act we make sure once more that it is you. ',
    lasts: (minutes: number) => `For ${minutes} minutes after that you can go on.`,
    kept: 'What you entered is kept. Once you have confirmed, the act goes on by itself.',
    password: 'Password',
    act: 'Confirm and go on',
    refused: 'The password is not right. Check capital letters',
    missing: 'Enter your password',
    by_passkey: 'Confirm with a passkey and go on',
    passkey_refused: 'The passkey did not confirm it. Use one that is registered under your name.',
    passkey_why: 'You confirm with a passkey. If you cannot use one on this device, sign in once more.',
    limited: 'Too many tries: this cannot be confirmed for a while',
    file: (name: string) => `Choose the file “${name}” again`,
    file_why: 'Only files cannot be kept. Please choose them again.',
    again_why: 'As you have no password, you confirm by signing in once more.',
    again_form:
      'Open the link below in a new tab and sign in, then come back to this tab and press “go on”. What you entered is still here.',
    sign_in: 'Sign in again',
    go_on: 'I have signed in again: go on',
  },
})

export type ConfirmPageProps = {
  /** Where the form goes: the act itself, or the page of confirmation. */
  action: string
  /** All that was typed into the form of the act, in its order. */
  kept: [name: string, value: string][]
  files: { name: string; file: string }[]
  /** What they can prove it with. */
  has: { password: boolean; passkey: boolean }
  /** A passkey was tried just now. */
  by_passkey: boolean
  /** How long a proof holds. */
  minutes: number
  problem: 'refused' | 'missing' | null
  /** Until when nothing can be tried. */
  until: Date | null
}

/** Asks for a proof of identity and carries the form of the act along. */
export function ConfirmPage({ action, kept, files, has, by_passkey, minutes, problem, until }: ConfirmPageProps) {
  const t = useTexts(texts)
  const is_direct = action === '/sign-in/confirm'
  const next = kept.find(([name]) => name === 'next')?.[1] ?? '/home'
  const has_password = has.password
  const shown = problem && has_password && !by_passkey ? t[problem] : undefined
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {until && (
        <Banner kind="error" title={t.limited}>
          <TryAgainAt until={until} />
        </Banner>
      )}
      {by_passkey && problem && <Banner kind="error" title={t.passkey_refused} />}
      <ErrorSummary problems={shown ? { confirm_password: shown } : {}} />
      <p>
        {has_password ? t.why : has.passkey ? t.passkey_why : t.again_why}
        {(has_password || has.passkey) && t.lasts(minutes)}
      </p>
      {!is_direct && <p>{has_password ? t.kept : t.again_form}</p>}
      {!has_password && (
        <p>
          {is_direct ? (
            <ButtonLink
              href={`/sign-in?${new URLSearchParams({ again: 'yes', next })}`}
              kind={has.passkey ? 'outline' : 'solid-fill'}
            >
              {t.sign_in}
            </ButtonLink>
          ) : (
            <a href="/sign-in?again=yes" target="_blank" rel="noopener">
              {t.sign_in}
            </a>
          )}
        </p>
      )}
      {(has_password || has.passkey || !is_direct) && (
        <form
          method="post"
          action={action}
          encType={files.length > 0 ? 'multipart/form-data' : undefined}
          noValidate
          className="dads-form"
        >
          {kept.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come several times, and nothing moves
            <input key={index} type="hidden" name={name} value={value} />
          ))}
          {files.length > 0 && <p>{t.file_why}</p>}
          {files.map(({ name, file }, index) => (
            <Field key={`${name} ${file}`} name={name} label={t.file(file)} required>
              {(wiring) => <input type="file" {...wiring} id={index === 0 ? name : `${name}-${index}`} />}
            </Field>
          ))}
          {has_password && (
            <TextInput
              name="confirm_password"
              type="password"
              label={t.password}
              autoComplete="current-password"
              problem={shown}
              required
            />
          )}
          {(has_password || !is_direct) && (
            <Button kind={has_password || !has.passkey ? 'solid-fill' : 'outline'}>
              {has_password ? t.act : t.go_on}
            </Button>
          )}
          {has.passkey && (
            <PasskeyButton
              name="confirm_passkey"
              options="/sign-in/passkey/options"
              kind={has_password ? 'outline' : 'solid-fill'}
            >
              {t.by_passkey}
            </PasskeyButton>
          )}
        </form>
      )}
    </Layout>
  )
}
