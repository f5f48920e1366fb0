import { Banner } from '#ground/html/banner.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Columns, LongText } from '#ground/html/frame.tsx'
import { inBoth, languages } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

type Said = { text_ja: string; text_en: string }
/** How what is said in two languages has come apart. */
export type Parted = 'english_missing' | 'english_as_before' | 'japanese_as_before'

/** What would part the two languages unnoticed: only one of them has changed, or there is one only; null when they go together. */
export function partedLanguages(before: Said | null, after: Said): Parted | null {
  // A form without English says it in Japanese, in both places.
  if (after.text_en === after.text_ja) return 'english_missing'
  // English that was missing and now comes is no parting.
  if (!before || before.text_en === before.text_ja) return null
  const [ja, en] = [before.text_ja === after.text_ja, before.text_en === after.text_en]
  if (en && !ja) return 'english_as_before'
  return ja && !en ? 'japanese_as_before' : null
}

const texts = inBoth({
  ja: {
    languages: { ja: '日本語のページの文章', en: '英語のページの文章' },
    parted: {
      english_missing: '英語の文章がありません。英語のページにも日本語の文章が出ます。',
      english_as_before: '日本語だけが変わりました。英語はもとのままです。',
      japanese_as_before: '英語だけが変わりました。日本語はもとのままです。',
    },
    ticks: {
      english_missing: '英語の文章なしで公表してよい',
      english_as_before: '英語はこのままで正しい',
      japanese_as_before: '日本語はこのままで正しい',
    },
  },
  en: {
    languages: { ja: 'On the Japanese page', en: 'On the English page' },
    parted: {
      english_missing: 'There is no English text. The English page shows the Japanese one.',
      english_as_before: 'Only the Japanese has changed. English is as before.',
      japanese_as_before: 'Only the English has changed. Japanese is as before.',
    },
    ticks: {
      english_missing: 'Publish without an English text',
      english_as_before: 'English is right as it stands',
      japanese_as_before: 'Japanese is right as it stands',
    },
  },
})

/** What the public will read in each language, side by side, and in red how the two have come apart. */
export function BothLanguages({ said, parted }: { said: Said; parted: Parted | null }) {
  const t = useTexts(texts)
  return (
    <>
      {parted && <Banner kind="error" title={t.parted[parted]} />}
      <Columns>
        {languages.map((language) => (
          <section key={language}>
            <h2>{t.languages[language]}</h2>
            <div lang={parted === 'english_missing' ? 'ja' : language}>
              <LongText>{said[`text_${language}`]}</LongText>
            </div>
          </section>
        ))}
      </Columns>
    </>
  )
}

/** Whoever lets the languages part says so; without it nothing is published. */
export function LanguagesTick({ parted, problem }: { parted: Parted | null; problem: string | undefined }) {
  const t = useTexts(texts)
  return parted && <Checkbox name="languages" text={t.ticks[parted]} problem={problem} required />
}
/** Why what was pressed without the tick is not published. */
export const languagesProblem = inBoth({
  ja: { languages: 'まだ公表していません。日本語と英語を見比べ、このままでよければ印を付けてください' },
  en: { languages: 'Not published yet. Compare Japanese and English, and tick the box if this is right' },
})
