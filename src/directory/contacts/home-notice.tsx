import type { Database } from '#ground/db/database.ts'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { may, mayIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { EntryBanners } from './entry-banners.tsx'
import { type DirectoryCare, directoryCare } from './market-gaps.ts'
import { type ContactView, readContacts } from './queries.ts'

const texts = inBoth({
  ja: {
    own: '自機関の連絡先を見る・直す',
    care: '名簿の手入れ：',
    gaps: (count: number) => `連絡先に空白のある機関 ${count}件`,
    stopped: (count: number) => `届かない連絡手段 ${count}件`,
    test: '連絡先の疎通テスト',
  },
  en: {
    own: 'See and change our own contacts',
    care: 'Care of the directory: ',
    gaps: (count: number) => `${count} institutions with gaps in their rosters`,
    stopped: (count: number) => `${count} addresses that do not arrive`,
    test: 'Silent test of addresses',
  },
})

/** What the home page says of contacts: to an institution what it must mend, to the desk how much there is to mend. */
export type ContactNotice = { own: ContactView[] | null; care: DirectoryCare | null }

export const contactNotice = async (db: Database, by: Person, at: Date): Promise<ContactNotice> => ({
  own: isOwner(by) ? await readContacts(db, by.institution_id) : null,
  care: may(by, 'address.test') ? await directoryCare(db, by, at) : null,
})

// The desk has the whole directory to care for, and its own entry in it.
const isOwner = (by: Person) => !may(by, 'contact.edit') && mayIn(by, 'contact.edit', by.institution_id)

/** What to mend, at the top of the home page. */
export function ContactWarnings({ notice }: { notice: ContactNotice }) {
  const { now } = useReading()
  return notice.own && <EntryBanners contacts={notice.own} now={now} />
}

/** The ways from the home page to one's own contacts, and for the desk to those of the whole market. */
export function ContactLinks({ notice: { own, care } }: { notice: ContactNotice }) {
  const t = useTexts(texts)
  return (
    <>
      {own && (
        <Buttons>
          <ButtonLink href="/contacts">{t.own}</ButtonLink>
        </Buttons>
      )}
      {care && (
        <p>
          {t.care}
          <a href="/contacts/gaps">{t.gaps(care.with_gaps)}</a> ・{' '}
          <a href="/contacts/gaps">{t.stopped(care.quarantined)}</a> ・ <a href="/contacts/tests">{t.test}</a>
        </p>
      )}
    </>
  )
}
