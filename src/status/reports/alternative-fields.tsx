import { Radios } from '#ground/html/choices.tsx'
import { type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { alternatives, statusWords } from '#ground/market/words.ts'
import { alternative_other_length_max } from './alternative.ts'

const texts = inBoth({
  ja: {
    title: '代替運用中の業務がある場合',
    hint: '代替運用中の業務がなければ、この3つは登録されません。',
    from_hint: '本来の設備や拠点の代わりに使っているもの',
    other: '「その他」の内容（1行）',
    normal_at: '通常復帰の見込み（日本時間）',
    normal_hint: '分からなければ空欄にしてください。',
  },
  en: {
    title: 'If a function runs on the alternative',
    hint: 'While none does, these three are not filed.',
    from_hint: 'What you use in place of the usual systems or site',
    other: 'Which other (one line)',
    normal_at: 'Expected back to normal (Japan time)',
    normal_hint: 'Leave it empty if not known.',
  },
})

/** From where functions are run on the alternative, and until when that is expected. */
export function AlternativeFields({ values, problems }: { values: Record<string, string>; problems: Problems }) {
  const t = useTexts(texts)
  const words = useTexts(statusWords)
  return (
    <>
      <h3>{t.title}</h3>
      <p className="dads-note">{t.hint}</p>
      <Radios
        name="alternative_from"
        legend={words.alternative_from}
        hint={t.from_hint}
        layout="segmented"
        choices={alternatives.map((value) => ({ value, text: words.alternatives[value] }))}
        value={values.alternative_from}
        problem={problems.alternative_from}
      />
      <TextInput
        name="alternative_other"
        label={t.other}
        value={values.alternative_other}
        problem={problems.alternative_other}
        maxLength={alternative_other_length_max}
      />
      <TextInput
        name="normal_at"
        type="datetime-local"
        label={t.normal_at}
        hint={t.normal_hint}
        value={values.normal_at}
        problem={problems.normal_at}
        width="half"
      />
    </>
  )
}
