import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import type { AccountView } from './queries.ts'

const texts = inBoth({
  ja: {
    sign_out: 'すべての端末からサインアウトさせる',
    sign_out_lead: '端末の紛失や、サインインを他人に使われたおそれがあるときに使います。本人はサインインし直せます。',
    sign_out_why: 'サインアウトさせる理由',
    sign_out_hint: '監査証跡に残ります。例：業務用電話を紛失',
  },
  en: {
    sign_out: 'Sign out on every device',
    sign_out_lead: 'For a lost device, or a session that somebody else may hold. The person can sign in again.',
    sign_out_why: 'Why they are signed out',
    sign_out_hint: 'Stays in the audit trail. For example: work phone lost',
  },
})

type Props = { account: AccountView; values?: Record<string, string>; problems?: Problems }

/** Ends every session of a person, with the reason. */
export function SignOut({ account, values = {}, problems = {} }: Props) {
  const t = useTexts(texts)
  return (
    <Details summary={t.sign_out} open={problems.sign_out_reason !== undefined}>
      <p>{t.sign_out_lead}</p>
      <Form action={`/people/${account.id}/sessions/end`}>
        <TextArea
          name="sign_out_reason"
          label={t.sign_out_why}
          hint={t.sign_out_hint}
          value={values.sign_out_reason}
          problem={problems.sign_out_reason}
          rows={2}
          maxLength={500}
          required
        />
        <Button kind="outline" danger>
          {t.sign_out}
        </Button>
      </Form>
    </Details>
  )
}
