import { Brackets } from '#ground/html/brackets.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Details } from '#ground/html/details.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import type { PassedOver } from './queries.ts'
import { roundTexts } from './round-texts.ts'

/** Who was not asked again because what they have said still holds, who has to speak next first. */
export function PassedOverTable({ rows }: { rows: readonly PassedOver[] }) {
  const t = useTexts(roundTexts)
  const { language, now } = useReading()
  return (
    <Details summary={t.promised(rows.length)} id="promised">
      <p>{t.promised_hint}</p>
      <DataTable
        caption={t.promised(rows.length)}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { head: t.institution, cell: (row) => named(language, row) },
          {
            head: t.next_update,
            cell: ({ next_update_at }) =>
              next_update_at > now ? (
                <>
                  {t.next_update} <Time at={next_update_at} />
                </>
              ) : (
                <Chip look="expired">
                  {t.overdue} <Time at={next_update_at} />
                </Chip>
              ),
          },
          {
            head: t.reported,
            cell: ({ report_id, reported_at, written_at }) => (
              <>
                <a href={`/reports/${report_id}`}>
                  <Time at={reported_at} />
                </a>
                {written_at && (
                  <Brackets>
                    {t.written} <Time at={written_at} />
                  </Brackets>
                )}
              </>
            ),
          },
        ]}
      />
    </Details>
  )
}
