import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Card } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import type { ProposalView } from './queries.ts'

const texts = inBoth({
  ja: {
    event: '発生',
    criteria: '当たった基準',
    sites: (count: number) => `該当する地域にある拠点：${count}か所`,
    look: '内容を見て判断する',
    see: '提案の内容を見る',
    withdrawn: 'いまはどの基準にも当たりません',
    changed: '提案が更新されました',
    possible: '未入電の地域があり、基準に当たる可能性があります。',
  },
  en: {
    event: 'Event',
    criteria: 'Criteria met',
    sites: (count: number) => (count === 1 ? '1 site is there' : `${count} sites are there`),
    look: 'Look and decide',
    see: 'See the proposal',
    withdrawn: 'No criterion is met any more',
    changed: 'The proposal was updated',
    possible: 'Values are missing; the criterion may be met.',
  },
})

/** A proposal in short, on the home page. */
export function ProposalCard({ proposal, may_decide }: { proposal: ProposalView; may_decide: boolean }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const sites = new Set(proposal.matches.flatMap(({ sites }) => sites.flatMap(({ site_id }) => site_id ?? [])))
  const title = markedTitle(language, proposal.mode, language === 'en' ? proposal.title_en : proposal.title_ja)
  return (
    <Card title={title} mode={proposal.mode}>
      <ChangeOfProposal proposal={proposal} />
      <p>
        {t.event} <Time at={proposal.event_at} />
        <AgeBeside at={proposal.event_at} />
      </p>
      <p>{t.criteria}:</p>
      <ul>
        {proposal.matches.map((match) => (
          <li key={match.criterion_id}>
            {language === 'en' ? match.criterion_en : match.criterion_ja}
            {match.is_possible && <Brackets>{t.possible}</Brackets>}
          </li>
        ))}
      </ul>
      {sites.size > 0 && <p>{t.sites(sites.size)}</p>}
      <Buttons>
        <ButtonLink href={`/proposals/${proposal.id}`} kind={may_decide ? 'solid-fill' : 'outline'}>
          {may_decide ? t.look : t.see}
        </ButtonLink>
      </Buttons>
    </Card>
  )
}

/** Says what changed a proposal since it was made: a telegram that corrected, cancelled or followed, a report, a criterion. */
export function ChangeOfProposal({ proposal }: { proposal: ProposalView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const change = language === 'en' ? proposal.change_en : proposal.change_ja
  if (proposal.withdrawn_at)
    return (
      <Banner kind="warning" title={t.withdrawn}>
        <p>
          <Time at={proposal.withdrawn_at} /> {change}
        </p>
      </Banner>
    )
  if (!change) return null
  return (
    <Banner kind="info" title={t.changed}>
      <p>
        <Time at={proposal.evaluated_at} /> {change}
      </p>
    </Banner>
  )
}
