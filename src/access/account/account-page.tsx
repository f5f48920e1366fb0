import type { Methods } from '#access/sign-in/index.ts'
import { PasskeyForm } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { accountTexts } from './account-texts.ts'
import { passkey_name_max } from './add-passkey.ts'

const texts = inBoth({
  ja: {
    lead: 'このアカウントにサインインする方法です。パスキーは2つ以上（たとえばスマートフォンとパソコン）登録しておくと、1つをなくしても入れます。',
    registered: '登録済みのパスキー',
    none: 'パスキーはまだありません',
    none_next: '下のボタンで、この端末のパスキーを登録できます。',
    created: '登録',
    used: '最後に使った日時',
    never: '未使用',
    others: 'パスワードと認証アプリ',
    is_set: '設定済み',
    not_set: '未設定',
    change: '変更する',
    set: '設定する',
    see: '確認・解除する',
    left: (count: number) => `残り${count}個`,
    no_codes: '認証アプリを登録すると発行されます',
    few: 'リカバリーコードが残りわずかです',
    few_why: '新しく発行し、安全な場所に保管してください。',
    codes_lead:
      '認証アプリを使えないときに、コードの代わりに一度だけ使えます。発行し直すと、以前のコードは使えなくなります。',
    renew: 'リカバリーコードを発行し直す',
    sessions: 'サインイン中の端末を見る',
    notifications: 'この端末に通知を受け取る',
    find_key: '「/」キーで「機関を探す」に移る',
    find_key_hint: 'この端末だけの設定です。音声入力などで「/」を使うときは外してください。',
    failed: 'パスキーを登録できませんでした',
    failed_why: '本人確認（指紋・顔・PINなど）のできる端末で、もう一度お試しください。',
    done: {
      passkey: 'パスキーを登録しました',
      renamed: 'パスキーの名前を変えました',
      removed: 'パスキーを削除し、ほかの端末からサインアウトしました',
      password: 'パスワードを変更し、ほかの端末からサインアウトしました',
      app_removed: '認証アプリを解除し、ほかの端末からサインアウトしました',
    },
  },
  en: {
    lead: 'These are the ways to sign in to this account. Register two passkeys or more, such as a phone and a computer, so that losing one does not lock you out.',
    registered: 'Registered passkeys',
    none: 'There are no passkeys yet',
    none_next: 'The button below registers a passkey of this device.',
    created: 'Registered',
    used: 'Last used',
    never: 'Never',
    others: 'Password and authenticator app',
    is_set: 'Set up',
    not_set: 'Not set up',
    change: 'Change',
    set: 'Set up',
    see: 'See or remove',
    left: (count: number) => `${count} left`,
    no_codes: 'Issued when you set up an authenticator app',
    few: 'Only a few recovery codes are left',
    few_why: 'Issue new ones and keep them in a safe place.',
    codes_lead:
      'Each stands in for a code of the app once, when you cannot use it. Issuing new ones voids those from before.',
    renew: 'Issue new recovery codes',
    sessions: 'See the devices that are signed in',
    notifications: 'Take notifications on this device',
    find_key: 'The key “/” goes to “Find an institution”',
    find_key_hint: 'On this device only. Untick it where “/” is typed for something else, such as by voice.',
    failed: 'The passkey was not registered',
    failed_why: 'Try again with a device that can check who you are (finger, face or PIN).',
    done: {
      passkey: 'The passkey was registered',
      renamed: 'The passkey has a new name',
      removed: 'The passkey was removed, and other devices were signed out',
      password: 'The password was changed, and other devices were signed out',
      app_removed: 'The authenticator app was removed, and other devices were signed out',
    },
  },
})

export type Done = keyof (typeof texts)['ja']['done']
export const isDone = (word: string | undefined): word is Done => Object.hasOwn(texts.ja.done, word ?? '')

const few = 3

type Props = { methods: Methods; done?: Done | undefined; failed?: boolean; name?: string | undefined }

/** Everything that lets its reader sign in, and where each can be added, changed and removed. */
export function AccountPage({ methods, done, failed, name }: Props) {
  const t = useTexts(texts)
  const words = useTexts(accountTexts)
  const { reader } = useReading()
  const { passkeys, has_password, has_app, recovery_codes_left: left } = methods
  return (
    <Layout title={words.account} label={labelOf.account}>
      <h1>{words.account}</h1>
      {done && !failed && <Banner kind="success" title={t.done[done]} />}
      {failed && (
        <Banner kind="error" title={t.failed}>
          <p>{t.failed_why}</p>
        </Banner>
      )}
      {has_app && left < few && (
        <Banner kind="warning" title={t.few}>
          <p>{t.few_why}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <h2>{words.passkey}</h2>
      <DataTable
        caption={t.registered}
        rows={passkeys}
        rowKey={({ id }) => id}
        empty={<Empty title={t.none}>{t.none_next}</Empty>}
        columns={[
          {
            head: words.passkey_name,
            cell: (passkey) => <a href={`/account/passkeys/${passkey.id}`}>{passkey.name}</a>,
          },
          { head: t.created, cell: ({ created_at }) => <Time at={created_at} with_date /> },
          { head: t.used, cell: ({ last_used_at }) => (last_used_at ? <Time at={last_used_at} with_date /> : t.never) },
        ]}
      />
      <NewPasskey name={name} />
      <h2>{t.others}</h2>
      <SummaryList
        items={[
          {
            term: words.password,
            value: has_password ? t.is_set : t.not_set,
            action: { href: '/account/password', text: has_password ? t.change : t.set },
          },
          {
            term: words.app,
            value: has_app ? t.is_set : t.not_set,
            action: { href: '/account/second-factor', text: has_app ? t.see : t.set },
          },
          { term: words.recovery_codes, value: has_app ? t.left(left) : t.no_codes },
        ]}
      />
      {has_app && (
        <Form action="/account/recovery-codes">
          <p>{t.codes_lead}</p>
          <Button kind="outline">{t.renew}</Button>
        </Form>
      )}
      <p>
        <a href="/account/sessions">{t.sessions}</a>
      </p>
      <p>
        <a href="/account/notifications">{t.notifications}</a>
      </p>
      {reader && may(reader, 'directory.see') && (
        // A script shows it: without one there is no such key.
        <div id="find-key" hidden>
          <Checkbox name="find_key" text={t.find_key} hint={t.find_key_hint} checked />
        </div>
      )}
    </Layout>
  )
}

function NewPasskey({ name }: { name?: string | undefined }) {
  const words = useTexts(accountTexts)
  return (
    <PasskeyForm
      act="create"
      action="/account/passkeys"
      options="/account/passkeys/options"
      button={words.add_passkey}
      instead={words.without_passkey}
    >
      <TextInput
        name="name"
        label={words.passkey_name}
        hint={words.passkey_name_hint}
        value={name}
        width="half"
        maxLength={passkey_name_max}
      />
    </PasskeyForm>
  )
}

const setUpTexts = inBoth({
  ja: {
    title: 'サインインの方法を登録する',
    lead: 'サインインはできましたが、パスワードや招待だけでは、ほかのページは開けません。次のどちらかを登録してください。数分で終わります。',
    passkey_lead: 'おすすめです。端末の指紋・顔・PINでサインインできます。パスワードは要りません。',
    app_lead: 'パスワードに加えて、スマートフォンの認証アプリに表示される6桁のコードを入力します。',
  },
  en: {
    title: 'Set up how you prove who you are',
    lead: 'You are signed in, but a password or an invitation alone opens no other page. Set up one of the two below. It takes a few minutes.',
    passkey_lead: 'Recommended. Sign in with the finger, face or PIN of your device, without a password.',
    app_lead: 'Besides the password you enter the six figures that an authenticator app on your phone shows.',
  },
})

/** The only page, but for the account's own, that a session opened with too little leads to. */
export function SetUpPage() {
  const t = useTexts(setUpTexts)
  const words = useTexts(accountTexts)
  return (
    <Layout label={labelOf.account} title={t.title}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <h2>{words.passkey}</h2>
      <p>{t.passkey_lead}</p>
      <NewPasskey />
      <h2>{words.app}</h2>
      <p>{t.app_lead}</p>
      <ButtonLink href="/account/second-factor">{words.set_up_app}</ButtonLink>
    </Layout>
  )
}
