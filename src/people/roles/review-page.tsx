import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import type { Counted } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { review_days_max } from './confirm-grants.ts'
import { reviewedSince, type ToReview } from './rights-queries.ts'

const texts = inBoth({
  ja: {
    title: '役割の見直し',
    lead: `四半期に一度、いまの役割がその人にまだ必要かを確かめます。${review_days_max}日の間に確認されていない役割は、期限切れです。`,
    how: '必要な役割に印を付けたまま「選んだ役割を確認する」を押します。不要な役割は、印を外し、氏名から解除してください。',
    overdue: (count: number) => `期限切れの役割：${count}件`,
    none_overdue: '期限切れの役割はありません',
    confirmed: (count: number) => `${count}件の役割を確認しました`,
    nothing_new: '新しく確認した役割はありません',
    nothing_new_next: '印が付いていないか、この24時間のうちに確認済みです。',
    late: '期限切れ',
    last: '最後の確認',
    granted: '未確認・付与',
    grants: 'いまの役割',
    act: '選んだ役割を確認する',
    of: (name: string) => `：${name}`,
    person: (name: string) => `${name}の役割を解除・変更する`,
    empty: '見直す役割はありません',
    empty_next: '利用者に役割を付与すると、ここに出ます。',
    people: '利用者を見る',
  },
  en: {
    title: 'Review of roles',
    lead: `Once a quarter it is confirmed that people still need their roles. A role that nobody confirmed for ${review_days_max} days is overdue.`,
    how: 'Leave the roles ticked that are still needed and press “Confirm the ticked roles”. Untick the others, and end them from the person’s page.',
    overdue: (count: number) => (count === 1 ? '1 role is overdue' : `${count} roles are overdue`),
    none_overdue: 'No role is overdue',
    confirmed: (count: number) => (count === 1 ? '1 role was confirmed' : `${count} roles were confirmed`),
    nothing_new: 'No role was newly confirmed',
    nothing_new_next: 'None was ticked, or they had been confirmed within the last 24 hours.',
    late: 'Overdue',
    last: 'last confirmed',
    granted: 'never confirmed; granted',
    grants: 'Current roles',
    act: 'Confirm the ticked roles',
    of: (name: string) => `: ${name}`,
    person: (name: string) => `End or change roles of ${name}`,
    empty: 'There are no roles to review',
    empty_next: 'They appear here when roles are granted to people.',
    people: 'See people',
  },
})

type Props = {
  found: Counted<ToReview>
  overdue: number
  /** How many were confirmed by the form just sent. */
  confirmed?: number | undefined
}

/** Every current role by institution, longest unconfirmed first, each institution with its own button. */
export function ReviewPage({ found, overdue, confirmed }: Props) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title} label={labelOf.rights}>
      <h1>{t.title}</h1>
      {confirmed !== undefined &&
        (confirmed > 0 ? (
          <Banner kind="success" title={t.confirmed(confirmed)} />
        ) : (
          <Banner kind="info" title={t.nothing_new}>
            <p>{t.nothing_new_next}</p>
          </Banner>
        ))}
      <p>{t.lead}</p>
      <p>
        <b>{overdue > 0 ? t.overdue(overdue) : t.none_overdue}</b>
      </p>
      {found.rows.length === 0 ? (
        <Empty title={t.empty}>
          {t.empty_next} <a href="/people">{t.people}</a>
        </Empty>
      ) : (
        <p>
          {t.how}
          <ListPart found={found} />
        </p>
      )}
      {found.rows.map((institution) => (
        <OneInstitution key={institution.id} institution={institution} page={found.page} />
      ))}
      <Pagination found={found} href={(wanted) => listAddress('/rights/review', {}, wanted)} />
    </Layout>
  )
}

function OneInstitution({ institution, page }: { institution: ToReview; page: number }) {
  const t = useTexts(texts)
  const words = useTexts(roleWords)
  const { language, now } = useReading()
  const since = reviewedSince(now)
  const people = new Map(institution.grants.map((grant) => [grant.person_id, named(language, grant)]))
  return (
    <section aria-labelledby={`of-${institution.id}`}>
      <h2 id={`of-${institution.id}`}>{named(language, institution)}</h2>
      <Form action="/rights/confirmations">
        <HiddenFields fields={{ page: String(page) }} />
        <Checkboxes
          name={`grant-${institution.id}`}
          legend={t.grants}
          values={institution.grants.map(({ id }) => id)}
          choices={institution.grants.map(({ id, role, granted_at, confirmed_at, ...person }) => ({
            value: id,
            text: `${named(language, person)}　${words[role]}`,
            hint: (
              <>
                {(confirmed_at ?? granted_at) < since && `${t.late}・`}
                {confirmed_at ? t.last : t.granted} <Time at={confirmed_at ?? granted_at} with_date />
              </>
            ),
          }))}
        />
        <Button kind="outline" size="md">
          {t.act}
          <span className="dads-visually-hidden">{t.of(named(language, institution))}</span>
        </Button>
      </Form>
      <ul>
        {[...people].map(([id, name]) => (
          <li key={id}>
            <a href={`/people/${id}`}>{t.person(name)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
