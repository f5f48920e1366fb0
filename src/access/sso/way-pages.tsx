import { TryAgainAt, WorkplaceForm } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: '勤務先のアカウントでサインイン',
    unknown: 'このアドレスの勤務先は、勤務先のアカウントでのサインインを使っていません',
    limited: '試した回数が多いため、しばらくお待ちください',
    other_way: 'パスキーまたはパスワードでサインインする',
    onward: (host: string) => `勤務先のサインイン画面（${host}）へ進みます`,
    onward_lead: '自動的に進まないときは、下のボタンで進んでください。',
    go: '勤務先の画面を開く',
    quiet: '勤務先のサインイン画面から応答がありません',
    quiet_lead:
      '勤務先のネットワークからは開けることがあります。開けないときは、パスキーまたはパスワードでサインインしてください。',
    refused: 'サインインできませんでした',
    refused_lead:
      '勤務先のアカウントでは、このポータルに入れませんでした。パスキーまたはパスワードでサインインしてください。何度も起きるときは、勤務先の機関管理者か事務局に、日時を添えてご連絡ください。',
    not_agreed: '事務局の役割がある人は、まだこの方法で入れません',
    not_agreed_lead:
      '勤務先サインインの設定に、別の事務局員がまだ同意していません。パスキーまたはパスワードでサインインしてください。',
    down: '勤務先のサインイン画面につながりません',
    down_lead: '勤務先の仕組みが止まっているか、混み合っています。パスキーまたはパスワードは、いつもどおり使えます。',
    again: 'もう一度、勤務先のアカウントで試す',
  },
  en: {
    title: 'Sign in with your workplace account',
    unknown: 'The workplace of this address does not use sign-in with workplace accounts',
    limited: 'Too many tries; please wait a little',
    other_way: 'Sign in with passkey or password',
    onward: (host: string) => `Going to the sign-in page of your workplace (${host})`,
    onward_lead: 'If nothing happens, press the button below.',
    go: 'Open my workplace’s page',
    quiet: 'The sign-in page of your workplace does not answer',
    quiet_lead: 'It may still open from the network of your workplace. If not, sign in with passkey or password.',
    refused: 'You were not signed in',
    refused_lead:
      'Your workplace account did not let you in here. Sign in with passkey or password. If this happens again, tell your institution’s administrator or the secretariat the time at which it did.',
    not_agreed: 'People of the desk cannot come in this way yet',
    not_agreed_lead:
      'Another of the secretariat’s desk has not yet agreed to the settings of this workplace sign-in. Sign in with passkey or password.',
    down: 'The sign-in page of your workplace cannot be reached',
    down_lead: 'The service of your workplace is down or overloaded. Passkey and password work as always.',
    again: 'Try my workplace account again',
  },
})

/** Where a person says where they work. */
export function WorkplacePage({
  next,
  mail,
  is_unknown = false,
  until = null,
}: {
  next: string
  mail?: string
  is_unknown?: boolean
  /** Until when nothing can be tried. */
  until?: Date | null
}) {
  const t = useTexts(texts)
  const problem = is_unknown ? t.unknown : undefined
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problem ? { mail: problem } : {}} />
      {until && (
        <Banner kind="error" title={t.limited}>
          <TryAgainAt until={until} />
        </Banner>
      )}
      <WorkplaceForm next={next} mail={mail} problem={problem} is_main />
      <p>
        <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{t.other_way}</a>
      </p>
    </Layout>
  )
}

/** Between here and the provider: a page that goes on by itself, since a form of ours may not lead to another site. */
export function OnwardPage({ url, is_answering }: { url: string; is_answering: boolean }) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      {is_answering ? (
        <>
          <p>{t.onward(new URL(url).host)}</p>
          <p>{t.onward_lead}</p>
        </>
      ) : (
        <Banner kind="warning" title={t.quiet}>
          <p>{t.quiet_lead}</p>
        </Banner>
      )}
      <Buttons>
        <ButtonLink href={url} kind="solid-fill">
          {t.go}
        </ButtonLink>
        <ButtonLink href="/sign-in">{t.other_way}</ButtonLink>
      </Buttons>
    </Layout>
  )
}

/** Not let in. Why is in the trail; the page says what helps, and nothing about who has an account. */
export function NotInPage({ why }: { why: 'refused' | 'desk_not_agreed' | 'provider_down' }) {
  const t = useTexts(texts)
  const { title, lead } = {
    refused: { title: t.refused, lead: t.refused_lead },
    desk_not_agreed: { title: t.not_agreed, lead: t.not_agreed_lead },
    provider_down: { title: t.down, lead: t.down_lead },
  }[why]
  return (
    <Layout title={title}>
      <h1>{t.title}</h1>
      <Banner kind="error" title={title}>
        <p>{lead}</p>
      </Banner>
      <Buttons>
        <ButtonLink href="/sign-in" kind="solid-fill">
          {t.other_way}
        </ButtonLink>
        <ButtonLink href="/sign-in/sso">{t.again}</ButtonLink>
      </Buttons>
    </Layout>
  )
}
