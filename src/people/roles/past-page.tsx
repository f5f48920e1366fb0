import type { Role } from '#ground/db/tables.ts'
import { Button } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { firstPage, type Wanted } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { roles } from '#ground/rights/person.ts'
import { HolderTable } from './holder-table.tsx'
import type { Holder } from './rights-queries.ts'

/** A page of them stays within what a phone on a slow line loads at once. */
const per_page = 50

const texts = inBoth({
  ja: {
    title: '過去の時点の権限',
    lead: 'その日時にだれがどの役割を持ち、何を見ることができたかを調べます。実際に何を見たかは、閲覧記録にあります。',
    date: '日時',
    date_hint: '日本時間。記録はこのシステムを使い始めた日からあります。',
    role: '役割',
    every: 'すべての役割',
    act: '権限を調べる',
    open: 'この日時には対策本部が設置されていました。対策本部員の権限も働いていました。',
    calm: 'この日時に対策本部は設置されていませんでした。対策本部員の権限は働いていませんでした。',
    nobody: 'この日時に役割を持つ人はいませんでした',
    nobody_next: '日時か役割を変えて、もう一度調べてください。',
    back: '権限の一覧へ戻る',
  },
  en: {
    title: 'Rights at a past moment',
    lead: 'Who held which role then, and so could see what. What was actually seen stands under who read what.',
    date: 'Date and time',
    date_hint: 'Japan time. Records begin on the day this program came into use.',
    role: 'Role',
    every: 'Every role',
    act: 'See the rights',
    open: 'A command centre was set up at this time: the rights of its members counted.',
    calm: 'No command centre was set up at this time: the rights of its members did not count.',
    nobody: 'Nobody held a role at this time',
    nobody_next: 'Try another time or role.',
    back: 'Back to the rights',
  },
})

type Props = {
  /** As it stands in the field. */
  date: string
  role: Role | undefined
  /** Which part of the holders. */
  wanted?: Wanted
  /** Null when the date could not be read. */
  found: { holders: Holder[]; was_open: boolean } | null
  problems?: Problems
}

/** Who could see what at a moment. */
export function PastRightsPage({ date, role, wanted = firstPage, found, problems = {} }: Props) {
  const t = useTexts(texts)
  const words = useTexts(roleWords)
  const { language } = useReading()
  const holders = pageOf(found?.holders ?? [], wanted, per_page)
  return (
    <Layout title={t.title} label={labelOf.rights} wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <search>
        <form method="get" action="/rights/at" className="dads-form" noValidate>
          <TextInput
            type="datetime-local"
            name="date"
            label={t.date}
            hint={t.date_hint}
            value={date}
            width="half"
            problem={problems.date}
          />
          <Select
            name="role"
            label={t.role}
            value={role}
            empty={t.every}
            options={roles.map((each) => ({ value: each, text: roleWords[language][each] }))}
          />
          <Button>{t.act}</Button>
        </form>
      </search>
      {found && (
        <>
          <h2>
            {role ? words[role] : t.every}
            <ListPart found={holders} />
          </h2>
          <p>{found.was_open ? t.open : t.calm}</p>
          {holders.count === 0 ? (
            <Empty title={t.nobody}>{t.nobody_next}</Empty>
          ) : (
            <>
              <HolderTable holders={holders.rows} total={holders.count} past />
              <Pagination found={holders} href={(wanted) => listAddress('/rights/at', { date, role }, wanted)} />
            </>
          )}
        </>
      )}
      <p>
        <a href="/rights">{t.back}</a>
      </p>
    </Layout>
  )
}
