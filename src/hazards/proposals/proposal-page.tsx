import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea } from '#ground/html/forms.tsx'
import { Columns, PageHead } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { areaByCode } from '#ground/market/areas.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { StoredMatch } from './evaluate.ts'
import { keyOf, type Place } from './places.ts'
import { ChangeOfProposal } from './proposal-card.tsx'
import type { ProposalView, ToJoin, telegramsOfEvent } from './queries.ts'
import { ShakenMap } from './shaken-map.tsx'
import { valueWords } from './value-words.ts'
import { siteKinds } from './words.ts'

const texts = inBoth({
  ja: {
    heading: '対策本部の設置の提案',
    lead: 'システムは提案するだけです。対策本部を設置するかどうかは、人が理由を付けて決めます。',
    event: '発生',
    proposed: '提案',
    decided: '判断',
    opened: '対策本部を設置',
    set_aside: '見送り',
    joined: '対応中の事案に加えた',
    join_title: '対応中の事案の続きである場合',
    join_legend: '加える事案',
    join_reason: '加える理由',
    join_act: 'この事案に加える',
    reason: '理由',
    situation: '事案のページへ',
    criterion: '基準',
    areas: (count: number) => `該当した地域（${count}）`,
    sites: (count: number) => `拠点のある機関（${count}拠点）`,
    counted: (count: number) => `該当した地域にある拠点（${count}拠点）`,
    reported: (count: number) => `対策本部の設置を報告した機関（${count}）`,
    count: '拠点の数',
    gone: (count: number) => `このほかに、その後登録から外れた拠点が${count}あります。`,
    no_sites: 'この地域に拠点のある機関は登録されていません。',
    area: '地域',
    value: '観測・発表',
    possible: '可能性あり（未入電）',
    institution: '機関',
    site: '拠点',
    address: '所在地',
    telegrams: '電文',
    open_exercise: 'この訓練電文で訓練を始める',
    open: '対策本部を設置する',
    open_hint: '次の画面で内容を確かめてから設置します。',
    aside_title: '対策本部を設置しない場合',
    aside_reason: '見送る理由',
    aside_act: 'この提案を見送る',
  },
  en: {
    heading: 'Proposal to set up the command centre',
    lead: 'The system only proposes. People decide whether to set up the command centre, and give their reason.',
    event: 'Event',
    proposed: 'Proposed',
    decided: 'Decision',
    opened: 'Command centre set up',
    set_aside: 'Set aside',
    joined: 'Joined to an open situation',
    join_title: 'If it belongs to a situation that is open already',
    join_legend: 'Situation',
    join_reason: 'Reason for joining it',
    join_act: 'Join it to this situation',
    reason: 'Reason',
    situation: 'Go to the situation',
    criterion: 'Criterion',
    areas: (count: number) => `Areas concerned (${count})`,
    sites: (count: number) => `Institutions with sites there (${count} sites)`,
    counted: (count: number) => `Sites in these areas (${count})`,
    reported: (count: number) => `Institutions that reported to have set one up (${count})`,
    count: 'Sites',
    gone: (count: number) => `${count} more have left the directory since.`,
    no_sites: 'No institution has a registered site there.',
    area: 'Area',
    value: 'Observed',
    possible: 'possible (no data yet)',
    institution: 'Institution',
    site: 'Site',
    address: 'Address',
    telegrams: 'Telegrams',
    open_exercise: 'Start an exercise from this drill telegram',
    open: 'Set up the command centre',
    open_hint: 'The next page shows everything once more before it is done.',
    aside_title: 'If no command centre is needed',
    aside_reason: 'Reason for setting it aside',
    aside_act: 'Set this proposal aside',
  },
})

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
  const t = useTexts(texts)
  const { language } = useReading()
  const is_open = proposal.decision === null
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
                          {t[proposal.decision]} <Time at={proposal.decided_at} />
                          <Brackets>
                            {language === 'en'
                              ? (proposal.decided_by_en ?? proposal.decided_by_ja)
                              : proposal.decided_by_ja}
                          </Brackets>
                        </>
                      ),
                    },
                    { term: t.reason, value: proposal.reason },
                  ]
                : []),
            ]}
          />
          {proposal.situation_id && (
            <ButtonLink href={`/situations/${proposal.situation_id}`}>{t.situation}</ButtonLink>
          )}
          {is_open && may_decide && (
            <>
              <ButtonLink href={`/command-centre/new?proposal=${proposal.id}`} kind="solid-fill">
                {proposal.mode === 'exercise' ? t.open_exercise : t.open}
              </ButtonLink>
              <p className="dads-note">{t.open_hint}</p>
              {to_join.length > 0 && (
                <Details summary={t.join_title} id="join" open={form === 'join'}>
                  <Form action={`/proposals/${proposal.id}/join`}>
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
  const t = useTexts(texts)
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
  const t = useTexts(texts)
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
  const t = useTexts(texts)
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
