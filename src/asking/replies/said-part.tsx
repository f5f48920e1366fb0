import { Chip } from '#ground/html/chip.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { speaksOfAlternative } from './alternative-words.ts'
import type { ReplyView } from './reply-queries.ts'

const texts = inBoth({
  ja: {
    empty: '（本文なし）',
    speaks_of_alternative: '代替運用のことが書かれています',
    pressed: {
      normal: '「すべて正常」を押した',
      alternative: '「代替運用中」を押した',
      not_normal: '「正常でない」を押した',
      acknowledged: '「確認しました」を押した',
      choice: (place: string) => `選択肢の${place}番を押した`,
    },
  },
  en: {
    empty: '(No text)',
    speaks_of_alternative: 'It speaks of an alternative',
    pressed: {
      normal: 'Pressed “all normal”',
      alternative: 'Pressed “running on the alternative”',
      not_normal: 'Pressed “not normal”',
      acknowledged: 'Pressed “I have read it”',
      choice: (place: string) => `Pressed choice ${place}`,
    },
  },
})

/** What somebody wrote, or which button they pressed; a word of an alternative is pointed at, because no word of the form says it. */
export function SaidPart({ reply: { text, pressed } }: { reply: ReplyView }) {
  const t = useTexts(texts)
  if (!pressed)
    return (
      <>
        {speaksOfAlternative(text) && <Chip look="alternative">{t.speaks_of_alternative}</Chip>}
        {text ? <LongText>{text}</LongText> : t.empty}
      </>
    )
  const { choice, ...words } = t.pressed
  return (
    <>
      <b>{words[pressed as keyof typeof words] ?? choice(pressed.replace('choice-', ''))}</b>
      {text && <LongText>{text}</LongText>}
    </>
  )
}
