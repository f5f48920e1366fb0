import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { Pagination } from '#ground/html/pagination.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
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
  people: ListedPerson[]
  total: number
  signed_in: Map<string, Date>
  q: string
  page: number
  per_page: number
  seesAll: boolean
}

export function PeoplePage({ people, total, signed_in, q, page, per_page, seesAll }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const words = roleWords[language]
  const href = (number: number) => `/people?${new URLSearchParams({ ...(q && { q }), page: String(number) })}`
  return (
    <Layout title={t.title} label={labelOf.account} wide>
      <h1>{t.title}</h1>
      <p>{seesAll ? t.lead_all : t.lead_own}</p>
      <search>
        <form method="get" action="/people" className="dads-form">
          <TextInput type="search" name="q" label={t.label} value={q} width="half" maxLength={100} />
          <Button size="md">{t.search}</Button>
        </form>
      </search>
      <ButtonLink href="/invitations/new">{t.invite}</ButtonLink>
      <DataTable
        caption={t.caption(total)}
        rows={people}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t.nothing}>
            {t.nothing_next} <a href="/people">{t.every}</a>
          </Empty>
        }
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
      <Pagination page={page} pages={Math.ceil(total / per_page)} href={href} />
    </Layout>
  )
}

const SignedIn = ({ at, never }: { at: Date | undefined; never: string }) => (at ? <Time at={at} with_date /> : never)
