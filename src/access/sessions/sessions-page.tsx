import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { Method } from '#ground/rights/session.ts'
import { deviceWords } from './device-words.ts'
import type { ListedSession } from './end-sessions.ts'

const texts = inBoth({
  ja: {
    title: 'サインイン中の端末',
    lead: 'あなたの名前でサインインしている端末です。心当たりのない端末は、サインアウトさせてください。',
    count: (count: number) => `${count}台`,
    this_one: 'この端末',
    device: '端末（ブラウザー）',
    method: 'サインインの方法',
    first: 'サインイン',
    last: '最後の操作',
    act: '操作',
    end: 'サインアウト',
    end_others: 'ほかのすべての端末をサインアウトさせる',
    alone: 'ほかにサインインしている端末はありません。',
    ended: (count: number) => `${count}台をサインアウトさせました`,
    none: 'その端末はすでにサインアウトしています',
    unknown_use:
      '心当たりのない端末があったときは、サインインの方法（パスキー、認証アプリ、パスワード）を見直し、事務局に知らせてください。',
  },
  en: {
    title: 'Devices signed in',
    lead: 'These devices are signed in under your name. Sign out any that you do not know.',
    count: (count: number) => (count === 1 ? '1 device' : `${count} devices`),
    this_one: 'This device',
    device: 'Device (browser)',
    method: 'Way of signing in',
    first: 'Signed in',
    last: 'Last used',
    act: 'Act',
    end: 'Sign it out',
    end_others: 'Sign out all other devices',
    alone: 'No other device is signed in.',
    ended: (count: number) => (count === 1 ? '1 device was signed out' : `${count} devices were signed out`),
    none: 'That device was already signed out',
    unknown_use:
      'If there was a device that you do not know, look through your ways to sign in (passkeys, app, password) and tell the secretariat.',
  },
})

const methodWords = inBoth<Record<Method, string>>({
  ja: {
    password: 'パスワード',
    passkey: 'パスキー',
    second_factor: 'パスワードと認証アプリ',
    recovery_code: 'リカバリーコード',
    invitation: '招待',
    break_glass: '非常用コード',
    sso: '勤務先サインイン',
  },
  en: {
    password: 'Password',
    passkey: 'Passkey',
    second_factor: 'Password and authenticator app',
    recovery_code: 'Recovery code',
    invitation: 'Invitation',
    break_glass: 'Break-glass code',
    sso: 'Workplace sign-in',
  },
})

/** `ended`: how many were just signed out; null when the page was opened by itself. */
export function SessionsPage({ sessions, ended }: { sessions: ListedSession[]; ended: number | null }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const has_others = sessions.some(({ is_current }) => !is_current)
  return (
    <Layout label={labelOf.account} title={t.title}>
      <h1>{t.title}</h1>
      {ended !== null && (
        <Banner kind={ended > 0 ? 'success' : 'info'} title={ended > 0 ? t.ended(ended) : t.none}>
          {ended > 0 && <p>{t.unknown_use}</p>}
        </Banner>
      )}
      <p>{t.lead}</p>
      <DataTable
        caption={`${t.title} ${t.count(sessions.length)}`}
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          { head: t.device, cell: ({ user_agent }) => deviceWords(language, user_agent) },
          { head: t.method, cell: ({ method }) => methodWords[language][method] },
          { head: t.first, cell: ({ started_at }) => <Time at={started_at} /> },
          { head: t.last, cell: ({ seen_at }) => <Time at={seen_at} /> },
          {
            head: t.act,
            cell: ({ id, user_agent, is_current }) =>
              is_current ? (
                <b>{t.this_one}</b>
              ) : (
                <Form action={`/account/sessions/${id}/end`}>
                  <Button kind="outline" size="md">
                    {t.end}
                    <span className="dads-visually-hidden"> {deviceWords(language, user_agent)}</span>
                  </Button>
                </Form>
              ),
          },
        ]}
      />
      {has_others ? (
        <Form action="/account/sessions/end-others">
          <Button>{t.end_others}</Button>
        </Form>
      ) : (
        <p>{t.alone}</p>
      )}
    </Layout>
  )
}
