import { Chip } from '#html/chip.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { Time } from '#html/time.tsx'
import { statusWords } from '#status/words.ts'
import { pageWords } from './page-words.ts'
import { asSeen } from './seen.ts'
import type { FunctionState } from './snapshot.ts'

type Declared = Pick<FunctionState, 'condition' | 'as_of' | 'expires_at'>

/** A condition as colour, picture and word; once expired, 「不明（14:00 JSTから）」. */
export function Condition({ of }: { of: Declared }) {
  const { now } = useReading()
  const words = useTexts(statusWords).conditions
  const { condition, unknown_since } = asSeen(of, now)
  return unknown_since ? (
    <Chip look="expired">
      <UnknownSince at={unknown_since} />
    </Chip>
  ) : (
    <Chip look={condition}>{words[condition]}</Chip>
  )
}

export function UnknownSince({ at }: { at: string }) {
  const [before, after] = useTexts(pageWords).unknown_since
  return (
    <span>
      {before}
      <Time at={new Date(at)} />
      {after}
    </span>
  )
}

/** When it was said, and until when it may be believed. */
export function Freshness({ of }: { of: Declared }) {
  const { now } = useReading()
  const [before, after] = useTexts(pageWords).valid_until
  return (
    <>
      <Time at={new Date(of.as_of)} />
      {asSeen(of, now).unknown_since === null && (
        <>
          {before}
          <Time at={new Date(of.expires_at)} />
          {after}
        </>
      )}
    </>
  )
}

/** A published text; each line a paragraph. */
export const Paragraphs = ({ text }: { text: string }) =>
  text
    .split(/\n+/)
    .filter(Boolean)
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
    .map((line, index) => <p key={index}>{line}</p>)
