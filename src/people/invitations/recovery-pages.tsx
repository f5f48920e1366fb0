import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { Approved } from './approve-recovery.ts'
import type { RecoveryState, RecoveryView } from './recovery-queries.ts'
import { recovery_hours_max } from './request-recovery.ts'

type Failed = Extract<Approved, { failed: string }>['failed']

const texts = inBoth<{
  title: string
  lead: string
  new: string
  caption: string
  empty: string
  empty_next: string
  who: string
  email: string
  email_hint: string
  institution: string
  reason: string
  identity_check: string
  identity_hint: string
  requested: string
  until: string
  approved: string
  state: string
  states: Record<RecoveryState, string>
  act: string
  act_lead: string
  approve: (name: string) => string
  withdraw: string
  effect: (sessions: number) => string
  effect_why: string
  own: string
  own_next: string
  failed: Record<Failed, string>
  back: string
}>({
  ja: {
    title: '認証の復旧',
    lead: 'サインインの方法をすべて失った人を、事務局の2人で確かめて戻します。申請した人は承認できません。',
    new: '復旧を申請する',
    caption: '新しい順',
    empty: '復旧の申請はありません',
    empty_next:
      'パスキーも認証アプリもリカバリーコードも失った人から電話があったら、本人であることを確かめて申請してください。',
    who: '人',
    email: '利用者のメールアドレス',
    email_hint: 'サインインに使うアドレス',
    institution: '機関',
    reason: '理由',
    identity_check: '本人確認の方法',
    identity_hint:
      '例：名簿の電話番号にかけ直し、社員証を画面越しに確かめた。本人からかかってきた電話だけでは足りません。',
    requested: '申請',
    until: '承認の期限',
    approved: '承認',
    state: '状態',
    states: { waiting: '承認待ち', approved: '承認済み', withdrawn: '取り下げ', lapsed: '期限切れ' },
    act: '復旧を申請する',
    act_lead: `別の事務局員が${recovery_hours_max}時間以内に承認すると、この人のこれまでのサインインの方法とサインインがすべて無効になり、新しいコードが承認した人に一度だけ表示されます。申請だけでは何も無効になりません。`,
    approve: (name) => `${name}の復旧を承認する`,
    withdraw: '申請を取り下げる',
    effect: (sessions) => `承認すると、すべてのサインインの方法と、サインイン中の端末${sessions}台が無効になります`,
    effect_why: '承認する前に、あなた自身も本人であることを確かめてください。次の画面に出るコードを本人に伝えます。',
    own: 'あなたはこの申請を承認できません',
    own_next: '申請した人と、復旧する本人は承認できません。別の事務局員に電話で依頼してください。',
    failed: {
      same_person: '申請した人と、復旧する本人は承認できません',
      lapsed: '期限が過ぎています。必要なら、もう一度申請してください',
      withdrawn: 'この申請は取り下げられています',
      approved:
        'この申請は、すでに承認されています。コードはもう表示できません。伝わっていないときは、もう一度申請してください',
      left: 'この人は利用を終えています。戻るときは、招待してください',
    },
    back: '復旧の一覧へ戻る',
  },
  en: {
    title: 'Recovery of sign-in',
    lead: 'Two people of the secretariat bring back someone who has lost every way to sign in. Who asks does not approve.',
    new: 'Ask for a recovery',
    caption: 'Newest first',
    empty: 'No recovery was asked for',
    empty_next:
      'When someone telephones who has lost passkey, authenticator app and recovery codes, make sure who they are and ask for a recovery.',
    who: 'Person',
    email: 'The person’s mail address',
    email_hint: 'With which they sign in',
    institution: 'Institution',
    reason: 'Reason',
    identity_check: 'How you made sure who they are',
    identity_hint:
      'For example: called back at the number of the directory, saw the staff card on video. A call that they made is not enough.',
    requested: 'Asked for',
    until: 'To be approved until',
    approved: 'Approved',
    state: 'State',
    states: { waiting: 'Waiting for approval', approved: 'Approved', withdrawn: 'Withdrawn', lapsed: 'Out of time' },
    act: 'Ask for the recovery',
    act_lead: `When another person of the secretariat approves within ${recovery_hours_max} hours, all former ways to sign in and all sessions are ended, and a new code is shown once to who approves. Asking alone ends nothing.`,
    approve: (name) => `Approve the recovery of ${name}`,
    withdraw: 'Withdraw the request',
    effect: (sessions) => `Approving ends every way to sign in, and ${sessions} open session(s)`,
    effect_why: 'Before you approve, make sure yourself who they are. You tell them the code of the next page.',
    own: 'You cannot approve this request',
    own_next: 'Neither who asked nor the person approves. Telephone another one of the secretariat.',
    failed: {
      same_person: 'Neither who asked nor the person approves',
      lapsed: 'Time has run out. Ask again if needed',
      withdrawn: 'This request was withdrawn',
      approved: 'This request is approved already. The code cannot be shown again; if it was not told, ask anew',
      left: 'This person’s account has ended. To bring them back, invite them',
    },
    back: 'Back to the recoveries',
  },
})

const looks: Record<RecoveryState, Look> = {
  waiting: 'waiting',
  approved: 'normal',
  withdrawn: 'unknown',
  lapsed: 'expired',
}

export function RecoveriesPage({ recoveries }: { recoveries: RecoveryView[] }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  return (
    <Layout title={t.title} live="/recoveries" label={labelOf.rights}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {reader && may(reader, 'recovery.request') && (
        <ButtonLink href="/recoveries/new" kind="solid-fill">
          {t.new}
        </ButtonLink>
      )}
      <DataTable
        caption={t.caption}
        rows={recoveries}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.who, cell: (row) => <a href={`/recoveries/${row.id}`}>{named(language, row)}</a> },
          { head: t.institution, cell: (row) => (language === 'en' ? row.institution_en : row.institution_ja) },
          { head: t.requested, cell: ({ requested_at }) => <Time at={requested_at} with_date /> },
          { head: t.state, cell: ({ state }) => <Chip look={looks[state]}>{t.states[state]}</Chip> },
        ]}
      />
    </Layout>
  )
}

export function NewRecoveryPage({ values, problems = {} }: { values: Record<string, string>; problems?: Problems }) {
  const t = useTexts(texts)
  const field = (name: 'email' | 'reason' | 'identity_check') => ({
    name,
    label: t[name],
    value: values[name],
    problem: problems[name],
    required: true,
  })
  return (
    <Layout title={t.new}>
      <h1>{t.new}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.act_lead}</p>
      <Form action="/recoveries">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <TextInput {...field('email')} hint={t.email_hint} type="email" inputMode="email" maxLength={254} />
        <TextArea {...field('reason')} rows={2} maxLength={500} />
        <TextArea {...field('identity_check')} hint={t.identity_hint} rows={3} maxLength={500} />
        <Button>{t.act}</Button>
      </Form>
    </Layout>
  )
}

type Props = { recovery: RecoveryView; sessions: number; failed?: Failed }

export function RecoveryPage({ recovery, sessions, failed }: Props) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const name = named(language, recovery)
  const is_own = reader?.id === recovery.requested_by || reader?.id === recovery.person_id
  const is_waiting = recovery.state === 'waiting'
  return (
    <Layout title={`${t.title}: ${name}`} live={`/recoveries/${recovery.id}`} label={labelOf.rights}>
      <h1>
        {t.title}: {name}
      </h1>
      {failed && <Banner kind="error" title={t.failed[failed]} />}
      <SummaryList
        items={[
          { term: t.state, value: <Chip look={looks[recovery.state]}>{t.states[recovery.state]}</Chip> },
          { term: t.who, value: name },
          { term: t.email, value: recovery.email },
          { term: t.institution, value: language === 'en' ? recovery.institution_en : recovery.institution_ja },
          { term: t.reason, value: recovery.reason },
          { term: t.identity_check, value: recovery.identity_check },
          {
            term: t.requested,
            value: (
              <>
                <Time at={recovery.requested_at} with_date />{' '}
                {named(language, { name_ja: recovery.requester_ja, name_en: recovery.requester_en })}
              </>
            ),
          },
          { term: t.until, value: <Time at={recovery.expires_at} with_date /> },
          ...(recovery.approved_at && recovery.approver_ja
            ? [
                {
                  term: t.approved,
                  value: (
                    <>
                      <Time at={recovery.approved_at} with_date />{' '}
                      {named(language, { name_ja: recovery.approver_ja, name_en: recovery.approver_en })}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {is_waiting && reader && may(reader, 'recovery.approve') && (
        <>
          {is_own ? (
            <Banner kind="info" title={t.own}>
              <p>{t.own_next}</p>
            </Banner>
          ) : (
            <>
              <Banner kind="warning" title={t.effect(sessions)}>
                <p>{t.effect_why}</p>
              </Banner>
              <Form action={`/recoveries/${recovery.id}/approval`}>
                <Button danger>{t.approve(name)}</Button>
              </Form>
            </>
          )}
          <Form action={`/recoveries/${recovery.id}/withdrawal`}>
            <Button kind="outline" size="md">
              {t.withdraw}
            </Button>
          </Form>
        </>
      )}
      <p>
        <a href="/recoveries">{t.back}</a>
      </p>
    </Layout>
  )
}
