import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { mayIn } from '#ground/rights/may.ts'
import { GapList } from './gap-list.tsx'
import { gap_days, gapsOf, hasGaps } from './gaps.ts'
import type { ContactView } from './queries.ts'
import { contactWords } from './words.ts'

const texts = inBoth({
  ja: {
    quarantined: (count: number) => `届かない連絡先があります（${count}件）`,
    quarantined_body: '新しいアドレスに直すか、もう一度確認すると、ふたたび使われます。',
    gaps: `この${gap_days}日間に、連絡がつかない時間か、初動要員のいない時間帯があります`,
    gaps_body: '連絡先の「連絡がつく時間」と「初動要員」を直してください。',
  },
  en: {
    quarantined: (count: number) => `Some addresses do not arrive (${count})`,
    quarantined_body: 'Change them, or verify them again, and they are used once more.',
    gaps: `In the next ${gap_days} days there are hours without anybody to reach, or without a first responder`,
    gaps_body: 'Change when your contacts can be reached, and who responds first.',
  },
})

/** What an institution must mend in its entry: addresses that do not arrive, and hours in which nobody can be reached. */
export function EntryBanners({ contacts, now }: { contacts: readonly ContactView[]; now: Date }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language, reader } = useReading()
  const [first] = contacts
  const may_mend = reader !== null && first !== undefined && mayIn(reader, 'contact.edit', first.institution_id)
  const stopped = contacts.flatMap((contact) =>
    contact.addresses
      .filter(({ quarantined_at }) => quarantined_at !== null)
      .map((address) => ({ ...address, who: named(language, contact) })),
  )
  const gaps = gapsOf(contacts, now)
  return (
    <>
      {stopped.length > 0 && (
        <Banner kind="warning" title={t.quarantined(stopped.length)}>
          <ul>
            {stopped.map(({ id, who, means, address }) => (
              <li key={id}>
                {may_mend ? (
                  <a href={`/contacts/addresses/${id}`}>
                    {who} {words.means[means]} {address}
                  </a>
                ) : (
                  `${who} ${words.means[means]} ${address}`
                )}
              </li>
            ))}
          </ul>
          <p>{t.quarantined_body}</p>
        </Banner>
      )}
      {hasGaps(gaps) && (
        <Banner kind="warning" title={t.gaps}>
          <GapList gaps={gaps} />
          <p>{t.gaps_body}</p>
        </Banner>
      )}
    </>
  )
}
