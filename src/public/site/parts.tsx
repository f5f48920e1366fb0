import type { ReactNode } from 'react'
import { Chip } from '#ground/html/chip.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { LastSaid } from '#ground/market/last-said.tsx'
import { statusWords } from '#ground/market/words.ts'
import { pageTexts } from './page-texts.tsx'
import { asSeen } from './seen.ts'
import { type InstitutionState, no_functions } from './snapshot.ts'

type Declared = Pick<InstitutionState, 'condition' | 'as_of' | 'expires_at'>

/** A condition as colour, picture and word; once expired, 「不明（14:00 JSTから）（最後の報告：停止 13:00 JST）」. */
export function Condition({ of }: { of: Declared }) {
  const { now } = useReading()
  const status = useTexts(statusWords)
  const words = { ...status.conditions, no_functions: status.no_functions }
  const { condition, unknown_since, last_condition } = asSeen(of, now)
  return unknown_since ? (
    <>
      <UnknownSince at={unknown_since}>
        <Chip look="expired">{words.unknown}</Chip>
      </UnknownSince>
      {last_condition !== 'unknown' && last_condition !== no_functions && (
        <LastSaid last={{ condition: last_condition, at: new Date(of.as_of) }} />
      )}
    </>
  ) : (
    <Chip look={condition}>{words[condition]}</Chip>
  )
}

/** 「不明（14:00 JSTから）」; the word may be given as a chip. */
export function UnknownSince({ at, children }: { at: string; children?: ReactNode }) {
  const { unknown } = useTexts(statusWords).conditions
  const [before, after] = useTexts(pageTexts).unknown_since
  return (
    <span>
      {children ?? unknown}
      {before}
      <Time at={new Date(at)} />
      {after}
    </span>
  )
}

/** When it was said, and until when it may be believed. */
export function Freshness({ of }: { of: Declared }) {
  const { now } = useReading()
  const [before, after] = useTexts(pageTexts).valid_until
  return (
    <span>
      <Time at={new Date(of.as_of)} />
      {asSeen(of, now).unknown_since === null && (
        <>
          {before}
          <Time at={new Date(of.expires_at)} />
          {after}
        </>
      )}
    </span>
  )
}

/** A published text; each line a paragraph. */
export const Paragraphs = ({ text }: { text: string }) =>
  text
    .split(/\n+/)
    .filter(Boolean)
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
    .map((line, index) => <p key={index}>{line}</p>)
