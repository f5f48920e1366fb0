import { contactWords, hoursAt, showPhone } from '#directory/contacts/index.ts'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { Details } from '#ground/html/details.tsx'
import { Card } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Age } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import type { Found } from './search.ts'
import { directoryTexts } from './texts.ts'

export const phones = ['mobile', 'phone', 'priority_phone', 'satellite'] as const
export const isPhone = (means: string) => (phones as readonly string[]).includes(means)

/** Where a browser goes to reach an address: a call, a mail, or nowhere. */
export const linkOf = ({ means, address, extension }: Found['addresses'][number]): string | undefined =>
  isPhone(means)
    ? `tel:${address}${extension ? `;ext=${extension}` : ''}`
    : means === 'mail'
      ? `mailto:${encodeURIComponent(address).replace('%40', '@')}`
      : undefined

export const shownAddress = (one: Found['addresses'][number]) =>
  isPhone(one.means) || one.means === 'fax' ? showPhone(one) : one.address

/** A contact with what an emergency needs first: who, of where, and one press to call or write. */
export function ContactCard({ contact }: { contact: Found }) {
  const t = useTexts(directoryTexts)
  const { means, duties } = useTexts(contactWords)
  const { language, now, reader } = useReading()
  const institution = named(language, { name_ja: contact.institution_ja, name_en: contact.institution_en })
  const may_see =
    reader &&
    (may(reader, 'directory.see') ||
      reader.institution_id === contact.institution_id ||
      (may(reader, 'directory.see-supervised') && contact.kind !== 'association'))
  const usable = contact.addresses.filter(({ quarantined_at }) => !quarantined_at)
  const phone = usable.find((one) => isPhone(one.means))
  const mail = usable.find((one) => one.means === 'mail')
  const is_now = usable.length > 0 && contact.hours.includes(hoursAt(now))
  return (
    <Card title={`${named(language, contact)} ${contact.title}`.trim()}>
      <p>
        {may_see ? <a href={`/institutions/${contact.institution_id}`}>{institution}</a> : institution}
        <br />
        {t.ranks[contact.rank - 1] ?? t.rank(contact.rank)} ・ {contact.duties.map((duty) => duties[duty]).join(' / ')}
        <br />
        <span className="dads-note">
          {t.confirmed}: {contact.confirmed_at ? <Age at={contact.confirmed_at} /> : t.never}
        </span>
      </p>
      <Chips>
        <Chip look={is_now ? 'normal' : 'expired'}>{is_now ? t.now : t.not_now}</Chip>
      </Chips>
      <Buttons>
        {phone && <ButtonLink href={linkOf(phone)!}>{t.call(shownAddress(phone))}</ButtonLink>}
        {mail && <ButtonLink href={linkOf(mail)!}>{t.mail}</ButtonLink>}
      </Buttons>
      {contact.addresses.length > usable.filter((one) => one === phone || one === mail).length && (
        <Details summary={t.ways} id={`ways-${contact.id}`}>
          <SummaryList
            items={contact.addresses.map((one, index) => ({
              term: `${index + 1} ${means[one.means]}`,
              value: (
                <>
                  {linkOf(one) ? <a href={linkOf(one)}>{shownAddress(one)}</a> : shownAddress(one)}
                  {one.person_behind && ` ${t.behind(one.person_behind)}`}{' '}
                  {one.quarantined_at && <Chip look="failed">{t.refused}</Chip>}
                </>
              ),
            }))}
          />
        </Details>
      )}
    </Card>
  )
}
