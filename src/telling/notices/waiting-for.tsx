import { peopleWithRole } from '#access/sign-in/index.ts'
import { showWritten } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { deskRoles } from '#ground/rights/person.ts'
import { isSecond } from './is-second.ts'
import type { NoticeView } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '承認を依頼しました。まだだれにも送られていません',
    asked: (count: number) =>
      `次の${count}人のうち1人が承認すると、配信されます。全員にメールで知らせました。急ぐときは電話してください。`,
    office: '事務局の電話',
    nobody: '承認できる人がほかにいません。急ぐときは、下の「承認を待たずに1人で送る」から理由を入力して送れます。',
  },
  en: {
    title: 'Release was asked for. It has been sent to nobody yet',
    asked: (count: number) =>
      `It is sent once one of these ${count} people releases it. All of them were told by mail. If it is urgent, telephone.`,
    office: 'Telephone of the secretariat',
    nobody: 'There is nobody else who could release it. If it is urgent, you may send it alone below, and say why.',
  },
})

/** Who can be the second person for a notice, with the number at which the directory has them. */
export async function secondPeople(db: Database, notice: NoticeView, at: Date) {
  const desk = await peopleWithRole(db, deskRoles)
  const second = await Promise.all(desk.map((one) => isSecond(db, one, notice, at)))
  const people = desk.filter((_, index) => second[index] === 'yes')
  if (people.length === 0) return { people: [], office: [] }
  const cards = await db
    .selectFrom('contact_card')
    .where(
      'mail',
      'in',
      people.map(({ email }) => email),
    )
    .where('phone', 'is not', null)
    .select(['mail', 'phone'])
    .execute()
  const reached = people.map(({ id, name_ja, name_en, email }) => {
    const phone = cards.find(({ mail }) => mail === email)?.phone
    return { id, name_ja, name_en, phone: phone ? showWritten(phone) : null }
  })
  // Whom the directory has no number of is asked for at the office.
  return { people: reached, office: reached.every(({ phone }) => phone) ? [] : await deskPhones(db) }
}
export type SecondPeople = Awaited<ReturnType<typeof secondPeople>>

/** For who put a notice forward: that it was taken, that nothing is out yet, and whom it waits for. */
export function WaitingFor({ notice, second: { people, office } }: { notice: NoticeView; second: SecondPeople }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Banner kind="success" title={t.title}>
      {notice.submitted_at && (
        <p>
          <Time at={notice.submitted_at} with_date />
        </p>
      )}
      <p>{people.length > 0 ? t.asked(people.length) : t.nobody}</p>
      <ul>
        {people.map(({ id, phone, ...person }) => (
          <li key={id}>
            {named(language, person)} {phone && <Phone>{phone}</Phone>}
          </li>
        ))}
      </ul>
      {office.length > 0 && (
        <p>
          {t.office}{' '}
          {office.map((phone) => (
            <Phone key={phone}>{phone}</Phone>
          ))}
        </p>
      )}
    </Banner>
  )
}

const Phone = ({ children }: { children: string }) => (
  <a href={`tel:${children.replaceAll(/[^+0-9]/g, '')}`}>{children}</a>
)
