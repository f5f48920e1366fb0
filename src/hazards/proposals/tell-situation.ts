import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import { deskRoles } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import { letterBody } from '#people/invitations/index.ts'
import type { ProposedEvent } from './describe-event.ts'
import { keyOf } from './places.ts'
import type { Cause, StoredMatch } from './stored-match.ts'

export type LetterTools = Pick<Tools, 'config' | 'later' | 'origin'>

const texts = inBoth({
  ja: {
    kinds: { issued: '気象庁の続報', corrected: '気象庁の訂正', cancelled: '気象庁の取消' },
    criteria: '設置基準の変更',
    says: (kind: string, what: string) => `${kind}：${what}。`,
    holds: (what: string) => `いまの発表：${what}。`,
    none: 'いまはどの基準にも当たりません。',
    newly: (names: string) => `新たに当たった基準：${names}。`,
    no_more: (names: string) => `当たらなくなった基準：${names}。`,
    sites: (before: number, now: number) => `該当した地域にある拠点は${before}から${now}になりました。`,
    same: '当たる基準は変わりません。',
    and: '、',
    subject: '【要見直し】',
    opening: (title: string) => `対応中の事案「${title}」のもとになった事象について、新しい発表がありました。`,
    next: '事案の名称と公表内容がいまも正しいかを確かめ、事案のページで「見直しました」を押してください。',
    heard: (time: string) => `受信：${time}`,
  },
  en: {
    kinds: {
      issued: 'The Meteorological Agency went on',
      corrected: 'The Meteorological Agency corrected',
      cancelled: 'The Meteorological Agency cancelled',
    },
    criteria: 'A criterion was changed',
    says: (kind: string, what: string) => `${kind}: ${what}. `,
    holds: (what: string) => `In force now: ${what}. `,
    none: 'No criterion is met any more.',
    newly: (names: string) => `Newly met: ${names}. `,
    no_more: (names: string) => `No longer met: ${names}. `,
    sites: (before: number, now: number) => `Sites in the areas concerned: ${now}, before ${before}. `,
    same: 'The criteria met are the same.',
    and: ', ',
    subject: 'To be reviewed: ',
    opening: (title: string) => `There is news of the event behind the open situation “${title}”.`,
    next: 'Check whether the name of the situation and what the public was told still hold, and press “Reviewed” on its page.',
    heard: (time: string) => `Received: ${time}`,
  },
})

/**
 * Tells those at work in a situation what the agency now says of its event and what that changes: a row that its pages show, a line of
 * the log, and a letter to everyone of the desk. What only repeats what was known tells nothing.
 */
export async function tellSituation(
  tx: Tx,
  tools: LetterTools,
  by: Actor,
  {
    situation_id,
    proposal,
    at,
    before,
    matches,
    event,
    cause,
    is_revision,
  }: {
    situation_id: string
    proposal: { id: string; mode: Mode; title_ja: string; title_en: string }
    at: Date
    /** What was met until now, and what is met now. */
    before: StoredMatch[]
    matches: StoredMatch[]
    event: ProposedEvent | null
    cause: Cause | undefined
    is_revision: boolean
  },
) {
  const last = await tx
    .selectFrom('situation_change')
    .where('proposal_id', '=', proposal.id)
    .where('situation_id', '=', situation_id)
    .select(['title_ja', 'title_en'])
    .orderBy('heard_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const was_called = last ? last.title_ja : proposal.title_ja
  const newly = matches.filter((each) => !before.some(isSameCriterion(each)))
  const no_more = before.filter((each) => !matches.some(isSameCriterion(each)))
  const sites = { before: sitesIn(before), now: sitesIn(matches) }
  const is_wider = newly.length === 0 && no_more.length === 0 && sites.now > sites.before
  const is_renamed = (event?.title_ja ?? null) !== was_called
  if (newly.length + no_more.length === 0 && !is_renamed && !is_wider && !is_revision) return

  const say = (language: Language) => {
    const t = texts[language]
    const name = (each: StoredMatch) => each[`criterion_${language}`]
    const holds = event?.[`title_${language}`]
    const is_cancelled = cause?.telegram.info_kind === 'cancelled'
    const what = is_cancelled || !holds ? (cause?.telegram.title ?? proposal[`title_${language}`]) : holds
    const effects = [
      is_cancelled && holds && is_renamed && t.holds(holds),
      newly.length > 0 && t.newly(newly.map(name).join(t.and)),
      no_more.length > 0 && matches.length > 0 && t.no_more(no_more.map(name).join(t.and)),
      matches.length === 0 && t.none,
      is_wider && t.sites(sites.before, sites.now),
    ].filter((effect) => typeof effect === 'string')
    const kind = cause ? t.kinds[cause.telegram.info_kind] : t.criteria
    return (t.says(kind, what) + (effects.join('') || t.same)).trim().slice(0, 1000)
  }
  const said = { said_ja: say('ja'), said_en: say('en') }
  await tx
    .insertInto('situation_change')
    .values({
      ...{ situation_id, mode: proposal.mode, proposal_id: proposal.id, telegram_id: cause?.id ?? null },
      ...said,
      title_ja: event?.title_ja ?? null,
      title_en: event?.title_en ?? null,
      is_met: matches.length > 0,
      heard_at: at,
    })
    .execute()
  const about = `/situations/${situation_id}`
  await record(tx, by, at, {
    action: 'situation.event-changed',
    about,
    mode: proposal.mode,
    details: { proposal_id: proposal.id, telegram_id: cause?.id ?? null, said: said.said_ja },
  })
  await writeToDesk(tx, tools, at, about, said)
}

const isSameCriterion = (one: StoredMatch) => (other: StoredMatch) => one.criterion_id === other.criterion_id
const sitesIn = (matches: StoredMatch[]) => new Set(matches.flatMap(({ sites }) => sites.map(keyOf))).size

async function writeToDesk(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  about: string,
  { said_ja, said_en }: { said_ja: string; said_en: string },
) {
  const situation = await tx
    .selectFrom('situation')
    .where('id', '=', about.split('/')[2] ?? '')
    .select(['mode', 'title_ja', 'title_en'])
    .executeTakeFirstOrThrow()
  const { mode } = situation
  const subjectIn = (language: Language) =>
    markedTitle(language, mode, texts[language].subject + situation[`title_${language}`])
  const desk = await peopleWithRole(tx, deskRoles)
  await queueLetters(
    tx,
    tools,
    at,
    desk.map((each) => ({
      address: each.email,
      subject: `${subjectIn('ja')} / ${subjectIn('en')}`,
      body: letterBody(each, (language) => {
        const t = texts[language]
        return [
          mode === 'actual' ? null : modeWords[language][`${mode}_notice`],
          t.opening(situation[`title_${language}`]),
          language === 'ja' ? said_ja : said_en,
          t.heard(timeWords(language, at, at, { with_date: true })),
          t.next,
          tools.origin + about,
        ]
      }),
      about,
      label: 'amber' as const,
      mode,
      purpose: 'situation-change',
    })),
  )
}
