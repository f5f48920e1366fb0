import { contactWords, showWritten } from '#directory/contacts/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { NumberNow, PersonNow } from './people-now.ts'

const texts = inBoth({
  ja: { new_person: '通知の後に加わった人', gone_person: '名簿から外れた人', new_number: '通知の後に変わった番号' },
  en: {
    new_person: 'added after the notice',
    gone_person: 'no longer in the directory',
    new_number: 'changed since the notice',
  },
})

/** The people in the order of the call tree, each with the numbers to dial, and those of their fax, as the directory is now. */
export function Numbers({ people, with_fax }: { people: readonly PersonNow[]; with_fax?: boolean }) {
  const { language } = useReading()
  const t = useTexts(texts)
  return people.map((person) => (
    <p key={person.id}>
      {person.change === 'gone' ? <s>{named(language, person)}</s> : named(language, person)}
      {person.change && <Brackets>{person.change === 'gone' ? t.gone_person : t.new_person}</Brackets>}
      {person.numbers
        .filter(({ means }) => with_fax || means !== 'fax')
        .map((number) => (
          <span key={`${number.means} ${number.address}`}>
            <br />
            <NumberLine number={number} />
          </span>
        ))}
    </p>
  ))
}

/** A number with what has become of it: one that was taken out is not dialled. */
export function NumberLine({ number: { means, address, change } }: { number: NumberNow }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  return (
    <>
      <span className="dads-note">{words.means[means]}</span>{' '}
      {change === 'gone' ? <s>{showWritten(address)}</s> : <Dial number={address} />}
      {change === 'new' && (
        <b>
          <Brackets>{t.new_number}</Brackets>
        </b>
      )}
    </>
  )
}

/** A number that a phone dials when it is touched. */
const Dial = ({ number }: { number: string }) => <a href={`tel:${number}`}>{showWritten(number)}</a>
