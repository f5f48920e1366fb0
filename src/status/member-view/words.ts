import { inBoth, type Language } from '#ground/html/language.ts'

/** What can be seen of a participant by name, in the order in which it is said. */
export const viewFields = ['shows_functions', 'shows_bcp', 'shows_said_at', 'shows_next_update'] as const
export type ViewField = (typeof viewFields)[number]
/** What members see of each other's names; where it is false they see counts only. */
export type Shown = Record<ViewField, boolean>

export const viewWords = inBoth({
  ja: {
    title: '会員に見える範囲',
    fields: {
      shows_functions: '業務の状況',
      shows_bcp: 'BCPの発動状況',
      shows_said_at: '報告の時刻',
      shows_next_update: '次回の報告の予定',
    },
    yours: {
      shows_functions: '業務の状況',
      shows_bcp: 'BCPの発動状況',
      shows_said_at: '報告の時刻',
      shows_next_update: '次回の報告の予定',
    },
    by_name: '名前で見える',
    counts: '件数だけ',
    and: '、',
    name: '貴機関の名前',
    once: { shared: '会員に見えるもの（還元の後）：', at_once: '会員に見えるもの：' },
    will_see: (what: string) => `${what}。`,
    counts_only: '件数だけ。貴機関の名前は出ません。',
    never: '被害、補足、人、再開見込みは見えません。',
  },
  en: {
    title: 'What members see',
    fields: {
      shows_functions: 'State of functions',
      shows_bcp: 'BCP activation',
      shows_said_at: 'Time of the report',
      shows_next_update: 'Next update due',
    },
    yours: {
      shows_functions: 'the state of your functions',
      shows_bcp: 'your BCP activation',
      shows_said_at: 'when you reported',
      shows_next_update: 'when your next update is due',
    },
    by_name: 'By name',
    counts: 'Counts only',
    and: ', ',
    name: 'your name',
    once: { shared: 'Members will see, once shared with institutions: ', at_once: 'Members will see: ' },
    will_see: (what: string) => `${what}.`,
    counts_only: 'counts only, not your name.',
    never: 'They never see damage, remarks, people or expected resumption.',
  },
})

/** Whether anybody stands there by name at all. */
export const isByName = ({ shows_functions, shows_bcp }: Pick<Shown, 'shows_functions' | 'shows_bcp'>) =>
  shows_functions || shows_bcp

const all: Shown = { shows_functions: true, shows_bcp: true, shows_said_at: true, shows_next_update: true }

/** What of participants is seen by name, in words. */
export const fieldsSeen = (language: Language, shown: Shown): string =>
  viewFields
    .filter((field) => shown[field])
    .map((field) => viewWords[language].fields[field])
    .join(viewWords[language].and)

/**
 * What a firm is told before it files; of an institution without which the market cannot work everything is seen by name.
 * `at_once`: of no situation, whose picture waits for nobody to share it.
 */
export function willSee(
  language: Language,
  shown: Shown,
  { is_infrastructure = false, at_once = false }: { is_infrastructure?: boolean; at_once?: boolean } = {},
): string {
  const t = viewWords[language]
  const seen = is_infrastructure ? all : shown
  const fields = viewFields.filter((field) => seen[field]).map((field) => t.yours[field])
  const what = isByName(seen) ? t.will_see([t.name, ...fields].join(t.and)) : t.counts_only
  return `${t.once[at_once ? 'at_once' : 'shared']}${what}`
}
