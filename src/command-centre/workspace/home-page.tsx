import { type RoundAlarm, RoundAlarms } from '#asking/rounds/index.ts'
import { SuspectRelay, type Suspicion } from '#delivery/deliveries/index.ts'
import { AttestationNotice, type Notice } from '#directory/attestation/index.ts'
import { ContactLinks, type ContactNotice, ContactWarnings } from '#directory/contacts/index.ts'
import { WaitingExchanges } from '#directory/exchange/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { dayEnd } from '#ground/html/day.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Columns } from '#ground/html/frame.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { may } from '#ground/rights/may.ts'
import { ProposalCard, type ProposalView } from '#hazards/proposals/index.ts'
import { type InForce, OfficialNoticesInForce } from '#library/official-notices/index.ts'
import { BreakGlassBanner, type Use } from '#people/break-glass/index.ts'
import { type Masthead, RelatedLinks } from '#public/site/index.ts'
import { ActivationBand, type MarketState, nextOf } from '#status/activations/index.ts'
import type { Change } from '#status/situations/index.ts'
import { type Received, WaitingNotices } from '#telling/inbox/index.ts'
import { NoticesToRelease, type NoticesWaiting } from '#telling/notices/index.ts'
import { ClocksApart } from './clocks-apart.tsx'
import { HeldSending } from './held-sending.tsx'
import { AtWork, OwnSituation } from './home-situations.tsx'
import { homeTexts } from './home-texts.ts'
import { IntakePanel } from './intake-panel.tsx'
import { LostChannels } from './lost-channels.tsx'
import { type Intake, type OwnReport, type SituationAtWork, staleAt } from './queries.ts'
import type { HeldSending as Held } from './resume-sending.ts'
import type { RoundNow, Trouble } from './troubles.ts'
import type { Unready } from './unready.ts'
import { UnreadyPart } from './unready-part.tsx'
import { Unwell } from './unwell.tsx'
import { WaitsPart } from './waits-part.tsx'
import type { Waiting } from './what-waits.ts'

export type HomePageProps = {
  /** What waits for the reader. */
  to_do: readonly Waiting[]
  /** When time alone will let something more wait. */
  next_due: Date | null
  /** Null for readers who do not see them. */
  proposals: ProposalView[] | null
  situations: SituationAtWork[]
  /** What was heard of their events since they were opened. */
  changes: readonly Change[]
  /** How the BCP of each market stands. */
  bcps: readonly MarketState[]
  /** What is wrong now, and the rounds that are open; empty for readers who do not see the market. */
  troubles: readonly Trouble[]
  rounds: readonly RoundNow[]
  /** How far the database's clock is ahead of this server's; null when they agree. */
  apart_ms: number | null
  /** Null for readers who do not report. */
  own: OwnReport[] | null
  intake: Intake | null
  /** What the mail server refuses as if it were wrong; for those who look after deliveries. */
  suspicion: Suspicion | null
  /** What the installation still lacks; for those of the desk. */
  unready: readonly Unready[]
  feeds_are_off: boolean
  peacetime_reports: boolean
  /** Why nothing goes out, and what waits; null while all goes out, and for readers who do not see deliveries. */
  held: Held
  /** What the program cannot do now, in the words of its probe; for those who run the market. */
  problems: readonly string[]
  /** What is wrong with the files of the public page, in the words of the system; for those who publish. */
  public_problems: readonly string[]
  /** Current roles whose quarterly review is overdue; 0 for readers who do not review. */
  overdue_grants: number
  /** Where else to look, as on the public top page. */
  links: Masthead['links']
  /** What is to be said of an open attestation, and how many proposals to exchange contacts wait. */
  attestation: Notice | null
  exchanges_waiting: number
  may_open: boolean
  /** Break-glass codes used lately; for those who may see them. */
  break_glass: readonly Use[]
  contacts: ContactNotice
  /** Rounds in which somebody is late, for those who see the market. */
  round_alarms: readonly RoundAlarm[]
  /** Notices to be released, and what came back; null for readers who have no part in that. */
  notices: NoticesWaiting | null
  /** Notices that wait for an answer of the reader's institution. */
  waiting: readonly Received[]
  /** What authorities have asked for in the reader's area and holds today. */
  official: readonly InForce[]
}

export function HomePage({
  to_do,
  next_due,
  proposals,
  situations,
  changes,
  bcps,
  troubles,
  rounds,
  own,
  apart_ms,
  intake,
  suspicion,
  unready,
  feeds_are_off,
  peacetime_reports,
  held,
  problems,
  public_problems,
  overdue_grants,
  links,
  attestation,
  exchanges_waiting,
  may_open,
  break_glass,
  contacts,
  notices,
  waiting,
  round_alarms,
  official,
}: HomePageProps) {
  const t = useTexts(homeTexts)
  const { now, reader } = useReading()
  const of = ({ id }: { id: string }) => changes.filter(({ situation_id }) => situation_id === id)
  const is_quiet = situations.length === 0 && (proposals ?? []).length === 0
  // What changes by the mere passing of time: a report expires, a feed has not been heard for too long.
  const due = [
    ...(next_due ? [next_due] : []),
    ...[nextOf(bcps) ?? []].flat(),
    ...(official.length > 0 ? [dayEnd(now)] : []),
    ...(own?.flatMap(({ next_update_at }) => next_update_at ?? []) ?? []),
    ...(intake?.feeds.flatMap(({ succeeded_at }) => (succeeded_at ? staleAt(succeeded_at) : [])) ?? []),
  ].sort((a, b) => a.getTime() - b.getTime())
  return (
    <Layout
      title={t.title}
      live={[
        ...(['/home', '/notices', '/proposals', '/situations', '/telegrams', '/attestations', '/exchange'] as const),
        ...([
          '/replies',
          '/calls',
          '/publications',
          '/rounds',
          '/desk-entries',
          '/recoveries',
          '/activations',
          '/member-view',
        ] as const),
        '/official-notices' as const,
      ]}
      refresh_at={due.find((at) => at > now)}
      wide={own === null}
    >
      <h1>{t.title}</h1>
      <HeldSending held={held} />
      <BreakGlassBanner uses={break_glass} />
      <WaitsPart waiting={to_do} />
      <ActivationBand states={bcps} />
      <RoundAlarms alarms={round_alarms} />
      <Unwell problems={problems} />
      <ClocksApart apart_ms={apart_ms} />
      {intake && <LostChannels lost={intake.lost} />}
      {suspicion && <SuspectRelay suspicion={suspicion} />}
      {public_problems.length > 0 && (
        <Banner kind="warning" title={t.public_page}>
          <p>
            {t.public_page_next}
            {public_problems.join(' ')}
          </p>
        </Banner>
      )}
      {notices && <NoticesToRelease {...notices} />}
      {(!own || (proposals ?? []).length > 0) && !is_quiet && (
        <Columns>
          {proposals && proposals.length > 0 && (
            <section aria-labelledby="proposals">
              <h2 id="proposals">
                {t.proposals}
                <Brackets>{proposals.length}</Brackets>
              </h2>
              {proposals.map((proposal) => (
                <ProposalCard key={proposal.id} proposal={proposal} may_decide={may_open} />
              ))}
            </section>
          )}
          {!own && situations.length > 0 && (
            <section aria-labelledby="situations">
              <h2 id="situations">
                {t.situations}
                <Brackets>{situations.length}</Brackets>
              </h2>
              {situations.map((situation) => (
                <AtWork
                  key={situation.id}
                  situation={situation}
                  changes={of(situation)}
                  troubles={troubles.filter(({ situation_id }) => situation_id === situation.id)}
                  round={rounds.find(({ situation_id }) => situation_id === situation.id)}
                  may_ask={may_open}
                />
              ))}
            </section>
          )}
        </Columns>
      )}
      <WaitingNotices notices={waiting} />
      {own && own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">{t.situations}</h2>
          {own.map((situation) => (
            <OwnSituation key={situation.id} situation={situation} changes={of(situation)} />
          ))}
        </section>
      )}
      <ContactWarnings notice={contacts} />
      <OfficialNoticesInForce notices={official} />
      {is_quiet && (
        <Empty title={t.calm}>
          <p>{may_open ? t.calm_secretariat : own ? t.calm_contact : t.calm_other}</p>
          {own && peacetime_reports && <ButtonLink href="/report">{t.peacetime}</ButtonLink>}
        </Empty>
      )}
      {attestation && <AttestationNotice notice={attestation} />}
      <WaitingExchanges count={exchanges_waiting} />
      {own && reader && (
        <p>
          <a href={`/institutions/${reader.institution_id}`}>{t.institution}</a>
          <br />
          <a href={`/contact-points/${reader.institution_id}`}>{t.place}</a>
        </p>
      )}
      <ContactLinks notice={contacts} />
      {may_open && (
        <Buttons>
          <ButtonLink href="/command-centre/new" kind={is_quiet ? 'solid-fill' : 'outline'}>
            {(proposals ?? []).length > 0 ? t.open_anyway : t.open}
          </ButtonLink>
          <ButtonLink href="/gatherings/new">{t.gather}</ButtonLink>
        </Buttons>
      )}
      {overdue_grants > 0 && (
        <p>
          <a href="/rights/review">{t.review(overdue_grants)}</a>
        </p>
      )}
      {!may_open && reader && may(reader, 'trail.read') && (
        <p>
          <a href="/trail">{t.trail}</a>
        </p>
      )}
      <UnreadyPart unready={unready} />
      <RelatedLinks links={links} />
      {intake && <IntakePanel intake={intake} feeds_are_off={feeds_are_off} />}
    </Layout>
  )
}
