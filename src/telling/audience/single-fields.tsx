import { Button } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { Lists } from './audience-form.ts'
import type { AudienceChoices } from './choices.ts'
import {
  findInstitutions,
  found_shown_max,
  type Single,
  searchIn,
  sought_length_max,
  soughtFor,
} from './find-institutions.ts'
import { audienceWords } from './words.ts'

const texts = inBoth({
  ja: {
    find: { institutions: '宛先にする機関を探す', without: '除く機関を探す' },
    hint: '名前・読み・コードの一部（例：SEC-001）。押しても、ほかの入力は消えません。',
    chosen: { institutions: '宛先に選んだ機関', without: '除く機関' },
    gone: '今は参加していない機関',
    found: '見つかった機関',
    matches: (sought: string, count: number) => `「${sought}」に当たる機関：${count}。選ぶものに印を付けてください。`,
    more: (sought: string, count: number) =>
      `「${sought}」に当たる機関：${count}。初めの${found_shown_max}だけを表示しています。言葉を足して探し直してください。`,
    none: (sought: string) => `「${sought}」に当たる機関はありません。別の言葉で探してください。`,
    empty: '機関の名前・読み・コードの一部を入力してから、押してください。',
  },
  en: {
    find: { institutions: 'Find institutions to address', without: 'Find institutions to leave out' },
    hint: 'A part of a name or code, such as SEC-001. Everything else that you entered stays.',
    chosen: { institutions: 'Addressed one by one', without: 'Left out' },
    gone: 'No longer taking part',
    found: 'Found',
    matches: (sought: string, count: number) => `${count} found for “${sought}”. Tick those that you mean.`,
    more: (sought: string, count: number) =>
      `${count} found for “${sought}”. Only the first ${found_shown_max} are shown: add a word and look again.`,
    none: (sought: string) => `No institution is called “${sought}”. Try other words.`,
    empty: 'Enter a part of a name or code, then press.',
  },
})

/**
 * What Enter presses, in any field of the form: the first of its buttons, which must not be one that looks for institutions
 * while somebody is writing something else. `searchIn` tells what the press was for.
 */
export const Onwards = () => <button type="submit" className="dads-visually-hidden" tabIndex={-1} aria-hidden="true" />

/** Institutions one by one: those chosen are ticked, others are looked for by name. Every institution stands here once at most. */
export function SingleFields({
  name,
  summary,
  hint,
  choices: { institutions },
  values,
}: {
  name: Single
  summary: string
  hint?: string
  choices: Pick<AudienceChoices, 'institutions'>
  values: Lists
}) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const { language } = useReading()
  const sought = soughtFor(values, name)
  const is_asked = searchIn(values) === name
  const found = findInstitutions(institutions, sought)
  const shown = found.slice(0, found_shown_max)
  const chosen = [...new Set(values[name])]
  const apart = chosen.filter((code) => !shown.some((one) => one.code === code))
  return (
    <Details
      summary={words.size(summary, chosen.length)}
      open={chosen.length > 0 || sought !== '' || is_asked}
      id={`${name}-one-by-one`}
    >
      {hint && <p>{hint}</p>}
      {apart.length > 0 && (
        <Checkboxes
          name={name}
          id={`${name}-chosen`}
          legend={t.chosen[name]}
          values={apart}
          choices={apart.map((code) => {
            const one = institutions.find((each) => each.code === code)
            // What was chosen is never lost unseen.
            return { value: code, text: one ? named(language, one) : code, ...(!one && { hint: t.gone }) }
          })}
        />
      )}
      <TextInput
        type="search"
        name={`find_${name}`}
        label={t.find[name]}
        hint={t.hint}
        value={sought}
        width="half"
        maxLength={sought_length_max}
      />
      <p>
        <Button kind="outline" size="md" name="find" value={name}>
          {t.find[name]}
        </Button>
      </p>
      <HiddenFields fields={{ [`found_${name}`]: sought }} />
      {(is_asked || sought !== '') && (
        <p id={`found-${name}`} tabIndex={-1} autoFocus={is_asked}>
          {sought === ''
            ? t.empty
            : found.length === 0
              ? t.none(sought)
              : (found.length > shown.length ? t.more : t.matches)(sought, found.length)}
        </p>
      )}
      {shown.length > 0 && (
        <Checkboxes
          name={name}
          legend={t.found}
          values={chosen}
          choices={shown.map((one) => ({ value: one.code, text: named(language, one), hint: one.code }))}
        />
      )}
    </Details>
  )
}
