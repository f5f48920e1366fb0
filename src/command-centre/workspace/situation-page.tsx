import { ReopeningPart, type ReopeningState } from '#command-centre/reopening/index.ts'
import { type ImprovementAbout, ImprovementsFrom } from '#forum/improvements/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chips } from '#ground/html/chip.tsx'
import { RecoveryClock } from '#ground/html/clock.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { Columns, PageHead } from '#ground/html/frame.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Steps } from '#ground/html/steps.tsx'
import { Time } from '#ground/html/time.tsx'
import type { EntryView, MarketState } from '#status/activations/index.ts'
import {
  type CentreAct,
  type Change,
  ChangesBand,
  centreOf,
  type ProposalIn,
  type SituationView,
  situationWords,
} from '#status/situations/index.ts'
import { type NoticesFound, NoticesOfSituation } from '#telling/notices/index.ts'
import { dutiesOf } from './duties.ts'
import type { Log } from './log.ts'
import { LogPart } from './log-part.tsx'
import { ProgressChip } from './progress.tsx'
import type { GatheringAudience, Progress } from './queries.ts'
import { SituationBcps } from './situation-bcps.tsx'
import { SituationFacts } from './situation-facts.tsx'
import { situationTexts } from './situation-texts.ts'
import { askWords, SituationWork } from './situation-work.tsx'
import { WaitsPart } from './waits-part.tsx'
import type { Waiting } from './what-waits.ts'

export type SituationPageProps = {
  situation: SituationView
  /** What waits for the reader in it. */
  to_do: readonly Waiting[]
  /** What was heard of its event since it was opened. */
  changes: readonly Change[]
  /** How the BCP of each market stands in its mode, and what was decided in connection with it. */
  bcps: readonly MarketState[]
  bcp_entries: readonly EntryView[]
  /** Markets for which the reader may enter what was decided. */
  bcps_to_enter: readonly string[]
  /** What it rests on; empty for readers who do not see proposals. */
  proposals: readonly ProposalIn[]
  /** The newest round, for readers who see the whole market. */
  round: { id: string } | null
  progress: Progress
  published_at: Date | null
  /** Null for readers who do not see the log. */
  log: Log | null
  centre: readonly CentreAct[]
  audience: GatheringAudience | null
  may_change: boolean
  may_publish: boolean
  may_report: boolean
  may_see_board: boolean
  /** Null for readers who do not look at the whole market: theirs stand in their inbox. */
  notices: NoticesFound | null
  may_write: boolean
  improvements: ImprovementAbout[]
  may_improve: boolean
  reopening: ReopeningState
  may_reopen: boolean
}

export function SituationPage({
  situation,
  to_do,
  changes,
  bcps,
  bcp_entries,
  bcps_to_enter,
  proposals,
  round,
  progress,
  published_at,
  log,
  centre,
  audience,
  may_change,
  may_publish,
  may_report,
  may_see_board,
  notices,
  may_write,
  improvements,
  may_improve,
  reopening,
  may_reopen,
}: SituationPageProps) {
  const t = useTexts(situationTexts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  const path = `/situations/${situation.id}` as const
  const is_open = situation.closed_at === null
  const centre_now = centreOf(situation)
  const is_gathering = centre_now === 'none'
  const title = language === 'en' ? situation.title_en : situation.title_ja
  return (
    <Layout
      title={title}
      mode={situation.mode}
      live={[path, '/publications', '/notices', '/improvements', '/replies', '/calls', '/activations']}
      label={situation.label}
      wide
    >
      <PageHead title={title} />
      {!is_open && situation.closed_at && (
        <Banner kind="info" title={t.closed}>
          <p>
            <Time at={situation.closed_at} with_date />
            <br />
            {t.closing_reason}: {situation.closing_reason}
          </p>
        </Banner>
      )}
      {is_open && centre_now !== 'set_up' && (
        <Banner kind="info" title={is_gathering ? t.gathering : t.dissolved}>
          <p>{is_gathering ? t.gathering_says : t.dissolved_says}</p>
        </Banner>
      )}
      <ReopeningPart situation={situation} state={reopening} may_reopen={may_reopen} />
      <ChangesBand changes={changes} is_open={is_open} />
      <WaitsPart waiting={to_do} />
      <Steps
        label={t.phase}
        steps={[
          ...(is_gathering
            ? [{ text: words.phases.gathering, state: is_open ? ('current' as const) : ('done' as const) }]
            : [
                {
                  text: words.phases.emergency,
                  state: is_open && situation.phase === 'emergency' ? ('current' as const) : ('done' as const),
                },
                {
                  text: words.phases.recovery,
                  // Closed out of an emergency, it never came to this.
                  state:
                    situation.phase !== 'recovery'
                      ? ('to_do' as const)
                      : is_open
                        ? ('current' as const)
                        : ('done' as const),
                },
              ]),
          { text: words.closed, state: is_open ? 'to_do' : 'current' },
        ]}
      />
      <Columns>
        <div>
          {is_open && situation.recovery_minutes !== null && (
            <RecoveryClock event_at={situation.event_at} recovery_minutes={situation.recovery_minutes} />
          )}

          {is_open && may_report && (
            <Buttons>
              <ButtonLink href={`${path}/report`} kind="solid-fill">
                {t.report}
              </ButtonLink>
              {may_see_board && <ButtonLink href={`${path}/board`}>{t.board}</ButtonLink>}
            </Buttons>
          )}
          {may_change && is_open && !round && (
            <Buttons>
              <ButtonLink href={`${path}/ask`} kind="solid-fill">
                {askWords(t, audience)}
              </ButtonLink>
            </Buttons>
          )}
          {may_change && is_open && (
            <SituationWork {...{ situation, round, progress, published_at, audience, may_publish }} />
          )}
          {!(is_open && may_change) && (
            <Chips>
              <ProgressChip progress={progress} />
            </Chips>
          )}
          {!(is_open && (may_change || may_report)) && may_see_board && (
            <p>
              <ButtonLink href={`${path}/board`}>{t.board}</ButtonLink>
            </p>
          )}
          {situation.returned_at && (
            <p>
              <a href={`${path}/operating-status`}>{t.operating}</a>
            </p>
          )}
          {may_change && is_open && (
            <Buttons>
              {!is_gathering && (
                <Form action={`${path}/phase`}>
                  <HiddenFields fields={{ phase: situation.phase === 'emergency' ? 'recovery' : 'emergency' }} />
                  <Button kind="outline" size="md">
                    {situation.phase === 'emergency' ? t.to_recovery : t.to_emergency}
                  </Button>
                </Form>
              )}
              {centre_now === 'set_up' ? (
                <ButtonLink href={`${path}/command-centre/dissolution`} size="md">
                  {t.dissolve}
                </ButtonLink>
              ) : (
                <ButtonLink href={`${path}/command-centre`} size="md">
                  {t.set_up}
                </ButtonLink>
              )}
              <ButtonLink href={`${path}/close`} size="md" danger>
                {t.close}
              </ButtonLink>
            </Buttons>
          )}
        </div>
        <div>
          <SituationBcps id={situation.id} states={bcps} entries={bcp_entries} to_enter={bcps_to_enter} />
          <SituationFacts {...{ situation, proposals, centre, audience }} sees_reason={may_change || log !== null} />
          <Details summary={t.duties} id="duties">
            <ul>
              {dutiesOf(is_open && !is_gathering ? situation.phase : 'peacetime', language).map((duty) => (
                <li key={duty}>{duty}</li>
              ))}
            </ul>
          </Details>
          {log && <LogPart log={log} path={path} />}
        </div>
      </Columns>
      {notices && <NoticesOfSituation situation_id={situation.id} notices={notices} may_write={may_write && is_open} />}
      <ImprovementsFrom about={path} improvements={improvements} may_edit={may_improve} />
    </Layout>
  )
}
