import { Banner } from '#html/banner.tsx'
import { Button } from '#html/button.tsx'
import { ErrorSummary } from '#html/error-summary.tsx'
import { Form, type Problems, TextArea, TextInput } from '#html/forms.tsx'
import { inBoth, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { Time } from '#html/time.tsx'
import { type SettingName, settingNames, settings } from './session-limits.ts'

const texts = inBoth<{
  title: string
  sessions: string
  lead: string
  labels: Record<SettingName, string>
  bounds: (min: number, max: number, usual: number) => string
  reason: string
  reason_hint: string
  act: string
  changed: string
  unchanged: string
  last: string
}>({
  ja: {
    title: '設定',
    sessions: 'サインインの時間制限',
    lead: '次の操作から、すべての人に適用されます。変更は理由とともに監査証跡に残ります。',
    labels: {
      idle_minutes: '操作がないとき、サインアウトするまでの時間（分）',
      absolute_minutes: 'サインインしてから、必ずサインアウトするまでの時間（分）',
      idle_open_minutes: '対策本部の設置中：操作がないとき、サインアウトするまでの時間（分）',
      absolute_open_minutes: '対策本部の設置中：サインインしてから、必ずサインアウトするまでの時間（分）',
      confirm_minutes: '本人確認のあと、大切な操作を続けられる時間（分）',
    },
    bounds: (min, max, usual) => `${min}〜${max}分。標準は${usual}分です。`,
    reason: '変更の理由',
    reason_hint: '監査証跡に残ります。',
    act: '設定を変更する',
    changed: '設定を変更しました',
    unchanged: '変わったところはありませんでした',
    last: '最後の変更：',
  },
  en: {
    title: 'Settings',
    sessions: 'Time limits of sign-in',
    lead: 'They hold for everyone from the next act on. Each change and its reason stay in the audit trail.',
    labels: {
      idle_minutes: 'Signed out after so long without use (minutes)',
      absolute_minutes: 'Signed out so long after signing in, in any case (minutes)',
      idle_open_minutes: 'While a command centre is open: signed out after so long without use (minutes)',
      absolute_open_minutes: 'While a command centre is open: signed out so long after signing in (minutes)',
      confirm_minutes: 'How long a confirmation of identity holds for important acts (minutes)',
    },
    bounds: (min, max, usual) => `${min} to ${max} minutes; usually ${usual}.`,
    reason: 'Reason for the change',
    reason_hint: 'It stays in the audit trail.',
    act: 'Change the settings',
    changed: 'The settings were changed',
    unchanged: 'Nothing was different',
    last: 'Last changed: ',
  },
})

type Props = {
  values: Record<string, string>
  problems?: Problems
  last: { at: Date; name_ja: string; name_en: string | null } | null
  /** How many were just changed; null when the page was opened by itself. */
  changed?: number | null
}

export function SettingsPage({ values, problems = {}, last, changed = null }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {changed !== null && (
        <Banner kind={changed > 0 ? 'success' : 'info'} title={changed > 0 ? t.changed : t.unchanged} />
      )}
      <h2>{t.sessions}</h2>
      <p>{t.lead}</p>
      {last && (
        <p>
          {t.last}
          <Time at={last.at} with_date /> {named(language, last)}
        </p>
      )}
      <Form action="/settings">
        {settingNames.map((name) => {
          const { min, max, usual } = settings[name]
          return (
            <TextInput
              key={name}
              name={name}
              label={t.labels[name]}
              hint={t.bounds(min, max, usual)}
              value={values[name]}
              problem={problems[name]}
              inputMode="numeric"
              width="short"
              required
            />
          )
        })}
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.reason}
          problem={problems.reason}
          maxLength={500}
          required
        />
        <Button>{t.act}</Button>
      </Form>
    </Layout>
  )
}
