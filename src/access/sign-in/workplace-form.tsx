import { Button } from '#ground/html/button.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: '勤務先のアカウントでサインイン',
    mail: '勤務先のメールアドレス',
    hint: 'アドレスの「@」より後ろから、勤務先のサインイン画面に進みます。',
    act: '勤務先の画面へ進む',
  },
  en: {
    title: 'Sign in with your workplace account',
    mail: 'Workplace mail address',
    hint: 'What stands behind the “@” leads to the sign-in page of your workplace.',
    act: 'Go to my workplace',
  },
})

/** Sends a person to the sign-in page of their institution. Not the main act of the sign-in page: passkey and password always work. */
export function WorkplaceForm({
  next,
  mail,
  problem,
  is_main = false,
}: {
  next: string
  mail?: string | undefined
  problem?: string | undefined
  is_main?: boolean
}) {
  const t = useTexts(texts)
  return (
    <section aria-labelledby="workplace">
      <h2 id="workplace">{t.title}</h2>
      <Form action="/sign-in/sso">
        <HiddenFields fields={{ next }} />
        <TextInput
          name="mail"
          type="email"
          label={t.mail}
          hint={t.hint}
          value={mail}
          problem={problem}
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          required
        />
        <Button kind={is_main ? 'solid-fill' : 'outline'}>{t.act}</Button>
      </Form>
    </section>
  )
}
