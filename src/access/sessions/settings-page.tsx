import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { PreparationLinks } from '#ground/html/preparation-links.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { settingNames, settings } from '#ground/settings/settings.ts'

const texts = inBoth<{
  title: string
  sessions: string
  lead: string
  bounds: Record<'minutes' | 'mails', (min: number, max: number, usual: number) => string>
  reason: string
  reason_hint: string
  act: string
  changed: string
  unchanged: string
  last: string
  everyone: string
  everyone_lead: string
  everyone_reason: string
  sure: string
  sign_out: string
  ended: (count: number) => string
  others: string
  districts: string
  top_page: string
}>({
  ja: {
    others: '台帳と案内',
    districts: '地区協会',
    top_page: 'トップページの案内',
    title: '設定',
    sessions: 'サインインの時間制限と、通知のまとめ送り',
    lead: '次の操作から、すべての人に適用されます。変更は理由とともに監査証跡に残ります。',
    bounds: {
      minutes: (min, max, usual) => `${min}〜${max}分。標準は${usual}分です。`,
      mails: (min, max, usual) =>
        `${min}〜${max}通。標準は${usual}通です。超えた分は、その時間の終わりに1通にまとめて送ります。緊急と重要の通知は、まとめずにすぐ送ります。`,
    },
    reason: '変更の理由',
    reason_hint: '監査証跡に残ります。',
    act: '設定を変更する',
    changed: '設定を変更しました',
    unchanged: '変わったところはありませんでした',
    last: '最後の変更：',
    everyone: '全員のサインアウト',
    everyone_lead:
      'パスワードや端末が大量に漏れたおそれがあるときに使います。あなたのこの端末を除き、全員がサインインし直します。入力中の内容は失われることがあります。',
    everyone_reason: 'サインアウトさせる理由',
    sure: '全員がサインインし直すことを確認しました',
    sign_out: '全員をサインアウトさせる',
    ended: (count) => `${count}件のサインインを終了しました`,
  },
  en: {
    others: 'Registers and words',
    districts: 'District associations',
    top_page: 'Words of the top page',
    title: 'Settings',
    sessions: 'Time limits of sign-in, and bundling of notices',
    lead: 'They hold for everyone from the next act on. Each change and its reason stay in the audit trail.',
    bounds: {
      minutes: (min, max, usual) => `${min} to ${max} minutes; usually ${usual}.`,
      mails: (min, max, usual) =>
        `${min} to ${max}; usually ${usual}. More come together in one mail at the end of the hour. Urgent and important ones are never held.`,
    },
    reason: 'Reason for the change',
    reason_hint: 'It stays in the audit trail.',
    act: 'Change the settings',
    changed: 'The settings were changed',
    unchanged: 'Nothing was different',
    last: 'Last changed: ',
    everyone: 'Sign everyone out',
    everyone_lead:
      'For when passwords or devices may have leaked in numbers. Everyone but you on this device has to sign in again, and may lose what they are typing.',
    everyone_reason: 'Reason for signing everyone out',
    sure: 'I understand that everyone has to sign in again',
    sign_out: 'Sign everyone out',
    ended: (count) => (count === 1 ? '1 session was ended' : `${count} sessions were ended`),
  },
})

type Props = {
  values: Record<string, string>
  problems?: Problems
  last: { at: Date; name_ja: string; name_en: string | null } | null
  /** How many were just changed; null when the page was opened by itself. */
  changed?: number | null
  /** What was typed to sign everyone out, when it was not enough. */
  sign_out?: Record<string, string>
  /** How many sessions were just ended. */
  ended?: number | null
}

export function SettingsPage({ values, problems = {}, last, changed = null, sign_out, ended = null }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout label={labelOf.rights} title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {changed !== null && (
        <Banner kind={changed > 0 ? 'success' : 'info'} title={changed > 0 ? t.changed : t.unchanged} />
      )}
      {ended !== null && <Banner kind="success" title={t.ended(ended)} />}
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
          const { unit, min, max, usual } = settings[name]
          return (
            <TextInput
              key={name}
              name={name}
              label={settings[name][language]}
              hint={t.bounds[unit](min, max, usual)}
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
      <h2>{t.everyone}</h2>
      <Details summary={t.sign_out} open={sign_out !== undefined}>
        <p>{t.everyone_lead}</p>
        <Form action="/settings/sessions/end">
          <TextArea
            name="sign_out_reason"
            label={t.everyone_reason}
            hint={t.reason_hint}
            value={sign_out?.sign_out_reason}
            problem={problems.sign_out_reason}
            rows={2}
            maxLength={500}
            required
          />
          <Checkbox name="sure" text={t.sure} problem={problems.sure} required checked={sign_out?.sure === 'yes'} />
          <Button kind="outline" danger>
            {t.sign_out}
          </Button>
        </Form>
      </Details>
      <PreparationLinks />
      <nav aria-labelledby="others">
        <h2 id="others">{t.others}</h2>
        <ul>
          <li>
            <a href="/districts">{t.districts}</a>
          </li>
          <li>
            <a href="/top-page">{t.top_page}</a>
          </li>
        </ul>
      </nav>
    </Layout>
  )
}
