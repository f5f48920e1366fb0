import { asset } from '#ground/html/assets.ts'
import { ButtonLink } from '#ground/html/button.tsx'
import { Select, TextInput } from '#ground/html/forms.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type ListColumn, Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { showWritten } from '#ground/market/phone.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { PhoneLink, PlaceNow, placeText, sectionOf } from './parts.tsx'
import type { PointView, SoughtPoints } from './queries.ts'
import { pointTexts } from './texts.ts'
import { places, pointWords } from './words.ts'

/** The columns of the list and of its file. */
export function pointColumns(language: Language, now: Date): ListColumn<PointView>[] {
  const t = pointTexts[language]
  const words = pointWords[language]
  const phone = (head: string, of: (row: PointView) => string | null): ListColumn<PointView> => ({
    head,
    cell: (row) => {
      const written = of(row)
      return written ? <PhoneLink written={written} /> : t.nothing
    },
    text: (row) => {
      const written = of(row)
      return written ? showWritten(written) : ''
    },
  })
  return [
    {
      head: t.institution,
      cell: (row) => <a href={`/contact-points/${row.id}`}>{named(language, row)}</a>,
      text: (row) => `${row.code} ${named(language, row)}`,
    },
    { head: words.place, cell: (row) => <PlaceNow placed={row} />, text: (row) => placeText(language, row, now) },
    {
      head: words.section,
      cell: (row) => sectionOf(language, row) || words.no_point,
      text: (row) => sectionOf(language, row),
    },
    phone(words.phone, (row) => row.phone),
    {
      head: words.office,
      cell: ({ office_name }) => office_name || t.nothing,
      text: ({ office_name, office_address }) => [office_name, office_address].filter(Boolean).join(' '),
    },
    phone(words.office_phone, (row) => row.office_phone),
  ]
}

export function PointsPage({ found, sought }: { found: Paged<PointView>; sought: SoughtPoints }) {
  const t = useTexts(pointTexts)
  const words = useTexts(pointWords)
  const { language, now, reader } = useReading()
  return (
    <Layout title={words.title} live="/contact-points" label={labelOf.contact_point} wide>
      <script type="module" src={asset('keep.js')} />
      <h1>{words.title}</h1>
      <p>{t.lead}</p>
      {reader && may(reader, 'contact-point.edit-own') && (
        <p>
          <ButtonLink href={`/contact-points/${reader.institution_id}`}>{t.own}</ButtonLink>
        </p>
      )}
      <Listing
        path="/contact-points"
        caption={t.caption}
        columns={pointColumns(language, now)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={{ q: sought.q, place: sought.place }}
        has_csv
        search={{
          act: t.act,
          nothing: { title: t.none, next: t.none_next, all: t.all },
          fields: (
            <>
              <TextInput type="search" name="q" label={t.q} value={sought.q} width="half" maxLength={100} />
              <Select
                name="place"
                label={t.place}
                value={sought.place ?? ''}
                empty={t.any}
                options={places.map((value) => ({ value, text: words.places[value] }))}
              />
            </>
          ),
        }}
      />
      <ul>
        <li>
          <a href="/directory/offline">{t.offline}</a>
        </li>
        <li>
          <a href="/directory">{t.directory}</a>
        </li>
      </ul>
    </Layout>
  )
}
