import type { ReactNode } from 'react'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { Card } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Age, AgeBeside, Time } from '#ground/html/time.tsx'
import { showPhone, writePhone } from '#ground/market/phone.ts'
import { reachableNow, respondsFirst } from './gaps.ts'
import type { AddressView, ContactView } from './queries.ts'
import { contactWords, duties, hours, isCalled, isNumber } from './words.ts'

const texts = inBoth({
  ja: {
    reachable: '今つながる時間帯',
    not_reachable: '今は登録の時間外',
    first_now: '初動要員（いま）',
    you: 'あなたの連絡先',
    ways: '連絡手段（上から順に試す）',
    duties: '担当',
    hours: '連絡がつく時間',
    first: '初動要員',
    none: 'なし',
    called_by: '連絡を回す人',
    by_desk: '事務局から直接',
    confirmed: '最終確認',
    never: 'まだ確認されていません',
    changed_since: '確認のあとに変更あり',
    verified: '本人確認済み',
    unverified: '未確認',
    tested: 'テスト',
    untested: '未テスト',
    quarantined: '届かないため停止中',
    role: '共有',
    now_read_by: (name: string) => `今は${name}`,
    between: '、',
  },
  en: {
    reachable: 'Reachable at this hour',
    not_reachable: 'Not reachable at this hour',
    first_now: 'First responder now',
    you: 'This is you',
    ways: 'Ways to reach (try from the top)',
    duties: 'Duties',
    hours: 'Reachable',
    first: 'First responder',
    none: 'None',
    called_by: 'Called by',
    by_desk: 'The secretariat itself',
    confirmed: 'Last confirmed',
    never: 'Not confirmed yet',
    changed_since: 'changed since',
    verified: 'Verified',
    unverified: 'Not verified',
    tested: 'Tested',
    untested: 'Not tested',
    quarantined: 'Stopped: does not arrive',
    role: 'Shared',
    now_read_by: (name: string) => `now ${name}`,
    between: ', ',
  },
})

type Props = {
  contacts: readonly ContactView[]
  /** What stands below a contact, such as the button to change it. */
  below?: (contact: ContactView, index: number) => ReactNode
  /** Where an address is verified, for who may. */
  verification?: ((address: AddressView) => ReactNode) | undefined
}

/** The call tree of an institution (S0-22): whom to call in which order, each way to be pressed, with how well it is known to work. */
export const CallTree = ({ contacts, below, verification }: Props) =>
  contacts.map((contact, index) => (
    <ContactCard key={contact.id} contact={contact} verification={verification}>
      {below?.(contact, index)}
    </ContactCard>
  ))

/** One contact: who they are, when and how they are reached, and when somebody last said that this is so. */
export function ContactCard({
  contact,
  verification,
  children,
}: {
  contact: ContactView
  verification?: Props['verification']
  children?: ReactNode
}) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language, now, reader } = useReading()
  const list = <T extends string>(order: readonly T[], held: readonly T[], of: Record<T, string>) =>
    order
      .filter((one) => held.includes(one))
      .map((one) => of[one])
      .join(t.between) || t.none
  const caller = contact.caller_ja && named(language, { name_ja: contact.caller_ja, name_en: contact.caller_en })
  return (
    <Card
      level="h2"
      title={
        <>
          {contact.rank}. {named(language, contact)}
          {contact.title && <Brackets>{contact.title}</Brackets>}
        </>
      }
    >
      <Chips>
        {respondsFirst(contact, now) && <Chip look="sent">{t.first_now}</Chip>}
        <Chip look={reachableNow(contact, now) ? 'normal' : 'expired'}>
          {reachableNow(contact, now) ? t.reachable : t.not_reachable}
        </Chip>
        {reader?.id === contact.person_id && <Chip look="none">{t.you}</Chip>}
      </Chips>
      <h3>{t.ways}</h3>
      <ol>
        {contact.addresses.map((address) => (
          <li key={address.id}>
            <Way address={address} />
            {verification?.(address)}
          </li>
        ))}
      </ol>
      <SummaryList
        items={[
          { term: t.duties, value: list(duties, contact.duties, words.duties) },
          { term: t.hours, value: list(hours, contact.hours, words.hours) },
          { term: t.first, value: list(['night', 'holiday'], contact.first_responder, words.hours) },
          { term: t.called_by, value: caller ?? t.by_desk },
          { term: t.confirmed, value: <Confirmed {...contact} /> },
        ]}
      />
      {children}
    </Card>
  )
}

/** When an entry was last said to be right, by whom, and whether it has changed since. */
export function Confirmed({
  confirmed_at,
  confirmer_ja,
  confirmer_en,
  changed_at,
}: {
  confirmed_at: Date | null
  confirmer_ja: string | null
  confirmer_en: string | null
  changed_at?: Date
}) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (!confirmed_at) return <Chip look="not_reported">{t.never}</Chip>
  return (
    <>
      <Time at={confirmed_at} with_date />
      <AgeBeside at={confirmed_at} />{' '}
      {confirmer_ja && named(language, { name_ja: confirmer_ja, name_en: confirmer_en })}
      {changed_at && changed_at > confirmed_at && <Chip look="partial">{t.changed_since}</Chip>}
    </>
  )
}

/** One address to press, and how well it is known: who proved it, when it last took something, and whether it has stopped. */
function Way({ address }: { address: AddressView }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { means, verified_at, tested_at, quarantined_at } = address
  const shown = isNumber(means) ? showPhone(address) : address.address
  const href = hrefOf(address)
  const label = (
    <>
      {words.means[means]} {isNumber(means) ? <span className="dads-number">{shown}</span> : shown}
    </>
  )
  return (
    <>
      <p>
        {href ? (
          <ButtonLink href={href} size="md">
            {label}
          </ButtonLink>
        ) : (
          label
        )}
      </p>
      <Chips>
        {quarantined_at && (
          <Chip look="failed">
            {t.quarantined} <Time at={quarantined_at} with_date />
          </Chip>
        )}
        <Chip look={verified_at ? 'normal' : 'not_reported'}>
          {verified_at ? t.verified : t.unverified} {verified_at && <Age at={verified_at} />}
        </Chip>
        {means === 'mail' && (
          <Chip look={tested_at ? 'sent' : 'waiting'}>
            {tested_at ? t.tested : t.untested} {tested_at && <Age at={tested_at} />}
          </Chip>
        )}
        {address.is_role_mailbox && (
          <Chip look="none">
            {t.role} {address.person_behind && t.now_read_by(address.person_behind)}
          </Chip>
        )}
      </Chips>
      {quarantined_at && address.quarantine_reason && <p className="dads-note">{address.quarantine_reason}</p>}
    </>
  )
}

/** Where a press leads: into the phone, or into a new mail (RFC 3966, RFC 6068). */
function hrefOf(address: AddressView): string | undefined {
  if (isCalled(address.means)) return `tel:${writePhone(address)}`
  if (address.means === 'mail') return `mailto:${encodeURIComponent(address.address).replace('%40', '@')}`
  return undefined
}
