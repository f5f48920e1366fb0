import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Day, dayAt } from '#ground/html/day.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { listAddress } from '#ground/lists/address.ts'
import type { Paged } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { Who } from '#ground/register/who.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { nextOf, WaitingEntries } from './activations-page.tsx'
import { BodyPart, type BodyPartProps } from './body-part.tsx'
import { HistoryTimeline } from './history-timeline.tsx'
import { type CriterionVersion, criterionOn, type EntryView, type MarketState } from './queries.ts'
import { StateChip } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { marketName } from './words.ts'

type MarketPageProps = BodyPartProps & {
  /** How it stands, of what is real first. */
  states: readonly MarketState[]
  found: Paged<EntryView>
  waiting: readonly EntryView[]
  withdrawn: readonly EntryView[]
  criteria: readonly CriterionVersion[]
  /** Of the side that may enter what this market's body decides. */
  may_enter: boolean
  may_edit_criteria: boolean
}

/** One market's BCP: how it stands, who decides by which criteria, and everything that was decided. */
export function MarketPage(props: MarketPageProps) {
  const { market, states, found, waiting, withdrawn, bodies, may_enter } = props
  const t = useTexts(activationTexts)
  const { language } = useReading()
  const path = `/activations/markets/${market}`
  const has_body = bodies.some(({ outcome }) => outcome === 'agreed')
  const title = `${marketName(language, market)} ${t.title}`
  return (
    <Layout title={title} live="/activations" refresh_at={nextOf(states)} label={labelOf.activation}>
      <p>
        <a href="/activations">{t.back}</a>
      </p>
      <h1>{title}</h1>
      {states
        .filter(({ mode, last, coming }) => mode === 'actual' || last || coming.length > 0)
        .map((state) => (
          <p key={state.mode}>
            {markedTitle(language, state.mode, '')} <StateChip of={state} />
          </p>
        ))}
      <WaitingEntries entries={waiting} />
      {!has_body && <Empty title={t.no_body}>{t.no_body_next}</Empty>}
      {may_enter && has_body && (
        <Buttons>
          <ButtonLink href={`${path}/entries/new`} kind="solid-fill">
            {t.enter}
          </ButtonLink>
          <ButtonLink href={`${path}/entries/new?mode=exercise`}>{t.enter_drill}</ButtonLink>
        </Buttons>
      )}
      <Criteria {...props} />
      <BodyPart {...props} />
      <section aria-labelledby="history">
        <h2 id="history">
          {t.history} <ListPart found={found} />
        </h2>
        {found.rows.length === 0 && found.page === 1 ? (
          <Empty title={t.no_history}>{t.no_history_next}</Empty>
        ) : (
          <>
            <HistoryTimeline entries={found.rows} />
            <Pagination found={found} href={(wanted) => listAddress(path, {}, wanted)} />
          </>
        )}
      </section>
      {withdrawn.length > 0 && (
        <Details summary={`${t.withdrawn} (${withdrawn.length})`} id="withdrawn">
          <HistoryTimeline entries={withdrawn} />
        </Details>
      )}
    </Layout>
  )
}

function Criteria({ market, criteria, may_edit_criteria }: MarketPageProps) {
  const t = useTexts(activationTexts)
  const { now } = useReading()
  const current = criterionOn(criteria, dayAt(now))
  const [newest] = criteria
  return (
    <section aria-labelledby="criteria">
      <h2 id="criteria">{t.criteria}</h2>
      {!newest && <Empty title={t.no_criteria}>{t.no_criteria_next}</Empty>}
      {current && <CriterionText criterion={current} />}
      {newest && newest !== current && (
        <>
          <h3>
            {t.criteria_of(newest.version)}: {t.not_yet}
          </h3>
          <CriterionText criterion={newest} />
        </>
      )}
      {may_edit_criteria && (
        <ButtonLink href={`/activations/markets/${market}/criterion`} size="md">
          {t.edit_criteria}
        </ButtonLink>
      )}
      {criteria.length > 1 && (
        <Details summary={`${t.versions} (${criteria.length})`} id="criteria-history">
          <Timeline
            entries={criteria.map((version) => ({
              key: String(version.version),
              at: version.made_at,
              title: t.criteria_of(version.version),
              by: <Who name_ja={version.made_by_ja} name_en={version.made_by_en} />,
              body: (
                <>
                  <LongText>{version.reason}</LongText>
                  <CriterionText criterion={version} />
                </>
              ),
            }))}
          />
        </Details>
      )}
    </section>
  )
}

/** A version as it is written, with whom it was agreed and from when it holds. */
export function CriterionText({ criterion }: { criterion: CriterionVersion }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <SummaryList
      items={[
        { term: t.criteria, value: t.criteria_of(criterion.version) },
        { term: t.activating, value: <LongText>{inLanguage(language, criterion, 'activating')}</LongText> },
        { term: t.lifting, value: <LongText>{inLanguage(language, criterion, 'lifting')}</LongText> },
        { term: t.agreed_with, value: inLanguage(language, criterion, 'agreed_with') },
        { term: t.effective_on, value: <Day on={criterion.effective_on} /> },
      ]}
    />
  )
}

const inLanguage = (language: Language, of: CriterionVersion, name: 'activating' | 'lifting' | 'agreed_with') =>
  named(language, { name_ja: of[`${name}_ja`], name_en: of[`${name}_en`] })
