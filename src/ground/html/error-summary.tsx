import type { Problems } from './forms.tsx'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

const texts = inBoth({
  ja: { title: (count: number) => `入力内容を確認してください（${count}件）` },
  en: { title: (count: number) => `Please check your answers (${count})` },
})

/** What is wrong with a form, each line a link to its field; takes the focus when the page opens. */
export function ErrorSummary({ problems = {} }: { problems?: Problems | undefined }) {
  const { title } = useTexts(texts)
  const entries = Object.entries(problems)
  if (entries.length === 0) return null
  return (
    <div className="dads-error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2 className="dads-error-summary__title">{title(entries.length)}</h2>
      <ul className="dads-error-summary__list">
        {entries.map(([name, message]) => (
          <li key={name}>
            <a href={`#${name}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
