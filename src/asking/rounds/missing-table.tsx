import { outcomeWords } from '#asking/calls/index.ts'
import { deliveryWords } from '#delivery/deliveries/index.ts'
import { showWritten } from '#directory/contacts/index.ts'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Pagination } from '#ground/html/pagination.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import type { Counted } from '#ground/lists/paged.ts'
import { may } from '#ground/rights/may.ts'
import type { MissingView } from './queries.ts'
import { roundTexts } from './round-texts.ts'

export type MissingPage = Counted<MissingView>

/** Who has not answered an asking, who matters most first, with what was tried and what a person can do. */
export function MissingTable({
  round_id,
  asking,
  found,
  is_open,
}: {
  round_id: string
  asking: number
  found: MissingPage
  is_open: boolean
}) {
  const t = useTexts(roundTexts)
  const { language, reader } = useReading()
  const path = `/rounds/${round_id}`
  const sees_deliveries = reader !== null && may(reader, 'delivery.see')
  const may_call = is_open && reader !== null && may(reader, 'call.record')
  const may_report = is_open && reader !== null && may(reader, 'report.file-for')
  return (
    <>
      <DataTable
        caption={t.missing(found.count)}
        rows={found.rows}
        rowKey={({ id }) => id}
        columns={[
          { head: t.institution, cell: (row) => named(language, row) },
          { head: t.kind, cell: (row) => (row.is_infrastructure ? t.infrastructure : t.participants) },
          ...(sees_deliveries
            ? [
                { head: t.reach, cell: (row: MissingView) => <Reach row={row} /> },
                { head: t.last_try, cell: (row: MissingView) => <LastTry row={row} /> },
              ]
            : []),
          { head: t.call, cell: (row) => <Phone {...row} /> },
          {
            head: t.acts,
            cell: (row) => (
              <>
                {row.call_since && <Chip look="waiting">{t.listed}</Chip>}
                {may_call && !row.call_since && (
                  <Form action={`${path}/calls`}>
                    <HiddenFields fields={{ institution_id: row.id }} />
                    <Button kind="outline" size="md">
                      {t.list_one}
                    </Button>
                  </Form>
                )}
                {may_report && (
                  <>
                    <a href={`${path}/report-for/${row.id}`}>{t.report_for}</a>
                    <br />
                  </>
                )}
                <a href={`${path}/institutions/${row.id}`}>{t.history}</a>
              </>
            ),
          },
        ]}
      />
      <Pagination {...found} href={(page) => listAddress(path, { asking: String(asking) }, page)} />
      <p className="dads-note">{t.order}</p>
    </>
  )
}

function Reach({ row: { deliveries, best_state, next_step_at } }: { row: MissingView }) {
  const t = useTexts(roundTexts)
  const { states } = useTexts(deliveryWords)
  const state = best_state as keyof typeof states | null
  return (
    <>
      {state ? (
        <Chip look={state === 'stopped' ? 'none' : state} {...(deliveries && deliveries > 1 && { count: deliveries })}>
          {states[state]}
        </Chip>
      ) : (
        <Chip look={next_step_at ? 'waiting' : 'failed'}>{next_step_at ? t.not_yet : t.no_address}</Chip>
      )}
      {next_step_at && (
        <p className="dads-note">
          {t.next_step} <Time at={next_step_at} />
        </p>
      )}
    </>
  )
}

function LastTry({ row: { tried_at, called_at, outcome } }: { row: MissingView }) {
  const t = useTexts(roundTexts)
  const outcomes = useTexts(outcomeWords)
  if (called_at && outcome && (!tried_at || called_at > tried_at))
    return (
      <>
        <Time at={called_at} /> {t.called}: {outcomes[outcome]}
      </>
    )
  return tried_at ? <Time at={tried_at} /> : t.never
}

function Phone({ contact_ja, contact_en, phone }: Pick<MissingView, 'contact_ja' | 'contact_en' | 'phone'>) {
  const t = useTexts(roundTexts)
  const { language } = useReading()
  if (!contact_ja || !phone) return t.no_call
  return (
    <>
      <a href={`tel:${phone}`}>{showWritten(phone)}</a> {named(language, { name_ja: contact_ja, name_en: contact_en })}
    </>
  )
}
