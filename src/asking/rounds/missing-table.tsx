import { outcomeWords } from '#asking/calls/index.ts'
import { deliveryWords } from '#delivery/deliveries/index.ts'
import { showWritten } from '#directory/contacts/index.ts'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Age, Time, UntilBeside } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import { unknownLast } from '#ground/market/last-said.tsx'
import { statusWords } from '#ground/market/words.ts'
import { may } from '#ground/rights/may.ts'
import { overall, saidAt } from '#status/reports/index.ts'
import type { MissingView } from './missing.ts'
import { roundTexts } from './round-texts.ts'

export type MissingPage = Counted<MissingView>

/** Who has not answered an asking, who matters most first, with what was tried and what a person can do. */
export function MissingTable({
  round_id,
  asking,
  found,
  q,
  is_open,
}: {
  round_id: string
  asking: number
  found: MissingPage
  q: string
  is_open: boolean
}) {
  const t = useTexts(roundTexts)
  const { reader } = useReading()
  const path = `/rounds/${round_id}`
  const sees_deliveries = reader !== null && may(reader, 'delivery.see')
  const may_call = is_open && reader !== null && may(reader, 'call.record')
  const may_report = is_open && reader !== null && may(reader, 'report.file-for')
  return (
    <>
      <Listing
        path={path}
        caption={t.missing(found.count)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.all, next: null }}
        asked={{ ...(is_open ? {} : { asking: String(asking) }), q }}
        search={{
          fields: (
            <>
              {!is_open && <HiddenFields fields={{ asking: String(asking) }} />}
              <TextInput
                type="search"
                name="q"
                label={t.find}
                hint={t.find_hint}
                value={q}
                width="half"
                maxLength={100}
              />
            </>
          ),
          act: t.find_act,
          nothing: { title: t.find_none(q), next: null, all: t.find_all },
          is_folded: found.pages === 1,
        }}
        columns={[
          { head: t.institution, cell: (row) => <Who row={row} /> },
          { head: t.kind, cell: (row) => (row.is_infrastructure ? t.infrastructure : t.participants) },
          ...(is_open ? [{ head: t.silent, cell: (row: MissingView) => <Silent row={row} /> }] : []),
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
      <p className="dads-note">
        {t.order} {is_open && t.silent_hint}
      </p>
    </>
  )
}

/** A name; of who has spoken before, what it said last. */
function Who({ row }: { row: MissingView }) {
  const t = useTexts(roundTexts)
  const words = useTexts(statusWords)
  const { language, now } = useReading()
  const { report_id, reported_at, written_at, next_update_at } = row
  if (!report_id || !reported_at || !next_update_at) return named(language, row)
  const condition = overall(row as Parameters<typeof overall>[0])
  const last = { condition, at: saidAt({ reported_at, written_at }) }
  return (
    <>
      {named(language, row)}
      <br />
      <a className="dads-note" href={`/reports/${report_id}`}>
        {next_update_at <= now ? (
          unknownLast(language, last, now)
        ) : (
          <>
            {t.last}: {words.conditions[condition]} <Time at={last.at} />
          </>
        )}
      </a>
    </>
  )
}

/** Since when it has said nothing to this round, whatever was asked again meanwhile. */
function Silent({ row: { silent_since, wanted_by } }: { row: MissingView }) {
  const t = useTexts(roundTexts)
  const { now } = useReading()
  return (
    <>
      <Age at={silent_since} />
      <br />
      <span className="dads-note">
        {t.late_by} <Time at={wanted_by} />
        {wanted_by < now && <UntilBeside at={wanted_by} />}
      </span>
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
      <a href={`tel:${phone}`}>{showWritten(phone)}</a>{' '}
      <span className="dads-name">{named(language, { name_ja: contact_ja, name_en: contact_en })}</span>
    </>
  )
}
