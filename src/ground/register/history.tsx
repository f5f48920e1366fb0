import type { ReactNode } from 'react'
import { changesOf } from '#ground/db/next-version.ts'
import { Details } from '#ground/html/details.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { partTexts } from './part-texts.ts'
import { shown_max } from './parts.ts'
import { Who } from './who.tsx'

type Made = { version: number; made_at: Date; reason: string; name_ja: string | null; name_en: string | null }

/** How one field reads: its name, and its value in words; empty when it says nothing. */
export type FieldWords<Said> = { [Field in keyof Said]: { term: string; text: (value: Said[Field]) => ReactNode } }

/** What is different, as a person reads it. */
export function differencesOf<Said extends object>(
  before: Record<keyof Said, unknown> | undefined,
  said: Said,
  words: FieldWords<Said>,
): Difference[] {
  return changesOf(before, said).flatMap(({ field, before: was, after: is }): Difference[] => {
    const { term: what, text } = words[field as keyof Said]
    const [before, after] = [was, is].map((value) => text(value as Said[keyof Said]))
    if (!before && !after) return []
    if (!before) return [{ kind: 'added', what, after }]
    if (!after) return [{ kind: 'removed', what, before }]
    return [{ kind: 'changed', what, before, after }]
  })
}

/** Who changed a thing when and why, and what: its versions, the newest first. The first stands without its differences. */
export function History<Version extends Made, Said extends object>({
  versions,
  said,
  words,
  all_at,
  shows_all,
}: {
  versions: readonly Version[]
  /** What of a version people say. */
  said: (version: Version) => Said
  words: FieldWords<Said>
  all_at: string
  shows_all: boolean
}) {
  const t = useTexts(partTexts)
  const shown = shows_all ? versions : versions.slice(0, shown_max)
  return (
    <Details summary={`${t.history} (${versions.length})`} id="history" open={shows_all}>
      <Timeline
        entries={shown.map((version, index) => {
          const before = versions[index + 1]
          return {
            key: String(version.version),
            at: version.made_at,
            title: before ? t.nth(version.version) : t.made,
            by: <Who {...version} />,
            body: (
              <>
                {version.reason && <LongText>{version.reason}</LongText>}
                {before && <Diff differences={differencesOf(said(before), said(version), words)} />}
              </>
            ),
          }
        })}
      />
      {shown.length < versions.length && (
        <p>
          <a href={all_at}>{t.show_all(versions.length - shown.length)}</a>
        </p>
      )}
    </Details>
  )
}
