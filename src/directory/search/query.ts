import { z } from 'zod'
import { kinds } from '#directory/institutions/index.ts'
import { areaByCode } from '#ground/market/areas.ts'

const words_max = 8

/** What somebody looks for. Anything strange in an address or a form counts as not asked for. */
export const Sought = z.object({
  q: z
    .string()
    .transform((text) => text.replaceAll('\0', '').trim().slice(0, 100))
    .catch(''),
  kind: z.enum(kinds).nullable().catch(null),
  area: z
    .string()
    .refine((code) => areaByCode.has(code))
    .nullable()
    .catch(null),
  reachable: z.literal('now').nullable().catch(null),
})
export type Sought = z.output<typeof Sought>

/** The same search as fields of a form or an address, without those that are empty. */
export const fieldsOf = ({ q, kind, area, reachable }: Sought): Record<string, string> => ({
  ...(q && { q }),
  ...(kind && { kind }),
  ...(area && { area }),
  ...(reachable && { reachable }),
})

/** A word to look for: as letters, and, when it could be a part of a phone number, as digits. */
export type Word = { letters: string; digits: string | null }

/** The words of a search, folded as the database folds what it keeps: every one of them must be found. */
export const wordsOf = (q: string): Word[] =>
  q
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s、,]+/)
    .filter(Boolean)
    .slice(0, words_max)
    .map((word) => ({
      letters: word.replaceAll(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60)),
      digits: /^\+?[0-9()‐-―−-]*[0-9][0-9()‐-―−-]*$/.test(word) ? word.replaceAll(/[^0-9]/g, '') : null,
    }))
