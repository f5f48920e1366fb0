import type { Role } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, Select, TextArea } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { AccountView, Ties } from './queries.ts'
import { SignOut } from './sign-out-part.tsx'

const texts = inBoth({
  ja: {
    institution: '機関',
    email: 'メールアドレス',
    opened: 'アカウントの開設',
    last: '最後のサインイン',
    never: 'まだありません',
    sessions: '開いているサインイン',
    none: 'なし',
    count: (count: number) => `${count}件`,
    contact: '名簿での担当',
    contact_of: (rank: number) => `連絡の順番 ${rank}`,
    left: (name: string) => `${name}の利用は終了しています`,
    left_reason: '理由',
    still_contact: '名簿には担当者として残っています。後任を登録して、入れ替えてください。',
    directory: '機関の登録内容を見る',
    roles: '役割',
    caption: '役割の付与と解除の記録',
    no_roles: '役割はまだありません。役割がないあいだ、この人は何も見られません。',
    role: '役割',
    granted: '付与',
    reason: '理由',
    confirmed: '最後の確認',
    ended: '解除',
    end: (role: string) => `${role}を解除する`,
    program: 'システム',
    grant: '役割を付与する',
    choose: '選んでください',
    waiting: (roles: string) => `${roles}の役割は、ほかの事務局員の同意を待っています`,
    entries: '同意の状況を見る',
    grant_hint:
      '付与した役割は、本人の次の操作から働きます。事務局・承認者・監査担当者の役割は、ほかの事務局員が同意してから働きます。',
    why: '付与する理由',
    why_hint: '監査証跡に残ります。例：4月の異動で着任',
    own: '自分の役割を増やすことはできません。',
    leave: '利用を終了する',
    recover: 'この人がサインインできないとき（認証の復旧を申請する）',
    trail: 'この人の監査証跡を見る',
    readings: 'この人の閲覧記録を見る',
    back: '利用者の一覧へ戻る',
  },
  en: {
    institution: 'Institution',
    email: 'Mail',
    opened: 'Account opened',
    last: 'Last sign-in',
    never: 'Never',
    sessions: 'Open sessions',
    none: 'None',
    count: (count: number) => String(count),
    contact: 'In the directory',
    contact_of: (rank: number) => `Called as number ${rank}`,
    left: (name: string) => `The account of ${name} has ended`,
    left_reason: 'Reason',
    still_contact: 'They still stand in the directory as a contact. Enter their successor there.',
    directory: 'See the institution’s entry',
    roles: 'Roles',
    caption: 'Roles granted and ended',
    no_roles: 'No roles yet. Without a role this person sees nothing.',
    role: 'Role',
    granted: 'Granted',
    reason: 'Reason',
    confirmed: 'Last confirmed',
    ended: 'Ended',
    end: (role: string) => `End the role ${role}`,
    program: 'Program',
    grant: 'Grant the role',
    choose: 'Choose',
    waiting: (roles: string) => `Waits for another of the desk: ${roles}`,
    entries: 'See who agreed',
    grant_hint: 'The role counts from the person’s next request; one of the desk, once another of the desk has agreed.',
    why: 'Why it is granted',
    why_hint: 'Stays in the audit trail. For example: took over in April',
    own: 'Nobody can add to their own roles.',
    leave: 'End the account',
    recover: 'If this person cannot sign in: ask for a recovery',
    trail: 'See this person’s audit trail',
    readings: 'See what this person read',
    back: 'Back to the people',
  },
})

type Props = {
  account: AccountView
  ties: Ties
  signed_in_at: Date | undefined
  /** The roles that this reader gives and takes. */
  inHand: readonly Role[]
  may_end: boolean
  /** Roles of the desk that wait for another of the desk. */
  waiting: readonly Role[]
  values?: Record<string, string>
  problems?: Problems
}

/** One account: who they are, every role they held, and what may be done about it. */
export function PersonPage(props: Props) {
  const { account, ties, signed_in_at, inHand, may_end, waiting, values = {}, problems = {} } = props
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const name = named(language, account)
  const is_own = reader?.id === account.id
  return (
    <Layout title={name} label={labelOf.account}>
      <h1>{name}</h1>
      <ErrorSummary problems={problems} />
      {account.left_at && (
        <Banner kind="info" title={t.left(name)}>
          <p>
            <Time at={account.left_at} with_date />　{t.left_reason}: {account.left_reason}
          </p>
          {ties.contacts.length > 0 && <p>{t.still_contact}</p>}
        </Banner>
      )}
      {waiting.length > 0 && (
        <Banner kind="info" title={t.waiting(waiting.map((role) => roleWords[language][role]).join(' / '))}>
          <p>
            <a href="/desk-entries">{t.entries}</a>
          </p>
        </Banner>
      )}
      <SummaryList items={useFacts({ account, ties, signed_in_at })} />
      <h2>{t.roles}</h2>
      <RoleHistory account={account} inHand={inHand} />
      {!account.left_at && inHand.length > 0 && (
        <>
          <h2>{t.grant}</h2>
          {is_own ? (
            <p>{t.own}</p>
          ) : (
            <Form action={`/people/${account.id}/roles`}>
              <Select
                name="role"
                label={t.role}
                hint={t.grant_hint}
                value={values.role}
                problem={problems.role}
                empty={t.choose}
                options={inHand.map((role) => ({ value: role, text: roleWords[language][role] }))}
                required
              />
              <TextArea
                name="reason"
                label={t.why}
                hint={t.why_hint}
                value={values.reason}
                problem={problems.reason}
                rows={2}
                maxLength={500}
                required
              />
              <Button>{t.grant}</Button>
            </Form>
          )}
        </>
      )}
      {!account.left_at && may_end && <SignOut account={account} values={values} problems={problems} />}
      {!account.left_at && may_end && (
        <Buttons>
          <ButtonLink href={`/people/${account.id}/end`} danger>
            {t.leave}
          </ButtonLink>
        </Buttons>
      )}
      {reader && may(reader, 'recovery.request') && !account.left_at && !is_own && (
        <p>
          <a href={`/recoveries/new?${new URLSearchParams({ email: account.email })}`}>{t.recover}</a>
        </p>
      )}
      {reader && may(reader, 'trail.read') && (
        <p>
          <a href={`/trail?person=${account.id}`}>{t.trail}</a>
          <br />
          <a href={`/trail/readings?person=${account.id}`}>{t.readings}</a>
        </p>
      )}
      <p>
        <a href="/people">{t.back}</a>
      </p>
    </Layout>
  )
}

function useFacts({ account, ties, signed_in_at }: Pick<Props, 'account' | 'ties' | 'signed_in_at'>) {
  const t = useTexts(texts)
  const { language } = useReading()
  return [
    {
      term: t.institution,
      value: (
        <a href={`/institutions/${account.institution_id}`}>
          {named(language, { name_ja: account.institution_ja, name_en: account.institution_en })}
        </a>
      ),
    },
    { term: t.email, value: account.email },
    { term: t.contact, value: ties.contacts.map(({ rank }) => t.contact_of(rank)).join(' / ') || t.none },
    { term: t.opened, value: <Time at={account.created_at} with_date /> },
    { term: t.last, value: signed_in_at ? <Time at={signed_in_at} with_date /> : t.never },
    { term: t.sessions, value: ties.sessions > 0 ? t.count(ties.sessions) : t.none },
  ]
}

function RoleHistory({ account, inHand }: Pick<Props, 'account' | 'inHand'>) {
  const t = useTexts(texts)
  const { language } = useReading()
  const words = roleWords[language]
  const by = (name_ja: string | null, name_en: string | null) =>
    name_ja ? named(language, { name_ja, name_en }) : null
  return (
    <DataTable
      caption={t.caption}
      rows={account.grants}
      rowKey={({ id }) => id}
      empty={<p>{t.no_roles}</p>}
      columns={[
        { head: t.role, cell: ({ role }) => words[role] },
        {
          head: t.granted,
          cell: ({ granted_at, granted_by_ja, granted_by_en }) => (
            <>
              <Time at={granted_at} with_date /> {by(granted_by_ja, granted_by_en) ?? t.program}
            </>
          ),
        },
        { head: t.reason, cell: ({ reason }) => reason || '—' },
        {
          head: t.confirmed,
          cell: ({ confirmed_at, confirmed_by_ja, confirmed_by_en }) =>
            confirmed_at ? (
              <>
                <Time at={confirmed_at} with_date /> {by(confirmed_by_ja, confirmed_by_en)}
              </>
            ) : (
              '—'
            ),
        },
        {
          head: t.ended,
          cell: ({ id, role, removed_at, removed_by_ja, removed_by_en, removal_reason }) =>
            removed_at ? (
              <>
                <Time at={removed_at} with_date /> {by(removed_by_ja, removed_by_en)}　{removal_reason}
              </>
            ) : (
              inHand.includes(role) && <a href={`/grants/${id}/end`}>{t.end(words[role])}</a>
            ),
        },
      ]}
    />
  )
}
