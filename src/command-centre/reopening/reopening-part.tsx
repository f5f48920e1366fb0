import { Banner } from '#ground/html/banner.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { centreOf, type SituationView } from '#status/situations/index.ts'
import type { ReopeningState } from './queries.ts'
import { reopeningTexts } from './texts.ts'

/** On the page of a situation: the way to open it again, that somebody asks for it, and once it is open what is to be done. */
export function ReopeningPart({
  situation,
  state,
  may_reopen,
}: {
  situation: Pick<SituationView, 'id' | 'closed_at' | 'centre_set_up_at' | 'centre_dissolved_at'>
  state: ReopeningState
  may_reopen: boolean
}) {
  const t = useTexts(reopeningTexts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const asker = state && named(language, { name_ja: state.asked_by_ja, name_en: state.asked_by_en })
  if (situation.closed_at) {
    if (!may_reopen) return null
    if (!state || state.decision)
      return (
        <p>
          <a href={`${path}/reopening`}>{t.offer}</a>
        </p>
      )
    return (
      <Banner kind="warning" title={t.waiting}>
        <p>
          {t.asked}: {asker} <Time at={state.asked_at} />
        </p>
        <p>
          <a href={`${path}/reopening`}>{t.see}</a>
        </p>
      </Banner>
    )
  }
  if (!state?.decided_at) return null
  const other = named(language, { name_ja: state.decided_by_ja ?? '', name_en: state.decided_by_en })
  return (
    <Banner kind="info" title={t.reopened}>
      <p>
        <Time at={state.decided_at} with_date /> {t.agreed(asker ?? '', other)}
      </p>
      {may_reopen && !(state.has_asked && state.has_told) && (
        <>
          <p>{t.next}</p>
          <ul>
            {!state.has_asked && (
              <li>
                <a href={`${path}/ask`}>{t.next_ask}</a>
              </li>
            )}
            {!state.has_told && (
              <li>
                <a
                  href={`/notices/new?kind=${centreOf(situation) === 'set_up' ? 'command_centre' : 'information'}&situation=${situation.id}&about=reopening`}
                >
                  {t.next_tell}
                </a>
              </li>
            )}
          </ul>
        </>
      )}
    </Banner>
  )
}
