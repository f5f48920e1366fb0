import { ButtonLink } from '#ground/html/button.tsx'
import { TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { ListedPerson } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '利用者',
    lead_all: 'アカウントを持つ人と、その役割です。氏名から、役割の付与・解除と利用の終了ができます。',
    lead_own: '貴機関でアカウントを持つ人と、その役割です。',
    search: '利用者を探す',
    label: '氏名、メールアドレスまたは機関',
    caption: (total: number) => `${total}人`,
    name: '氏名',
    email: 'メールアドレス',
    institution: '機関',
    roles: '役割',
    no_role: 'なし',
    last: '最後のサインイン',
    never: 'まだありません',
    left: '利用終了',
    nothing: '当てはまる人はいません',
    nothing_next: 'ことばを短くして、もう一度探してください。',
    every: 'すべての利用者を見る',
    invite: '人を招待する',
  },
  en: {
    title: 'People',
    lead_all: 'Who has an account, and in which roles. Open a name to grant and end roles, or to end the account.',
    lead_own: 'Who has an account at your institution, and in which roles.',
    search: 'Find people',
    label: 'Name, mail address or institution',
    caption: (total: number) => (total === 1 ? '1 person' : `${total} people`),
    name: 'Name',
    email: 'Mail',
    institution: 'Institution',
    roles: 'Roles',
    no_role: 'None',
    last: 'Last sign-in',
    never: 'Never',
    left: 'Account ended',
    nothing: 'Nobody matches',
    nothing_next: 'Try fewer letters.',
    every: 'See everyone',
    invite: 'Invite a person',
  },
})

type Props = {
  found: Counted<ListedPerson>
  signed_in: Map<string, Date>
  q: string
  sees_all: boolean
}

export function PeoplePage({ found, signed_in, q, sees_all }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const words = roleWords[language]
  return (
    <Layout title={t.title} label={labelOf.account} wide>
      <h1>{t.title}</h1>
      <p>{sees_all ? t.lead_all : t.lead_own}</p>
      <ButtonLink href="/invitations/new">{t.invite}</ButtonLink>
      <Listing
        path="/people"
        caption={t.caption(found.count)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.nothing, next: t.nothing_next }}
        asked={{ q }}
        search={{
          act: t.search,
          nothing: { title: t.nothing, next: t.nothing_next, all: t.every },
          fields: <TextInput type="search" name="q" label={t.label} value={q} width="half" maxLength={100} />,
        }}
        columns={[
          { head: t.name, cell: (person) => <a href={`/people/${person.id}`}>{named(language, person)}</a> },
          { head: t.email, cell: ({ email }) => email },
          {
            head: t.institution,
            cell: (person) => named(language, { name_ja: person.institution_ja, name_en: person.institution_en }),
          },
          {
            head: t.roles,
            cell: ({ roles, left_at }) =>
              left_at ? (
                <>
                  {t.left} <Time at={left_at} with_date />
                </>
              ) : (
                roles.map((role) => words[role]).join(' / ') || t.no_role
              ),
          },
          { head: t.last, cell: ({ id }) => <SignedIn at={signed_in.get(id)} never={t.never} /> },
        ]}
      />
    </Layout>
  )
}

const SignedIn = ({ at, never }: { at: Date | undefined; never: string }) => (at ? <Time at={at} with_date /> : never)
