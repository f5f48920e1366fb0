import { pointWords, usePointItems } from '#directory/contact-points/index.ts'
import { showPhone } from '#directory/contacts/index.ts'
import { kindWords, siteWords } from '#directory/institutions/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import { areaByCode } from '#ground/market/areas.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { mayIn } from '#ground/rights/may.ts'
import { type Entry, entryDigest } from './entry.ts'
import type { AskedView } from './queries.ts'
import { attestationTexts } from './texts.ts'

type Props = { asked: AskedView; entry: Entry; failed?: 'closed' | 'changed' }

/** The whole entry of the reader's institution, and one press that says that it is right. */
export function AnswerPage({ asked, entry, failed }: Props) {
  const t = useTexts(attestationTexts)
  const kinds = useTexts(kindWords)
  const { language, reader } = useReading()
  const is_open = asked.closed_at === null && asked.answer === null
  const points = useTexts(pointWords)
  const may_point = reader !== null && mayIn(reader, 'contact-point.edit', entry.id)
  const may_edit = reader !== null && mayIn(reader, 'contact.edit', entry.id)
  return (
    <Layout label={labelOf.contact} title={t.answer_title} live="/institutions">
      <h1>{t.answer_title}</h1>
      {failed === 'changed' && <Banner kind="warning" title={t.changed} />}
      {asked.answer && asked.answered_at ? (
        <Banner kind="success" title={t.done}>
          <p>
            {t.answers[asked.answer]} <Time at={asked.answered_at} with_date />
            <br />
            {t.done_text}
          </p>
        </Banner>
      ) : asked.closed_at ? (
        <Banner kind="info" title={t.is_closed} />
      ) : (
        <>
          <LongText>{language === 'en' ? asked.text_en : asked.text_ja}</LongText>
          <p>
            {t.answer_by}: <Time at={asked.answer_by} with_date />
          </p>
          <p>{t.answer_lead}</p>
        </>
      )}
      <h2>{named(language, entry)}</h2>
      <SummaryList
        items={[
          { term: t.code, value: entry.code },
          { term: t.kind, value: kinds[entry.kind] },
          { term: t.last_confirmed, value: entry.confirmed_at ? <Age at={entry.confirmed_at} /> : t.never },
        ]}
      />
      <h3>{points.point}</h3>
      {entry.contact_point ? <Point said={entry.contact_point} /> : <p>{points.no_point}</p>}
      {may_point && <a href={`/contact-points/${entry.id}/edit`}>{t.to_correct_point}</a>}
      <EntryTables entry={entry} />
      <Buttons>
        {is_open && (
          <Form action={`/attestations/${asked.id}/answer`}>
            <HiddenFields fields={{ seen: entryDigest(entry) }} />
            <Button>{t.is_right}</Button>
          </Form>
        )}
        {may_edit && <ButtonLink href={`/institutions/${entry.id}/contacts`}>{t.to_correct}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}

const Point = ({ said }: { said: NonNullable<Entry['contact_point']> }) => <SummaryList items={usePointItems(said)} />

function EntryTables({ entry }: { entry: Entry }) {
  const t = useTexts(attestationTexts)
  const sites = useTexts(siteWords)
  const { language } = useReading()
  return (
    <>
      <DataTable
        caption={t.contacts}
        rows={entry.contacts}
        rowKey={({ id }) => id}
        empty={<p>{t.none}</p>}
        columns={[
          { head: t.name, cell: (contact) => `${named(language, contact)} ${contact.title}`.trim() },
          { head: t.rank, cell: ({ rank }) => rank },
          {
            head: t.ways,
            cell: ({ addresses }) =>
              addresses.map((one, index) => (
                <span key={`${one.means} ${one.address}`}>
                  {index > 0 && <br />}
                  {one.address.startsWith('+') ? showPhone(one) : one.address}
                </span>
              )),
          },
          { head: t.changed_at, cell: ({ changed_at }) => <Age at={changed_at} /> },
          {
            head: t.last_confirmed,
            cell: ({ confirmed_at }) => (confirmed_at ? <Age at={confirmed_at} /> : t.never),
          },
        ]}
      />
      <DataTable
        caption={t.sites}
        rows={entry.sites}
        rowKey={({ id }) => id}
        empty={<p>{t.none}</p>}
        columns={[
          { head: t.kind, cell: ({ kind }) => sites[kind] },
          {
            head: t.address,
            cell: ({ address, area_code }) => `${address}（${areaByCode.get(area_code)?.name ?? area_code}）`,
          },
        ]}
      />
    </>
  )
}
