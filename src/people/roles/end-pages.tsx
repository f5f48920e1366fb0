import type { Role } from '#ground/db/tables.ts'
import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { AccountView, Ties } from './queries.ts'

const texts = inBoth({
  ja: {
    end_role: '役割を解除する',
    role_effect: '本人の次の操作から、この役割の権限はなくなります。付与の記録は残ります。',
    leave: '利用を終了する',
    leave_effect:
      'すぐに、すべての端末で使えなくなります。この人はもうサインインできません。行ったことの記録は残ります。',
    contact_effect:
      '名簿の担当者としては、後任が登録されるまで残り、「未確認」になります。緊急時に連絡する人がいなくならないようにするためです。',
    name: '氏名',
    institution: '機関',
    role: '役割',
    ends: '解除される役割',
    sessions: '終わるサインイン',
    contacts: '名簿に残る担当',
    count: (count: number) => `${count}件`,
    none: 'なし',
    reason: '理由',
    reason_hint: '監査証跡に残ります。例：3月31日付で異動',
    back: 'やめて戻る',
  },
  en: {
    end_role: 'End the role',
    role_effect: 'From the person’s next request on the role no longer counts. The record that it was held stays.',
    leave: 'End the account',
    leave_effect:
      'It ends at once and on every device. This person cannot sign in any more. The record of what they did stays.',
    contact_effect:
      'In the directory they stay as a contact, marked as unconfirmed, until a successor is entered: somebody must be there to be called.',
    name: 'Name',
    institution: 'Institution',
    role: 'Role',
    ends: 'Roles that end',
    sessions: 'Sessions that end',
    contacts: 'Places kept in the directory',
    count: (count: number) => String(count),
    none: 'None',
    reason: 'Reason',
    reason_hint: 'Stays in the audit trail. For example: moved on 31 March',
    back: 'Go back without doing it',
  },
})

type Props = { account: AccountView; values?: Record<string, string>; problems?: Problems }

/** Before a role is ended: whose, what it means, and why. */
export function EndRolePage({ grant, account, ...rest }: Props & { grant: { id: string; role: Role } }) {
  const t = useTexts(texts)
  const words = useTexts(roleWords)
  const who = useWho(account)
  return (
    <EndPage
      {...rest}
      account={account}
      title={t.end_role}
      effects={[t.role_effect]}
      facts={[...who, { term: t.role, value: words[grant.role] }]}
      action={`/grants/${grant.id}/end`}
    />
  )
}

/** Before an account is ended: what ends with it, in numbers, and why. */
export function EndAccountPage({ account, ties, ...rest }: Props & { ties: Ties }) {
  const t = useTexts(texts)
  const words = useTexts(roleWords)
  const who = useWho(account)
  const counted = (count: number) => (count > 0 ? t.count(count) : t.none)
  return (
    <EndPage
      {...rest}
      account={account}
      title={t.leave}
      effects={ties.contacts.length > 0 ? [t.leave_effect, t.contact_effect] : [t.leave_effect]}
      facts={[
        ...who,
        { term: t.ends, value: account.roles.map((role) => words[role]).join(' / ') || t.none },
        { term: t.sessions, value: counted(ties.sessions) },
        { term: t.contacts, value: counted(ties.contacts.length) },
      ]}
      action={`/people/${account.id}/end`}
    />
  )
}

function useWho(account: AccountView) {
  const t = useTexts(texts)
  const { language } = useReading()
  return [
    { term: t.name, value: named(language, account) },
    {
      term: t.institution,
      value: named(language, { name_ja: account.institution_ja, name_en: account.institution_en }),
    },
  ]
}

function EndPage({
  account,
  title,
  effects,
  facts,
  action,
  values = {},
  problems = {},
}: Props & { title: string; effects: string[]; facts: { term: string; value: string }[]; action: string }) {
  const t = useTexts(texts)
  return (
    <Layout title={title} label={labelOf.account}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {effects.map((effect) => (
        <p key={effect}>{effect}</p>
      ))}
      <SummaryList items={facts} />
      <Form action={action}>
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.reason}
          problem={problems.reason}
          rows={2}
          maxLength={500}
          required
        />
        <Button danger>{title}</Button>
      </Form>
      <p>
        <a href={`/people/${account.id}`}>{t.back}</a>
      </p>
    </Layout>
  )
}
