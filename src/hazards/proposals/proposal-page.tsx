import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { Columns, PageHead } from '#ground/html/frame.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { areaByCode } from '#ground/market/areas.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { asSeen } from './as-seen.ts'
import { keyOf, type Place } from './places.ts'
import { ChangeOfProposal } from './proposal-card.tsx'
import { proposalTexts } from './proposal-texts.ts'
import type { ProposalView, ToJoin, telegramsOfEvent } from './queries.ts'
import { ShakenMap } from './shaken-map.tsx'
import type { StoredMatch } from './stored-match.ts'
import { valueWords } from './value-words.ts'
import { siteKinds } from './words.ts'

type Props = {
  proposal: ProposalView
  /** Null for who may not see sites. */
  places: Map<string, Place> | null
  telegrams: Awaited<ReturnType<typeof telegramsOfEvent>>
  may_decide: boolean
  /** The situations that it can be joined to. */
  to_join: ToJoin
  /** Which of the two forms `values` and `problems` are of. */
  form?: 'set-aside' | 'join'
  values?: Record<string, string>
  problems?: Problems
}

export function ProposalPage({
  proposal,
  places,
  telegrams,
  may_decide,
  to_join,
  form = 'set-aside',
  values = {},
  problems = {},
}: Props) {
  const t = useTexts(proposalTexts)
  const { language, reader } = useReading()
  const is_open = proposal.decision === null
  // A gathering is no matter of who was not asked.
  const is_told = proposal.decision !== 'gathering' || (reader !== null && may(reader, 'board.see-all'))
  return (
    <Layout
      title={t.heading}
      mode={proposal.mode}
      label={places ? labelOf['institution.site'] : labelOf.proposal}
      wide
      live={`/proposals/${proposal.id}`}
    >
      <PageHead title={language === 'en' ? proposal.title_en : proposal.title_ja} kind={t.heading}>
        {t.lead}
      </PageHead>
      <ErrorSummary problems={problems} />
      <ChangeOfProposal proposal={proposal} />
      <Columns>
        <div>
          <SummaryList
            items={[
              { term: t.event, value: <Time at={proposal.event_at} with_date /> },
              { term: t.proposed, value: <Time at={proposal.proposed_at} with_date /> },
              ...(proposal.decision && proposal.decided_at
                ? [
                    {
                      term: t.decided,
                      value: (
                        <>
                          {is_told ? t[proposal.decision] : t.decided_within} <Time at={proposal.decided_at} />
                          <Brackets>
                            {language === 'en'
                              ? (proposal.decided_by_en ?? proposal.decided_by_ja)
                              : proposal.decided_by_ja}
                          </Brackets>
                        </>
                      ),
                    },
                    ...(is_told ? [{ term: t.reason, value: proposal.reason }] : []),
                  ]
                : []),
            ]}
          />
          {proposal.situation_id && is_told && (
            <ButtonLink href={`/situations/${proposal.situation_id}`}>{t.situation}</ButtonLink>
          )}
          {is_open && may_decide && (
            <>
              <ButtonLink href={`/command-centre/new?proposal=${proposal.id}`} kind="solid-fill">
                {proposal.mode === 'exercise' ? t.open_exercise : t.open}
              </ButtonLink>
              <p className="dads-note">{t.open_hint}</p>
              <p>
                <a href={`/gatherings/new?proposal=${proposal.id}`}>{t.gather}</a>
              </p>
              {to_join.length > 0 && (
                <Details summary={t.join_title} id="join" open={form === 'join'}>
                  <Form action={`/proposals/${proposal.id}/join`}>
                    <HiddenFields fields={{ seen: asSeen(proposal) }} />
                    <Radios
                      name="situation_id"
                      legend={t.join_legend}
                      required
                      value={form === 'join' ? values.situation_id : to_join.length === 1 ? to_join[0]?.id : undefined}
                      problem={problems.situation_id}
                      choices={to_join.map(({ id, title_ja, title_en }) => ({
                        value: id,
                        text: markedTitle(language, proposal.mode, language === 'en' ? title_en : title_ja),
                      }))}
                    />
                    <TextArea
                      name="join_reason"
                      label={t.join_reason}
                      value={values.join_reason}
                      problem={problems.join_reason}
                      rows={3}
                      required
                    />
                    <Button kind="outline">{t.join_act}</Button>
                  </Form>
                </Details>
              )}
              <Details
                summary={t.aside_title}
                id="set-aside"
                open={form === 'set-aside' && Object.keys(problems).length > 0}
              >
                <Form action={`/proposals/${proposal.id}/set-aside`}>
                  <HiddenFields fields={{ seen: asSeen(proposal) }} />
                  <TextArea
                    name="reason"
                    label={t.aside_reason}
                    value={values.reason}
                    problem={problems.reason}
                    rows={3}
                    required
                  />
                  <Button kind="outline">{t.aside_act}</Button>
                </Form>
              </Details>
            </>
          )}
        </div>
        <ShakenMap matches={proposal.matches} />
      </Columns>
      {proposal.matches.map((match) => (
        <MatchSection key={match.criterion_id} match={match} places={places} />
      ))}
      {telegrams.length > 0 && (
        <section aria-labelledby="telegrams">
          <h2 id="telegrams">{t.telegrams}</h2>
          <ul>
            {telegrams.map((telegram) => (
              <li key={telegram.id}>
                <Time at={telegram.control_at} with_seconds />{' '}
                <a href={`/telegrams/${telegram.id}`}>
                  {telegram.code} {telegram.title}
                </a>
                {telegram.headline && <div>{telegram.headline}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Layout>
  )
}

const shown_first = 12

function MatchSection({ match, places }: { match: StoredMatch; places: Props['places'] }) {
  const t = useTexts(proposalTexts)
  const { language } = useReading()
  const heading = language === 'en' ? match.criterion_en : match.criterion_ja
  const areas = (
    <DataTable
      caption={t.areas(match.areas.length)}
      rows={match.areas}
      rowKey={(area) => `${area.code}${area.words}`}
      columns={[
        { head: t.area, cell: (area) => area.name },
        { head: t.value, cell: (area) => valueWords(language, area, t.possible) },
      ]}
    />
  )
  const sites = places ? (
    <Sites found={match.sites} places={places} />
  ) : (
    <Counts found={match.sites} is_reported={match.kind === 'command_centre_set_up'} />
  )
  return (
    <section aria-label={heading}>
      <h2>
        {t.criterion}: {heading}
        {match.is_possible && ` ― ${t.possible}`}
      </h2>
      {match.areas.length > 0 &&
        (match.areas.length > shown_first ? (
          <Details summary={t.areas(match.areas.length)} id={`areas-${match.criterion_id}`}>
            {areas}
          </Details>
        ) : (
          areas
        ))}
      {places && match.sites.length > shown_first ? (
        <Details summary={t.sites(match.sites.length)} id={`sites-${match.criterion_id}`}>
          {sites}
        </Details>
      ) : (
        sites
      )}
    </section>
  )
}

/** Whose sites they are, for who may see sites. */
function Sites({ found, places }: { found: StoredMatch['sites']; places: Map<string, Place> }) {
  const t = useTexts(proposalTexts)
  const kinds = useTexts(siteKinds)
  const { language } = useReading()
  const rows = found.flatMap((site) => {
    const place = places.get(keyOf(site))
    return place ? [{ ...site, ...place }] : []
  })
  const areaOf = ({ area_code, ...site }: (typeof rows)[number]) => {
    const value = valueWords(language, site, t.possible)
    return `${areaByCode.get(area_code)?.name ?? ''}${value ? `　${value}` : ''}`
  }
  return (
    <>
      <DataTable
        caption={t.sites(found.length)}
        rows={rows}
        rowKey={keyOf}
        empty={found.length === 0 ? <p>{t.no_sites}</p> : null}
        columns={[
          { head: t.institution, cell: (site) => (language === 'en' ? site.name_en : site.name_ja) },
          { head: t.site, cell: (site) => kinds[site.site_kind as keyof typeof kinds] ?? site.site_kind },
          { head: t.area, cell: areaOf },
          { head: t.address, cell: (site) => site.address },
        ]}
      />
      {rows.length < found.length && <p>{t.gone(found.length - rows.length)}</p>}
    </>
  )
}

/** How many there are in each area, for everyone else. */
function Counts({ found, is_reported }: { found: StoredMatch['sites']; is_reported: boolean }) {
  const t = useTexts(proposalTexts)
  if (is_reported) return <p>{t.reported(found.length)}</p>
  const areas = [...Map.groupBy(found, ({ area_code }) => area_code)]
  return (
    <DataTable
      caption={t.counted(found.length)}
      rows={areas}
      rowKey={([code]) => code}
      empty={<p>{t.no_sites}</p>}
      columns={[
        { head: t.area, cell: ([code]) => areaByCode.get(code)?.name ?? code },
        { head: t.count, cell: ([, sites]) => String(sites.length) },
      ]}
    />
  )
}
