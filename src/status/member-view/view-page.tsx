import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { DecideFailed } from './decide-view.ts'
import { Effect } from './effect.tsx'
import type { ListedVersion, ToldFirms, ViewVersion } from './queries.ts'
import { viewTexts } from './texts.ts'
import { viewFields, viewWords } from './words.ts'

type Props = {
  in_force: ViewVersion
  waiting: ListedVersion | null
  versions: readonly ListedVersion[]
  participants: number
  told: readonly ToldFirms[]
  failed?: DecideFailed | undefined
}

/** What is in force, what waits for a second person with all that it would change, and every version before. */
export function MemberViewPage({ in_force, waiting, versions, participants, told, failed }: Props) {
  const t = useTexts(viewTexts)
  const words = useTexts(viewWords)
  const { reader } = useReading()
  if (!reader) return null
  return (
    <Layout title={words.title} live="/member-view" label={labelOf.member_view} wide>
      <h1>{words.title}</h1>
      {failed && (
        <Banner kind="error" title={t.failed[failed][0]}>
          <p>{t.failed[failed][1]}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      {waiting && <Waiting {...{ waiting, in_force, participants, told }} />}
      <h2>{t.in_force}</h2>
      <SummaryList
        items={viewFields.map((field) => ({
          term: words.fields[field],
          value: <b>{in_force[field] ? words.by_name : words.counts}</b>,
        }))}
      />
      {may(reader, 'member-view.propose') && <ButtonLink href="/member-view/edit">{t.edit}</ButtonLink>}
      <DataTable
        caption={t.history}
        rows={versions}
        rowKey={({ version }) => String(version)}
        columns={[
          { head: t.version, cell: ({ version }) => version },
          { head: t.state, cell: (row) => t.states[stateOf(row, in_force, waiting)] },
          { head: t.how, cell: (row) => <Fields row={row} /> },
          { head: t.reason, cell: ({ reason }) => reason },
          { head: t.made, cell: (row) => <Made row={row} /> },
          { head: t.decided, cell: (row) => <Decided row={row} /> },
        ]}
      />
    </Layout>
  )
}

function stateOf(row: ListedVersion, in_force: ViewVersion, waiting: ListedVersion | null) {
  if (row.version === in_force.version) return 'in_force'
  if (row.decision === 'refused') return 'refused'
  if (row.decision === 'agreed' || row.made_by === null) return 'before'
  return row.version === waiting?.version ? 'waiting' : 'overtaken'
}

function Waiting({
  waiting,
  in_force,
  participants,
  told,
}: Pick<Props, 'in_force' | 'participants' | 'told'> & { waiting: ListedVersion }) {
  const t = useTexts(viewTexts)
  const { reader } = useReading()
  const is_own = waiting.made_by === reader?.id
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t.waiting}</h2>
      <p>
        <Made row={waiting} />
        <br />
        {t.reason}: {waiting.reason}
      </p>
      <Effect now_seen={in_force} then_seen={waiting} participants={participants} told={told} />
      {reader && may(reader, 'member-view.decide') && (
        <>
          {is_own && <p>{t.own}</p>}
          <Buttons>
            {!is_own && (
              <Form action={`/member-view/${waiting.version}/agreement`}>
                <Button>{t.agree}</Button>
              </Form>
            )}
            <Form action={`/member-view/${waiting.version}/refusal`}>
              <Button kind="outline">{t.refuse}</Button>
            </Form>
          </Buttons>
        </>
      )}
    </section>
  )
}

function Fields({ row }: { row: ListedVersion }) {
  const words = useTexts(viewWords)
  const { language } = useReading()
  const colon = language === 'ja' ? '：' : ': '
  return viewFields.map((field) => (
    <div key={field}>
      {words.fields[field]}
      {colon}
      {row[field] ? words.by_name : words.counts}
    </div>
  ))
}

function Made({ row }: { row: ListedVersion }) {
  const t = useTexts(viewTexts)
  const { language } = useReading()
  const who = row.maker_ja ? named(language, { name_ja: row.maker_ja, name_en: row.maker_en }) : t.council
  return (
    <>
      {row.made_by === null ? t.installed : t.proposed_by(who)} <Time at={row.made_at} with_date />
    </>
  )
}

function Decided({ row }: { row: ListedVersion }) {
  const { language } = useReading()
  const none = useTexts(nothing)
  if (!row.decided_at) return none
  return (
    <>
      {row.decider_ja && named(language, { name_ja: row.decider_ja, name_en: row.decider_en })}{' '}
      <Time at={row.decided_at} with_date />
    </>
  )
}

const nothing = inBoth({ ja: '―', en: '–' })
