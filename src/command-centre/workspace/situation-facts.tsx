import { Brackets } from '#ground/html/brackets.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import {
  type CentreAct,
  CentreSaid,
  type ProposalIn,
  type SituationView,
  situationWords,
} from '#status/situations/index.ts'
import { AudienceSaid } from '#telling/audience/index.ts'
import type { GatheringAudience } from './queries.ts'
import { situationTexts } from './situation-texts.ts'

/** What a situation is; why it was opened, and by whom, for those who may know. */
export function SituationFacts({
  situation,
  proposals,
  centre,
  audience,
  sees_reason,
}: {
  situation: SituationView
  proposals: readonly ProposalIn[]
  /** What was done with its command centre; empty for readers who see no such acts. */
  centre: readonly CentreAct[]
  /** Whom a gathering is for, and how many that is now; null where it is the whole market, and for readers who do not choose audiences. */
  audience: GatheringAudience | null
  sees_reason: boolean
}) {
  const t = useTexts(situationTexts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  const text = language === 'en' ? situation.text_en || situation.text_ja : situation.text_ja
  return (
    <SummaryList
      items={[
        { term: t.number, value: situation.number },
        { term: t.hazard, value: words.hazards[situation.hazard] },
        { term: t.event, value: <Time at={situation.event_at} with_date /> },
        {
          term: t.centre,
          value: (
            <>
              <CentreSaid situation={situation} />
              {centre.map((act) => (
                <ActSaid key={act.id} act={act} />
              ))}
            </>
          ),
        },
        ...(audience ? [{ term: t.audience, value: <AudienceSaid {...audience} /> }] : []),
        ...(text ? [{ term: t.text, value: <LongText>{text}</LongText> }] : []),
        ...(proposals.length > 0
          ? [
              {
                term: t.proposals,
                value: proposals.map((proposal) => (
                  <div key={proposal.id}>
                    <a href={`/proposals/${proposal.id}`}>
                      {language === 'en' ? proposal.title_en : proposal.title_ja}
                    </a>
                  </div>
                )),
              },
            ]
          : []),
        ...(sees_reason
          ? [
              ...(situation.criterion_ja
                ? [{ term: t.basis, value: language === 'en' ? situation.criterion_en : situation.criterion_ja }]
                : []),
              { term: t.reason, value: <LongText>{situation.reason}</LongText> },
              {
                term: t.opened,
                value: (
                  <>
                    <Time at={situation.opened_at} with_date />
                    <Brackets>
                      {named(language, { name_ja: situation.opened_by_ja, name_en: situation.opened_by_en })}
                    </Brackets>
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** When and by whom the command centre was set up or dissolved, and why. */
function ActSaid({ act }: { act: CentreAct }) {
  const t = useTexts(situationTexts)
  const { language } = useReading()
  return (
    <div>
      {t.centre_acts[act.act]} <Time at={act.done_at} with_date />
      <Brackets>
        {named(language, { name_ja: act.done_by_ja, name_en: act.done_by_en })}
        {act.is_with_closing && ` ・ ${t.with_closing}`}
      </Brackets>
      <LongText>{act.reason}</LongText>
    </div>
  )
}
