import { contactWords, showWritten } from '#directory/contacts/index.ts'
import type { RecipientAddress } from '#ground/db/tables.ts'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'

const called = ['mobile', 'phone', 'priority_phone', 'satellite'] as const
const isCalled = ({ means }: RecipientAddress) => (called as readonly string[]).includes(means)

type Person = { id: string; name_ja: string; name_en: string | null; addresses: readonly RecipientAddress[] }

/** The people in the order of the call tree, each with the numbers to dial, and those of their fax. */
export function Numbers({ people, with_fax }: { people: readonly Person[]; with_fax?: boolean }) {
  const { language } = useReading()
  const words = useTexts(contactWords)
  return (
    <>
      {people.map((person) => {
        const numbers = person.addresses.filter((each) => isCalled(each) || (with_fax && each.means === 'fax'))
        return (
          <p key={person.id}>
            {named(language, person)}
            {numbers.map(({ means, address }) => (
              <span key={`${means} ${address}`}>
                <br />
                <span className="dads-note">{words.means[means]}</span> <Dial number={address} />
              </span>
            ))}
          </p>
        )
      })}
    </>
  )
}

/** A number that a phone dials when it is touched. */
export const Dial = ({ number }: { number: string }) => <a href={`tel:${number}`}>{showWritten(number)}</a>
