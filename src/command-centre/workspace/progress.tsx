import { Chip } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import type { Progress } from './queries.ts'

const texts = inBoth({
  ja: {
    not_asked: '未依頼',
    reported: (reported: number, asked: number) => `${reported} / ${asked}機関が報告`,
    unasked: (count: number) => `依頼していない${count}機関が報告`,
    own: { reported: '貴機関：報告済み', not_reported: '貴機関：未報告' },
  },
  en: {
    not_asked: 'Not asked',
    reported: (reported: number, asked: number) => `${reported} of ${asked} reported`,
    unasked: (count: number) => `${count} reported without being asked`,
    own: { reported: 'Your institution: reported', not_reported: 'Your institution: not reported' },
  },
})

/** How far an asking has come: green only when all who were asked have reported. */
export function useProgress(progress: Progress): { look: 'waiting' | 'not_reported' | 'normal'; words: string } | null {
  const t = useTexts(texts)
  if ('market' in progress) {
    const { asked, reported, unasked } = progress.market
    const beside = unasked > 0 ? t.unasked(unasked) : ''
    if (asked === 0) return { look: 'waiting', words: [t.not_asked, beside].filter(Boolean).join(' ・ ') }
    const words = [t.reported(reported, asked), beside].filter(Boolean).join(' ・ ')
    return { look: reported < asked ? 'not_reported' : 'normal', words }
  }
  const { own } = progress
  if (own?.has_reported) return { look: 'normal', words: t.own.reported }
  return own?.is_asked ? { look: 'not_reported', words: t.own.not_reported } : null
}

/** The same as a chip; nothing for whom there is nothing to say. */
export function ProgressChip({ progress }: { progress: Progress }) {
  const said = useProgress(progress)
  return said && <Chip look={said.look}>{said.words}</Chip>
}
