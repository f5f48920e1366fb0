import { inBoth } from './language.ts'
import type { Typed } from './refill.ts'
import { useTexts } from './render.tsx'

const texts = inBoth({
  ja: {
    title: 'あなたが入力した文',
    lead: '登録されていません。必要なら、ここから写してお使いください。',
    typed: (at: number) => `入力した文 ${at}`,
  },
  en: {
    title: 'What you typed',
    lead: 'It was not taken. Copy it from here if you need it.',
    typed: (at: number) => `Text ${at}`,
  },
})

/** Words that a person wrote: no id, figure, date or choice of a form. */
export const isWritten = (value: string) =>
  /[^\x20-\x7e]/.test(value) || /\S\s+\S/.test(value) || (value.length > 24 && !/^[\w.:+/=-]+$/.test(value))

/** The presser's own words, of a form that was not taken: nothing that somebody typed is gone because another was faster. */
export function TypedWords({ typed }: { typed: Typed }) {
  const t = useTexts(texts)
  const written = [...new Set(typed.map(([, value]) => value).filter(isWritten))]
  if (written.length === 0) return null
  return (
    <section aria-labelledby="typed">
      <h2 id="typed">{t.title}</h2>
      <p>{t.lead}</p>
      {written.map((value, at) => (
        <textarea
          key={value}
          className="dads-textarea"
          readOnly
          rows={Math.min(10, value.split('\n').length + 1)}
          aria-label={t.typed(at + 1)}
          defaultValue={value}
        />
      ))}
    </section>
  )
}
