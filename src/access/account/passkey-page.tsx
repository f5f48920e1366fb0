import type { PasskeyView } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { accountTexts } from './account-texts.ts'
import { passkey_name_max } from './add-passkey.ts'

const texts = inBoth({
  ja: {
    rename: '名前を変える',
    remove_title: 'このパスキーを削除する',
    remove_lead:
      '端末をなくしたときや使わなくなったときに削除します。このパスキーではサインインできなくなり、ほかの端末からはサインアウトします。端末に残ったパスキーは、端末の設定から削除してください。',
    remove: 'パスキーを削除する',
    last: 'これが最後のサインイン方法です',
    last_why: 'ほかのパスキー、またはパスワードと認証アプリを登録してから削除してください。',
  },
  en: {
    rename: 'Change the name',
    remove_title: 'Remove this passkey',
    remove_lead:
      'For a device that is lost or no longer used. The passkey will not open this account any more, and other devices are signed out. Delete what is left on the device in its settings.',
    remove: 'Remove the passkey',
    last: 'This is the last way to sign in',
    last_why: 'Register another passkey, or a password and an authenticator app, before you remove it.',
  },
})

type Props = { passkey: PasskeyView; name?: string; problems?: Problems; is_last?: boolean }

export function PasskeyPage({ passkey, name = passkey.name, problems = {}, is_last }: Props) {
  const t = useTexts(texts)
  const words = useTexts(accountTexts)
  return (
    <Layout title={passkey.name} label={labelOf.account}>
      <h1>
        {words.passkey}: {passkey.name}
      </h1>
      <ErrorSummary problems={problems} />
      {is_last && (
        <Banner kind="error" title={t.last}>
          <p>{t.last_why}</p>
        </Banner>
      )}
      <Form action={`/account/passkeys/${passkey.id}`}>
        <TextInput
          name="name"
          label={words.passkey_name}
          value={name}
          problem={problems.name}
          width="half"
          maxLength={passkey_name_max}
          required
        />
        <Button>{t.rename}</Button>
      </Form>
      <h2>{t.remove_title}</h2>
      <p>{t.remove_lead}</p>
      <Form action={`/account/passkeys/${passkey.id}/removal`}>
        <Buttons>
          <Button kind="outline" danger>
            {t.remove}
          </Button>
        </Buttons>
      </Form>
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </Layout>
  )
}
