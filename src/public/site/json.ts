import type { Language } from '#ground/html/language.ts'
import { pathsOf } from './paths.ts'
import { asSeen, closedOnes, hasExpired, openOnes } from './seen.ts'
import type { PublicSituation, Snapshot } from './snapshot.ts'
import type { View } from './view.ts'
import { disclaimer } from './words.ts'

/**
 * The public picture for programs. Promised to stay as it is under `version` 1; fields may be added, none changes its meaning.
 * Times are ISO 8601 in UTC. A condition that has expired is `unknown` and carries `unknown_since` and, as what it was when it was last
 * said, `last_condition`; `unknown` with `unknown_since` null is what the source itself said. An institution that has reported and has
 * no function of the market is `no_functions`.
 */
export function renderJson(snapshot: Snapshot, view: View): string {
  const { mode, number, published_at } = snapshot
  const { origin, now, silent_since } = view
  const paths = pathsOf(mode)
  const inLanguage = (path: Record<Language, string>) => ({ ja: origin + path.ja, en: origin + path.en })
  return `${JSON.stringify(
    {
      version: 1,
      mode,
      disclaimer: mode === 'actual' ? null : { ja: disclaimer('ja', mode), en: disclaimer('en', mode) },
      number,
      published_at: number === 0 ? null : published_at,
      generated_at: now.toISOString(),
      is_demo: view.demo,
      /** False: the system behind this file does not answer, and what is said here may be old. */
      is_updating: silent_since === null,
      silent_since: silent_since?.toISOString() ?? null,
      links: { pages: inLanguage(paths.page), feeds: inLanguage(paths.feed), cap: origin + paths.cap },
      open: openOnes(snapshot).map((situation) => ({ ...about(situation), ...stateOf(situation, now) })),
      closed: closedOnes(snapshot, now).map((situation) => ({
        ...about(situation),
        closed_at: situation.closed_at,
        closing: { ja: situation.closing_ja, en: situation.closing_en },
      })),
      messages: snapshot.messages.map((message) => ({
        number: message.number,
        situation_id: message.situation_id,
        cap_kind: message.cap_kind,
        identifier: message.identifier,
        sent: new Date(message.sent).toISOString(),
        cap: origin + paths.message(message),
        corrects: message.corrects,
        corrected: message.corrected,
      })),
    },
    null,
    1,
  )}\n`
}

const about = (situation: PublicSituation) => ({
  id: situation.id,
  hazard: situation.hazard,
  title: { ja: situation.title_ja, en: situation.title_en },
  text: { ja: situation.text_ja, en: situation.text_en },
  event_at: situation.event_at,
  opened_at: situation.opened_at,
  /** `none`: information is gathered without one. As of `updated_at`. */
  command_centre: { state: situation.command_centre, since: situation.command_centre_at },
  updated_at: situation.updated_at,
  /** When `text` took the place of something wrong. */
  corrected_at: situation.corrected_at,
  earlier: situation.earlier.map(({ number, published_at, corrected_at, text_ja, text_en }) => ({
    number,
    published_at,
    corrected_at,
    text: { ja: text_ja, en: text_en },
  })),
})

const stateOf = (situation: PublicSituation, now: Date) => ({
  next_update_at: situation.next_update_at,
  functions: situation.functions.map((row) => ({
    market: row.market,
    function_code: row.function_code,
    ...asSeen(row, now),
    as_of: row.as_of,
    expires_at: row.expires_at,
    source: { ja: row.source_ja, en: row.source_en },
    /** Of how many institutions, of those that have the function, the condition is true. */
    institutions: { concerned: row.concerned, total: row.total },
  })),
  institutions: situation.institutions.map((row) => ({
    name: { ja: row.name_ja, en: row.name_en },
    kind: { ja: row.kind_ja, en: row.kind_en },
    ...asSeen(row, now),
    bcp: hasExpired(row, now) ? 'unknown' : row.bcp,
    resumption_at: hasExpired(row, now) ? null : row.resumption_at,
    normal_at: hasExpired(row, now) ? null : row.normal_at,
    as_of: row.as_of,
    expires_at: row.expires_at,
  })),
  /** The BCPs of the markets, as last published: the last step decided, by whom, and from when it holds. */
  activations: situation.activations.map(({ market_ja, market_en, body_ja, body_en, ...row }) => ({
    ...row,
    name: { ja: market_ja, en: market_en },
    body: { ja: body_ja, en: body_en },
  })),
  participants: situation.participants,
})
