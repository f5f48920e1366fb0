import { ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import type { ListedAttestation } from './queries.ts'
import { attestationTexts } from './texts.ts'

export function AttestationsPage({ attestations }: { attestations: ListedAttestation[] }) {
  const t = useTexts(attestationTexts)
  const { reader } = useReading()
  if (!reader) return null
  const href = ({ id, own_id }: ListedAttestation) =>
    may(reader, 'directory.see')
      ? `/attestations/${id}`
      : may(reader, 'attestation.answer-own') && own_id
        ? `/attestations/${id}/answer`
        : null
  return (
    <Layout title={t.list} live="/attestations">
      <h1>{t.list}</h1>
      <p>{t.lead}</p>
      {may(reader, 'attestation.run') && (
        <ButtonLink href="/attestations/new" kind="solid-fill">
          {t.start}
        </ButtonLink>
      )}
      <DataTable
        caption={t.caption}
        rows={attestations}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          {
            head: t.started,
            cell: (one) => {
              const time = <Time at={one.started_at} with_date />
              const to = href(one)
              return to ? <a href={to}>{time}</a> : time
            },
          },
          { head: t.answer_by, cell: ({ answer_by }) => <Time at={answer_by} with_date /> },
          {
            head: t.state,
            cell: ({ closed_at }) => <Chip look={closed_at ? 'sent' : 'waiting'}>{closed_at ? t.closed : t.open}</Chip>,
          },
          { head: t.progress, cell: ({ counts }) => (counts ? t.count(counts.answered, counts.asked) : '—') },
          { head: t.own, cell: ({ own_id, own_answer }) => (own_id ? t.answers[own_answer ?? 'none'] : '—') },
        ]}
      />
    </Layout>
  )
}
