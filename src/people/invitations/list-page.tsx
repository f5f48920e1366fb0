import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { InvitationState, ListedInvitation } from './queries.ts'

const texts = inBoth<{
  title: string
  lead: string
  invite: string
  caption: string
  empty: string
  empty_next: string
  who: string
  institution: string
  roles: string
  by: string
  until: string
  state: string
  acts: string
  renew: string
  withdraw: string
  program: string
  recovery: string
  recoveries: string
  entries: string
  break_glass: string
  over: string
  over_next: string
  again: string
  again_next: string
  tries: (tries: number) => string
  states: Record<InvitationState, string>
}>({
  ja: {
    title: '招待',
    lead: '招待中の人と、この14日間の招待です。コードは発行した画面でしか見られません。',
    invite: '人を招待する',
    caption: '新しい順',
    empty: '招待している人はいません',
    empty_next: '新しい担当者が決まったら、「人を招待する」から招待してください。',
    who: '人',
    institution: '機関',
    roles: '役割',
    by: '招待した人',
    until: '期限',
    state: '状態',
    acts: '操作',
    renew: '新しいコードを発行する',
    withdraw: '招待を取り消す',
    program: 'システム',
    recovery: '復旧',
    recoveries: '認証の復旧（サインインの方法をすべて失った人）',
    entries: '事務局の役割の同意（2人目の同意を待っている人）',
    break_glass: '非常用コードの管理簿',
    over: 'この招待には、新しいコードを発行できません',
    over_next:
      '取り消されたか、本人の設定が終わっているか、アドレスがほかで使われています。必要なら、新しく招待してください。',
    again: 'この招待は、すでに送られています',
    again_next: 'コードを控えていない場合は、下の一覧から新しいコードを発行してください。前のコードは無効になります。',
    tries: (tries) => `誤り${tries}回`,
    states: {
      open: '招待中',
      accepted: '入場済み・サインインの方法の設定待ち',
      done: '設定済み',
      withdrawn: '取り消し',
      tries: '誤ったコードの回数超過で無効',
      lapsed: '期限切れ',
    },
  },
  en: {
    title: 'Invitations',
    lead: 'People who are invited, and the invitations of the last 14 days. A code is shown only on the page where it is made.',
    invite: 'Invite a person',
    caption: 'Newest first',
    empty: 'Nobody is invited',
    empty_next: 'When there is a new contact, use “Invite a person”.',
    who: 'Person',
    institution: 'Institution',
    roles: 'Roles',
    by: 'Invited by',
    until: 'Until',
    state: 'State',
    acts: 'Acts',
    renew: 'Make a new code',
    withdraw: 'Withdraw the invitation',
    program: 'Program',
    recovery: 'Recovery',
    recoveries: 'Recovery of sign-in (who has lost every way)',
    entries: 'Roles of the desk: who waits for a second person',
    break_glass: 'Register of break-glass codes',
    over: 'No new code can be made for this invitation',
    over_next:
      'It was withdrawn, or the person has set up their sign-in, or the address is used elsewhere. Invite anew if needed.',
    again: 'This invitation has been sent already',
    again_next: 'If you did not note the code, make a new one in the list. The old one is void then.',
    tries: (tries) => `${tries} wrong`,
    states: {
      open: 'Invited',
      accepted: 'Came in, has no way to sign in yet',
      done: 'Set up',
      withdrawn: 'Withdrawn',
      tries: 'Void: too many wrong codes',
      lapsed: 'Out of time',
    },
  },
})

const looks: Record<InvitationState, Look> = {
  open: 'waiting',
  accepted: 'partial',
  done: 'normal',
  withdrawn: 'unknown',
  tries: 'failed',
  lapsed: 'expired',
}
const renewable: InvitationState[] = ['open', 'accepted', 'tries', 'lapsed']
const withdrawable: InvitationState[] = ['open', 'accepted']

type Props = { invitations: ListedInvitation[]; told?: 'over' | 'again' | undefined }

/** Who is invited, how far they are, and what can be done about it. */
export function InvitationsPage({ invitations, told }: Props) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  return (
    <Layout title={t.title} live="/invitations" label={labelOf.rights} wide>
      <h1>{t.title}</h1>
      {told && (
        <Banner kind="warning" title={t[told]}>
          <p>{told === 'over' ? t.over_next : t.again_next}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <ButtonLink href="/invitations/new" kind="solid-fill">
        {t.invite}
      </ButtonLink>
      <DataTable
        caption={t.caption}
        rows={invitations}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          {
            head: t.who,
            cell: (row) => (
              <>
                {named(language, row)}
                <div className="dads-note">{row.email}</div>
              </>
            ),
          },
          { head: t.institution, cell: (row) => (language === 'en' ? row.institution_en : row.institution_ja) },
          {
            head: t.roles,
            cell: ({ kind, roles }) =>
              kind === 'recovery' ? t.recovery : roles.map((role) => roleWords[language][role]).join(' / '),
          },
          {
            head: t.by,
            cell: ({ inviter_ja, inviter_en, invited_at }) => (
              <>
                {inviter_ja ? named(language, { name_ja: inviter_ja, name_en: inviter_en }) : t.program}
                <div className="dads-note">
                  <Time at={invited_at} with_date />
                </div>
              </>
            ),
          },
          { head: t.until, cell: ({ expires_at }) => <Time at={expires_at} with_date /> },
          {
            head: t.state,
            cell: ({ state, tries }) => (
              <>
                <Chip look={looks[state]}>{t.states[state]}</Chip>
                {tries > 0 && state !== 'tries' && <div className="dads-note">{t.tries(tries)}</div>}
              </>
            ),
          },
          { head: t.acts, cell: (row) => <Acts row={row} /> },
        ]}
      />
      {reader && may(reader, 'rights.see') && (
        <ul>
          <li>
            <a href="/recoveries">{t.recoveries}</a>
          </li>
          <li>
            <a href="/desk-entries">{t.entries}</a>
          </li>
          <li>
            <a href="/break-glass">{t.break_glass}</a>
          </li>
        </ul>
      )}
    </Layout>
  )
}

function Acts({ row: { id, kind, state, ...person } }: { row: ListedInvitation }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const whose = <span className="dads-visually-hidden"> {named(language, person)}</span>
  return (
    <Buttons>
      {kind === 'invitation' && renewable.includes(state) && (
        <Form action={`/invitations/${id}/code`}>
          <Button kind="outline" size="md">
            {t.renew}
            {whose}
          </Button>
        </Form>
      )}
      {withdrawable.includes(state) && (
        <Form action={`/invitations/${id}/withdrawal`}>
          <Button kind="outline" size="md" danger>
            {t.withdraw}
            {whose}
          </Button>
        </Form>
      )}
    </Buttons>
  )
}
