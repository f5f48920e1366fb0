import { kinds, kindWords } from '#directory/institutions/index.ts'
import { asset } from '#ground/html/assets.ts'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, HiddenFields, Select, TextInput } from '#ground/html/forms.tsx'
import { Columns } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { listAddress } from '#ground/lists/address.ts'
import type { Counted } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { areas } from '#ground/market/areas.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { ContactCard } from './contact-card.tsx'
import { fieldsOf, type Sought } from './query.ts'
import type { Found, FoundInstitution } from './search.ts'
import { directoryTexts } from './texts.ts'

type Props = {
  sought: Sought
  found: Counted<Found>
  institutions: FoundInstitution[]
  /** More of them match than stand here. */
  has_more: boolean
}

/** One way to find a person, and everything that can be done with who was found. */
export function SearchPage({ sought, found, institutions, has_more }: Props) {
  const t = useTexts(directoryTexts)
  const kindNames = useTexts(kindWords)
  const { reader } = useReading()
  if (!reader) return null
  const fields = fieldsOf(sought)
  const is_narrowed = sought.kind !== null || sought.area !== null || sought.reachable !== null
  const sees_all = may(reader, 'directory.see')
  return (
    <Layout label={labelOf.contact} title={t.title} live="/institutions" wide>
      <script type="module" src={asset('keep.js')} />
      <h1>{t.title}</h1>
      <p>{sees_all ? t.lead : t.lead_own}</p>
      <search>
        <form method="get" action="/directory" className="dads-form">
          <TextInput
            type="search"
            name="q"
            label={t.label}
            hint={t.hint}
            value={sought.q}
            width="half"
            maxLength={100}
          />
          <Details summary={t.only} open={is_narrowed} id="only">
            <Select
              name="kind"
              label={t.kind}
              value={sought.kind ?? ''}
              empty={t.any}
              options={kinds.map((kind) => ({ value: kind, text: kindNames[kind] }))}
            />
            {sees_all && (
              <Select
                name="area"
                label={t.area}
                value={sought.area ?? ''}
                empty={t.any}
                options={areas.map(({ code, name }) => ({ value: code, text: name }))}
              />
            )}
            <Checkboxes
              name="reachable"
              legend={t.only}
              values={sought.reachable ? ['now'] : []}
              choices={[{ value: 'now', text: t.reachable, hint: t.reachable_hint }]}
            />
          </Details>
          <Button>{t.act}</Button>
        </form>
      </search>
      <Institutions institutions={institutions} q={has_more ? sought.q : null} />
      <h2>
        {t.found(found.count)}
        <ListPart found={found} />
      </h2>
      {found.count === 0 && (
        <Empty title={t.nothing}>
          {t.nothing_next} <a href="/directory">{t.all}</a>
        </Empty>
      )}
      <Columns>
        {found.rows.map((contact) => (
          <ContactCard key={contact.id} contact={contact} />
        ))}
      </Columns>
      <Pagination found={found} href={(wanted) => listAddress('/directory', fields, wanted)} />
      {found.count > 0 && <Exports fields={fields} total={found.count} />}
      <ButtonLink href="/directory/offline">{t.offline}</ButtonLink>
      <p className="dads-note">{t.offline_hint}</p>
      <h2>{t.care}</h2>
      <ul>
        <li>
          <a href="/institutions">{t.list}</a>
        </li>
        {may(reader, 'exchange.agree-own') && (
          <li>
            <a href="/exchange">{t.exchange}</a>
          </li>
        )}
        <li>
          <a href="/attestations">{t.attestations}</a>
        </li>
      </ul>
    </Layout>
  )
}

/** To people of a bureau the database names no others but the association. */
const isSupervised = (reader: Person, { kind }: FoundInstitution) =>
  may(reader, 'directory.see-supervised') && kind !== 'association'

/** Institutions whose name matches: to their page for who may see it, else to the proposal by which their contacts can be had. */
function Institutions({ institutions, q }: { institutions: FoundInstitution[]; q: string | null }) {
  const t = useTexts(directoryTexts)
  const kindNames = useTexts(kindWords)
  const { language, reader } = useReading()
  if (institutions.length === 0 || !reader) return null
  return (
    <section aria-labelledby="institutions">
      <h2 id="institutions">{t.institutions}</h2>
      <ul>
        {institutions.map((one) => (
          <li key={one.id}>
            {may(reader, 'directory.see') || one.id === reader.institution_id || isSupervised(reader, one) ? (
              <a href={`/institutions/${one.id}`}>{named(language, one)}</a>
            ) : (
              named(language, one)
            )}{' '}
            <span className="dads-note">
              {one.code} ・ {kindNames[one.kind]}
            </span>{' '}
            {may(reader, 'exchange.agree-own') && one.id !== reader.institution_id && (
              <a href={`/exchange/new?${new URLSearchParams({ q: one.code })}`}>{t.propose}</a>
            )}
          </li>
        ))}
        {q !== null && (
          <li>
            {t.more_institutions} <a href={listAddress('/institutions', { q })}>{t.all_institutions}</a>
          </li>
        )}
      </ul>
    </section>
  )
}

function Exports({ fields, total }: { fields: Record<string, string>; total: number }) {
  const t = useTexts(directoryTexts)
  const { reader } = useReading()
  return (
    <Details summary={t.exports} id="exports">
      <Form action="/directory/export">
        <p>{reader && may(reader, 'directory.export') ? t.exports_all(total) : t.exports_own}</p>
        <HiddenFields fields={fields} />
        <div className="dads-buttons">
          <Button kind="outline" name="format" value="vcard">
            {t.vcard}
          </Button>
          <Button kind="outline" name="format" value="csv">
            {t.csv}
          </Button>
        </div>
      </Form>
    </Details>
  )
}
