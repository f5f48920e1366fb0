import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type AudienceChoices, AudienceFields, type Lists } from '#telling/audience/index.ts'
import { CentreFields, type Criterion, DrillTick, EventFields, ModeFields } from './opening-fields.tsx'
import { openingTexts } from './opening-texts.ts'
import type { ProposalForForm } from './queries.ts'
import { ReasonFields } from './reason-fields.tsx'

type Asked = {
  values: Record<string, string>
  problems?: Problems
  proposal: ProposalForForm | null
}

/** What is folded stands open where it was filled in, or where something in it is wrong. */
const isTold = ({ values, problems = {}, proposal }: Asked) =>
  proposal !== null ||
  ['hazard', 'title_ja', 'criterion', 'recovery_minutes'].some((name) => values[name]) ||
  Object.keys(problems).some((name) => !['mode', 'reason', 'drill', 'audience'].includes(name))

/** Sets up the command centre for something new: why, and one press. */
export function OpenSituationPage({ criteria, ...asked }: Asked & { criteria: Criterion[] }) {
  const { values, problems = {}, proposal } = asked
  const t = useTexts(openingTexts)
  const mode = proposal?.mode ?? 'actual'
  return (
    <Layout title={t.title} mode={mode}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <FromProposal proposal={proposal} />
      <Form action="/situations">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key || randomUUID() }} />
        <ModeFields {...{ values, problems, proposal }} />
        <ReasonFields of="command_centre" {...{ values, problems }} />
        <Details summary={t.more} id="more" open={isTold(asked)}>
          <EventFields {...{ values, problems }} />
          <CentreFields {...{ values, problems, criteria }} />
        </Details>
        <DrillTick {...{ problems, mode }} />
        <Button>{proposal ? t.acts[proposal.mode] : t.act}</Button>
      </Form>
      <p>
        <a href={`/gatherings/new${proposal ? `?proposal=${proposal.id}` : ''}`}>{t.instead}</a>
      </p>
    </Layout>
  )
}

/** Starts to ask an audience how it is, without a command centre. */
export function GatheringPage({
  choices,
  chosen,
  same,
  ...asked
}: Asked & {
  choices: AudienceChoices
  chosen: Lists
  /** The gathering that asks the same institutions already. */
  same?: { id: string; title_ja: string; title_en: string } | null
}) {
  const { values, problems = {}, proposal } = asked
  const t = useTexts(openingTexts)
  const { language } = useReading()
  const mode = proposal?.mode ?? 'actual'
  return (
    <Layout title={t.gather_title} mode={proposal?.mode}>
      <h1>{t.gather_title}</h1>
      <ErrorSummary problems={problems} />
      {same && (
        <Banner kind="warning" title={t.same}>
          <p>{t.same_next}</p>
          <p>
            <a href={`/situations/${same.id}`}>{t.same_see(language === 'en' ? same.title_en : same.title_ja)}</a>
          </p>
        </Banner>
      )}
      <p>{t.gather_lead}</p>
      <FromProposal proposal={proposal} />
      <Form action="/gatherings">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key || randomUUID() }} />
        <ModeFields {...{ values, problems, proposal }} />
        <ReasonFields of="gathering" {...{ values, problems }} />
        <AudienceFields choices={choices} values={chosen} problems={problems} />
        <Details summary={t.more} id="more" open={isTold(asked)}>
          <EventFields {...{ values, problems }} />
        </Details>
        <DrillTick {...{ problems, mode }} />
        <Button>{proposal ? t.gather_act[proposal.mode] : t.gather_any}</Button>
      </Form>
    </Layout>
  )
}

function FromProposal({ proposal }: { proposal: ProposalForForm | null }) {
  const t = useTexts(openingTexts)
  const { language } = useReading()
  if (!proposal) return null
  return (
    <p>
      <b>{t.from_proposal(language === 'en' ? proposal.title_en : proposal.title_ja)}</b>
    </p>
  )
}
