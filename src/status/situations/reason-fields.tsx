import { Radios } from '#ground/html/choices.tsx'
import { type Problems, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { openingReasons, type ReasonsOf } from './opening-reasons.ts'

const texts = inBoth({
  ja: {
    choice: { gathering: '照会を始める理由', command_centre: '設置する理由', dissolution: '廃止する理由' },
    choice_hint: '1つ選べば、あとは押すだけです。当たるものがなければ、下に書いてください。',
    reason: '補足（一覧にない理由はここに）',
    reason_hint: 'だれがどう判断したかを、後から分かるように書きます。証跡に残ります。',
  },
  en: {
    choice: {
      gathering: 'Reason for asking',
      command_centre: 'Reason for setting it up',
      dissolution: 'Reason for dissolving it',
    },
    choice_hint: 'With one of these a single press is enough. If none fits, write yours below.',
    reason: 'In your own words (any reason that is not on the list)',
    reason_hint: 'Who judged what, so that it can be understood later. It stays in the audit trail.',
  },
})

type Props = { of: ReasonsOf; values: Record<string, string>; problems: Problems }

/** Why: one of the listed reasons, or the person's own words, or both. */
export function ReasonFields({ of, values, problems }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <>
      <Radios
        name="reason_choice"
        legend={t.choice[of]}
        hint={t.choice_hint}
        value={values.reason_choice}
        choices={openingReasons[of].map(({ code, says }) => ({ value: code, text: says[language] }))}
      />
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reason_hint}
        value={values.reason}
        problem={problems.reason}
        rows={3}
      />
    </>
  )
}
