import { Brackets } from '#ground/html/brackets.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { type ProposalIn, type SituationView, situationWords } from '#status/situations/index.ts'
import { situationTexts } from './situation-texts.ts'

/** What a situation is; why it was opened, and by whom, for those who may know. */
export function SituationFacts({
  situation,
  proposals,
  sees_reason,
}: {
  situation: SituationView
  proposals: readonly ProposalIn[]
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
              { term: t.basis, value: (language === 'en' ? situation.criterion_en : situation.criterion_ja) ?? '—' },
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
