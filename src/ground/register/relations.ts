import type { Relation } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

/** What one thing may have to do with another. */
export const relations = [
  'relates_to',
  'comes_from',
  'treats',
  'proves',
  'depends_on',
  'replaces',
] as const satisfies readonly Relation[]

/** Each relation as it reads before the thing that it leads to, from the one end and from the other. */
export const relationWords = inBoth<Record<'to' | 'from', Record<Relation, string>>>({
  ja: {
    to: {
      relates_to: '関連する記録',
      comes_from: 'もとになった記録',
      treats: '対応する先の記録',
      proves: '証明する記録',
      depends_on: '前提とする記録',
      replaces: '置き換えた記録',
    },
    from: {
      relates_to: '関連する記録',
      comes_from: 'ここから生まれた記録',
      treats: 'これに対応する記録',
      proves: 'これを証明する記録',
      depends_on: 'これを前提とする記録',
      replaces: 'これを置き換えた記録',
    },
  },
  en: {
    to: {
      relates_to: 'Relates to',
      comes_from: 'Comes from',
      treats: 'Treats',
      proves: 'Proves',
      depends_on: 'Depends on',
      replaces: 'Replaces',
    },
    from: {
      relates_to: 'Relates to',
      comes_from: 'Led to',
      treats: 'Treated by',
      proves: 'Proved by',
      depends_on: 'Needed by',
      replaces: 'Replaced by',
    },
  },
})
