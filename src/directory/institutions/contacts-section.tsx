import { showWritten } from '#directory/contacts/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Age } from '#ground/html/time.tsx'
import { mayIn } from '#ground/rights/may.ts'
import type { InstitutionView } from './queries.ts'

const texts = inBoth({
  ja: {
    contacts: 'BCP連絡担当者',
    caption: '連絡する順',
    empty: 'BCP連絡担当者が登録されていません',
    empty_next: '事務局に連絡し、名簿に担当者を加えてください。',
    rank: '順番',
    ranks: ['正', '副'],
    name: '氏名',
    mail: 'メール',
    phone: '電話',
    account: 'アカウント',
    confirmed: '最終確認',
    never: 'まだ',
    tree: '緊急連絡網を見る（すべての連絡手段、届くかどうか、連絡がつく時間）',
    has_account: 'あり',
    no_account: 'なし',
    invite_this: '招待する',
    invite: 'この機関の人を招待する',
    of: (name: string) => `（${name}さん）`,
  },
  en: {
    contacts: 'BCP contacts',
    caption: 'In the order in which they are called',
    empty: 'No BCP contact is registered',
    empty_next: 'Ask the secretariat to add one to the roster.',
    rank: 'Order',
    ranks: ['Primary', 'Deputy'],
    name: 'Name',
    mail: 'Mail',
    phone: 'Phone',
    account: 'Account',
    confirmed: 'Last confirmed',
    never: 'Never',
    tree: 'See the call tree (every way to reach, whether it arrives, and when)',
    has_account: 'Yes',
    no_account: 'No',
    invite_this: 'Invite',
    invite: 'Invite a person of this institution',
    of: (name: string) => ` ${name}`,
  },
})

/** Who answers for an institution, in the order in which they are called, with mail and phone to press. */
export function ContactsSection({ institution }: { institution: InstitutionView }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const may_invite = reader !== null && mayIn(reader, 'person.invite', institution.id) && !institution.active_to
  return (
    <>
      <h2>{t.contacts}</h2>
      <DataTable
        caption={t.caption}
        rows={institution.contacts}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.rank, cell: ({ rank }) => `${rank} ${t.ranks[rank - 1] ?? ''}`.trim() },
          { head: t.name, cell: (contact) => <span className="dads-name">{named(language, contact)}</span> },
          {
            head: t.mail,
            cell: ({ mail }) => mail && <a href={`mailto:${encodeURIComponent(mail).replace('%40', '@')}`}>{mail}</a>,
          },
          { head: t.phone, cell: ({ phone }) => phone && <a href={`tel:${phone}`}>{showWritten(phone)}</a> },
          {
            head: t.confirmed,
            cell: ({ confirmed_at }) => (confirmed_at ? <Age at={confirmed_at} /> : t.never),
          },
          {
            head: t.account,
            cell: (contact) =>
              contact.person_id ? (
                t.has_account
              ) : (
                <>
                  {t.no_account}
                  {may_invite && (
                    <Brackets>
                      <a href={inviting(institution, contact)}>
                        {t.invite_this}
                        <span className="dads-visually-hidden">{t.of(named(language, contact))}</span>
                      </a>
                    </Brackets>
                  )}
                </>
              ),
          },
        ]}
      />
      <p>
        <a href={`/institutions/${institution.id}/contacts`}>{t.tree}</a>
        {may_invite && (
          <>
            <br />
            <a href={inviting(institution)}>{t.invite}</a>
          </>
        )}
      </p>
    </>
  )
}

/** The form of an invitation, with what is known already filled in. */
const inviting = (institution: { id: string }, contact?: { id: string }) =>
  `/invitations/new?${new URLSearchParams({ institution: institution.id, ...(contact && { contact: contact.id }) })}`
