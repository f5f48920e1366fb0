import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may, mayIn } from '#ground/rights/may.ts'
import { PlaceNow, usePointItems } from './parts.tsx'
import type { PastPlace, PointView } from './queries.ts'
import { pointTexts } from './texts.ts'
import { places as placeNames, pointWords } from './words.ts'

type Props = {
  point: PointView
  places: readonly PastPlace[]
  values: Record<string, string>
  problems?: Problems
  is_outdated?: boolean
  done?: 'saved' | 'moved' | undefined
}

/** How one institution is reached and from where it works; its own people say on the same screen that it has moved. */
export function PointPage({ point, places, values, problems = {}, is_outdated = false, done }: Props) {
  const t = useTexts(pointTexts)
  const words = useTexts(pointWords)
  const { language, reader } = useReading()
  const items = usePointItems(point)
  if (!reader) return null
  const may_edit = mayIn(reader, 'contact-point.edit', point.id)
  const sees_entry = may(reader, 'directory.see') || point.id === reader.institution_id
  return (
    <Layout title={`${words.point}　${named(language, point)}`} live="/contact-points" label={labelOf.contact_point}>
      <p>
        <a href="/contact-points">{t.back}</a>
      </p>
      <h1>{named(language, point)}</h1>
      <ErrorSummary problems={problems} />
      {done && (
        <Banner kind="success" title={t.done[done]}>
          <p>{t.done_next}</p>
        </Banner>
      )}
      {is_outdated && (
        <Banner kind="error" title={t.outdated}>
          <p>{t.outdated_next}</p>
        </Banner>
      )}
      <SummaryList
        items={[
          {
            term: words.place,
            value: (
              <>
                <PlaceNow placed={point} />
                {point.place_on_behalf && <div className="dads-note">{words.on_behalf}</div>}
              </>
            ),
          },
          ...(items.length > 0 ? items : [{ term: words.point, value: words.no_point }]),
          ...(point.point_made_at ? [{ term: t.changed, value: <Confirmed point={point} /> }] : []),
        ]}
      />
      {may_edit && (
        <>
          <MoveForm point={point} values={values} problems={problems} />
          <p>
            <ButtonLink href={`/contact-points/${point.id}/edit`}>{point.point_made_at ? t.edit : t.add}</ButtonLink>
          </p>
        </>
      )}
      {places.length > 1 && (
        <DataTable
          caption={t.history}
          rows={places}
          rowKey={({ version }) => String(version)}
          columns={[
            { head: t.since_head, cell: ({ since }) => <Time at={since} with_date /> },
            { head: words.place, cell: ({ place, note }) => words.place_of(words.places[place], note) },
          ]}
        />
      )}
      <ul>
        <li>
          <a href={`/operating-status?${new URLSearchParams({ q: point.code })}`}>{t.status}</a>
        </li>
        {sees_entry && (
          <li>
            <a href={`/institutions/${point.id}`}>{t.entry}</a>
          </li>
        )}
      </ul>
    </Layout>
  )
}

/** When it was said, and whether it has been attested since. */
function Confirmed({ point }: { point: PointView }) {
  const t = useTexts(pointTexts)
  const words = useTexts(pointWords)
  const { point_made_at: made_at, confirmed_at } = point
  if (!made_at) return null
  return (
    <>
      <Time at={made_at} with_date />
      {point.point_on_behalf && <div className="dads-note">{words.on_behalf}</div>}
      <div className="dads-note">
        {confirmed_at && confirmed_at >= made_at ? (
          <>
            {t.confirmed} <Time at={confirmed_at} with_date />
          </>
        ) : (
          t.not_confirmed
        )}
      </div>
    </>
  )
}

function MoveForm({
  point,
  values,
  problems,
}: {
  point: PointView
  values: Record<string, string>
  problems: Problems
}) {
  const t = useTexts(pointTexts)
  const words = useTexts(pointWords)
  return (
    <section aria-labelledby="move">
      <h2 id="move">{t.move}</h2>
      <p>{t.move_lead}</p>
      <Form action={`/contact-points/${point.id}/place`}>
        <HiddenFields fields={{ version: String(point.place_version ?? 0) }} />
        <Radios
          name="place"
          legend={words.place}
          layout="segmented"
          required
          value={values.place ?? point.place ?? undefined}
          problem={problems.place}
          choices={placeNames.map((value) => ({ value, text: words.places[value] }))}
        />
        <TextInput
          name="note"
          label={t.note}
          value={values.note ?? point.note ?? ''}
          problem={problems.note}
          width="half"
          maxLength={100}
        />
        <TextInput
          name="since"
          type="datetime-local"
          label={t.since}
          hint={t.since_hint}
          value={values.since}
          problem={problems.since}
          width="half"
        />
        <Buttons>
          <Button>{t.move}</Button>
        </Buttons>
      </Form>
    </section>
  )
}
