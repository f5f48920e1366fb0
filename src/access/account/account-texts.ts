import { inBoth } from '#ground/html/language.ts'

/** Words that more than one page of the account uses. */
export const accountTexts = inBoth({
  ja: {
    account: 'サインインの方法',
    back: 'サインインの方法へ戻る',
    passkey: 'パスキー',
    add_passkey: 'パスキーを登録する',
    passkey_name: 'パスキーの名前',
    passkey_name_hint: '例：業務用スマートフォン。空欄でもかまいません。',
    without_passkey:
      'このブラウザではパスキーを使えません（JavaScriptが必要です）。代わりに、パスワードと認証アプリでサインインできます。',
    app: '認証アプリ',
    set_up_app: '認証アプリを登録する',
    password: 'パスワード',
    current_password: '現在のパスワード',
    current_wrong: '現在のパスワードが違います',
    recovery_codes: 'リカバリーコード',
  },
  en: {
    account: 'Ways to sign in',
    back: 'Back to the ways to sign in',
    passkey: 'Passkey',
    add_passkey: 'Register a passkey',
    passkey_name: 'Name of the passkey',
    passkey_name_hint: 'For example: office phone. May be left empty.',
    without_passkey:
      'This browser has no passkeys (they need JavaScript). Sign in with a password and an authenticator app instead.',
    app: 'Authenticator app',
    set_up_app: 'Set up an authenticator app',
    password: 'Password',
    current_password: 'Current password',
    current_wrong: 'The current password is not right',
    recovery_codes: 'Recovery codes',
  },
})
